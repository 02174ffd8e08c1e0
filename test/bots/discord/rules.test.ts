import { expect, test } from 'vitest';
import { commandProblems, invalidForm, messageProblems } from '../../support/discord-rules.ts';

/** The stand-in must refuse what Discord refuses, or the tests that use it prove nothing. */

const V2 = 1 << 15;
const text = (content: string) => ({ type: 10, content });
const button = (changes = {}) => ({ type: 2, style: 2, label: 'Go', custom_id: 'go', ...changes });
const rows = (...components: unknown[]) => ({ flags: V2, components: [{ type: 1, components }] });
const picture = (url: string, description?: string) => ({
  flags: V2,
  components: [{ type: 12, items: [{ media: { url }, description }] }],
});

test.each([
  ['nothing', {}],
  ['a long content', { content: 'x'.repeat(2001) }],
  ['long embeds', { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] }],
  ['content beside components', { flags: V2, content: 'x', components: [text('x')] }],
  ['embeds beside components', { flags: V2, embeds: [{}], components: [text('x')] }],
  ['new components without the flag', { components: [text('x')] }],
  ['no component', { flags: V2, components: [] }],
  ['an empty text', { flags: V2, components: [text('')] }],
  [
    'more than 4,000 characters of text',
    { flags: V2, components: [text('x'.repeat(3000)), text('x'.repeat(1001))] },
  ],
  ['41 components', { flags: V2, components: Array.from({ length: 41 }, () => text('x')) }],
  ['a container within a container', { flags: V2, components: [{ type: 17, components: [{ type: 17 }] }] }],
  ['a button outside of a row', { flags: V2, components: [button()] }],
  ['six buttons', rows(...[1, 2, 3, 4, 5, 6].map(n => button({ custom_id: `${n}` })))],
  ['one id twice', rows(button(), button())],
  ['a long id', rows(button({ custom_id: 'x'.repeat(101) }))],
  ['no id', rows(button({ custom_id: undefined }))],
  ['a long label', rows(button({ label: 'x'.repeat(81) }))],
  ['a link without an address', rows({ type: 2, style: 5, label: 'Go', url: 'localhost' })],
  ['a link to a host without a dot', rows({ type: 2, style: 5, label: 'Go', url: 'http://localhost:8080' })],
  ['a picture that is not there', picture('attachment://a.png')],
  ['a long description', picture('https://a.example/a.png', 'x'.repeat(1025))],
  ['an attachment without a file', { content: 'x', attachments: [{ id: 1, filename: 'a.png' }] }],
])('refuses %s', (_, body) => {
  expect(messageProblems(body, [])).not.toEqual([]);
});

const command = (changes = {}) => ({ name: 'top', description: 'What sells', ...changes });
const option = (changes = {}) => ({ name: 'window', description: 'How long', type: 3, ...changes });

test.each([
  ['upper case', [command({ name: 'Top' })]],
  ['a space', [command({ name: 'top artists' })]],
  ['a long name', [command({ name: 'x'.repeat(33) })]],
  ['no description', [command({ description: '' })]],
  ['one name twice', [command(), command()]],
  ['26 options', [command({ options: Array.from({ length: 26 }, (_, n) => option({ name: `o${n}` })) })]],
  [
    '26 choices',
    [
      command({
        options: [option({ choices: Array.from({ length: 26 }, () => ({ name: 'a', value: 'a' })) })],
      }),
    ],
  ],
  [
    'choices to complete',
    [command({ options: [option({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] })],
  ],
  ['a required option last', [command({ options: [option(), option({ name: 'b', required: true })] })]],
  ['subcommands beside options', [command({ options: [option(), option({ name: 'b', type: 1 })] })]],
  [
    'too much text',
    [
      command({
        options: Array.from({ length: 25 }, (_, n) =>
          option({
            name: `o${n}`,
            description: 'x'.repeat(100),
            choices: Array.from({ length: 25 }, (_, c) => ({ name: `${c} and more`, value: 'x' })),
          }),
        ),
      }),
    ],
  ],
])('refuses a command with %s', (_, commands) => {
  expect(commandProblems(commands)).not.toEqual([]);
});

test('nests its complaints as Discord does', () => {
  expect(invalidForm([[['components', 0, 'content'], 'CODE', 'Why.']])).toEqual({
    message: 'Invalid Form Body',
    code: 50035,
    errors: { components: { 0: { content: { _errors: [{ code: 'CODE', message: 'Why.' }] } } } },
  });
});
