/** What `/bandcamp help` says, made from the questions there are. */
import type { KnownBlock } from '@slack/web-api';
import type { Parameter, Question } from '../../src/questions/lib/definition.ts';
import { MAX_SECTION, type Message } from './render.ts';
import { escapeMrkdwn, mrkdwn } from './text.ts';

/**
 * Of the 50 blocks a message may have, one stays for the introduction, one for what is left out, one for
 * subscribing.
 */
const MAX_QUESTIONS = 47;

function section(text: string): KnownBlock {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}

function describe(command: string, question: Question): string {
  const parameters = Object.entries(question.parameters) as [string, Parameter<unknown>][];
  const words = question.name.replaceAll('-', ' ');
  const lines = [
    `*${escapeMrkdwn(question.title)}* – ${escapeMrkdwn(question.summary)}`,
    `\`${command} ${words}\``,
    ...parameters.map(([key, { describe, example, choices, default: initial }]) => {
      const values = choices?.join(', ') ?? `such as ${example}`;
      return (
        `• \`${key}=\` ` +
        `${escapeMrkdwn(`${describe}: ${values}${initial ? ` (default: ${initial})` : ''}`)}`
      );
    }),
  ];
  // Whole lines, since a cut within one could leave a code span open.
  let text = '';
  for (const line of lines) if (text.length + line.length < MAX_SECTION) text += `${text && '\n'}${line}`;
  return text;
}

/** The help as a message; `command` is the word that was typed, such as `/bandcamp`. */
export function renderHelp(command: string, questions: readonly Question[]): Message {
  const typed = mrkdwn(command, 60);
  const how = `type \`${typed}\`, then a question and any filters, in any order`;
  const intro = `Ask what is rising on Bandcamp: ${how}.`;
  const left = questions.length - MAX_QUESTIONS;
  return {
    text: intro,
    blocks: [
      section(intro),
      ...questions.slice(0, MAX_QUESTIONS).map(question => section(describe(typed, question))),
      ...(left > 0 ? [section(`and ${left} more`)] : []),
      section(
        [
          '*Daily digest* – the day before, with a PDF report, in this conversation',
          `\`${typed} subscribe daily 09:00 Europe/Berlin\``,
          `\`${typed} subscriptions\`, \`${typed} unsubscribe daily\``,
        ].join('\n'),
      ),
    ],
  };
}
