/**
 * An Answer as a Discord message: one container of headline, chart, numbered rows and small print, with
 * buttons below.
 */
import type {
  APIActionRowComponent,
  APIButtonComponent,
  APIComponentInContainer,
  APIMessageTopLevelComponent,
  APITextDisplayComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord.js';
import { type Answer, type Column, columnsFor, type Row, SIMULATED } from '../../src/core/answer.ts';
import { explanationOf } from '../../src/core/chart-alt.ts';
import type { Content } from '../../src/digests/channel.ts';
import { footnotes, formatCell, NO_VALUE } from '../../src/present/format.ts';
import { listenLinks } from '../listen.ts';
import { encodeCustomId } from './custom-id.ts';
import { clip, escapeText, maskedLink, safeAddress } from './markdown.ts';

// Discord's numbers, checked against its types: loading discord.js for them would take a third of a second.
const ACTION_ROW: ComponentType.ActionRow = 1;
const BUTTON: ComponentType.Button = 2;
const TEXT_DISPLAY: ComponentType.TextDisplay = 10;
const MEDIA_GALLERY: ComponentType.MediaGallery = 12;
const FILE: ComponentType.File = 13;
const SEPARATOR: ComponentType.Separator = 14;
const CONTAINER: ComponentType.Container = 17;
const SECONDARY: ButtonStyle.Secondary = 2;
const LINK: ButtonStyle.Link = 5;
const IS_COMPONENTS_V2: MessageFlags.IsComponentsV2 = 32768;

// Limits of Discord: https://discord.com/developers/docs/components/reference and …/resources/message (2026).
/** Characters of all text displays of a message together. */
const MAX_TEXT = 4000;
/** Characters of a message's `content`. */
const MAX_CONTENT = 2000;
/** Characters of a picture's description (alt text). */
const MAX_ALT = 1024;
const MAX_BUTTONS = 5;
const MAX_BUTTON_LABEL = 80;
const MAX_BUTTON_URL = 512;

// Our own measures: what still reads well on a phone.
const MAX_TITLE = 120;
const MAX_HEADLINE = 400;
const MAX_NAME = 80;
const MAX_CELL = 48;
const MAX_NOTE = 300;
const MAX_NOTES = 900;
/** The leading rows that can be listened to by a button; each row's name leads there as well. */
const MAX_LISTEN = 3;
const DIGEST_LINES = 10;
const MAX_DIGEST_LINES = 1800;

/** Bandcamp's blue, on the container's edge. */
const ACCENT = 0x1da0c3;

/** The body of a message with components, for an interaction's edit and for a channel alike. */
export interface MessageBody {
  flags: MessageFlags;
  components: APIMessageTopLevelComponent[];
  attachments: { id: number; filename: string; description: string }[];
  allowed_mentions: { parse: [] };
}

export interface RenderOptions {
  /** The picture that is sent along as the first file. */
  chart?: { filename: string; alt: string } | undefined;
  /** The answer's page on the dashboard. */
  pageUrl?: string | undefined;
}

/**
 * Never exceeds Discord's limits: what does not fit is counted in "and N more", with a link where there is a
 * page.
 */
export function renderAnswer(answer: Answer, { chart, pageUrl }: RenderOptions = {}): MessageBody {
  const head = `### ${escapeText(answer.title, MAX_TITLE)}\n${escapeText(answer.headline, MAX_HEADLINE)}`;
  const foot = smallPrint(answer, chart ? explanationOf(answer.chart) : '');
  const list = numberedRows(answer, MAX_TEXT - head.length - foot.length, pageUrl);
  const alt = chart && clip(chart.alt, MAX_ALT);
  const parts: APIComponentInContainer[] = [
    text(head),
    ...(chart ? [galleryOf(chart.filename, alt)] : []),
    ...(list ? [text(list)] : []),
    { type: SEPARATOR },
    text(foot),
  ];
  const buttons = buttonsOf(answer, pageUrl);
  return {
    flags: IS_COMPONENTS_V2,
    components: [
      { type: CONTAINER, accent_color: ACCENT, components: parts },
      ...listenRow([answer], MAX_LISTEN),
      ...(buttons.length > 0 ? [row(buttons)] : []),
    ],
    attachments: chart ? [{ id: 0, filename: chart.filename, description: alt ?? '' }] : [],
    allowed_mentions: { parse: [] },
  };
}

/** Ours: the rows of a digest's list; the PDF has them all. */
const DIGEST_ROWS = 5;

/**
 * A digest's message with its PDF: the day in a sentence, the first answer with its picture, a line for each
 * further answer.
 */
export function renderDigest({ digest, chart, pdf, pageUrl }: Content): MessageBody {
  const [first, ...others] = digest.answers;
  const title = `${digest.title}: ${digest.report.subtitle}`;
  const head = `### ${escapeText(title, MAX_TITLE)}\n${escapeText(digest.headline, MAX_HEADLINE)}`;
  const link = pageUrl ? ` · ${maskedLink('Dashboard', pageUrl)}` : '';
  const source = digest.report.simulated ? ` · ${SIMULATED}` : '';
  const explained = chart && explanationOf(first?.chart);
  const said = explained ? `-# ${explained}\n` : '';
  const foot = `${said}-# Days in ${escapeText(digest.zone, MAX_CELL)}${link}${source}`;
  const more = others
    .map(({ title, headline }) => `- **${escapeText(title, MAX_NAME)}** ${escapeText(headline, MAX_NOTE)}`)
    .slice(0, DIGEST_LINES);
  // The escapes come on top of what was cut, so whole lines are left out rather than half of one.
  while (more.join('\n').length > MAX_DIGEST_LINES) more.pop();
  const list = more.join('\n');
  const top = first && { ...first, rows: first.rows.slice(0, DIGEST_ROWS) };
  const rows = top ? numberedRows(top, MAX_TEXT - head.length - foot.length - list.length, undefined) : '';
  const alt = chart && clip(chart.alt, MAX_ALT);
  return {
    flags: IS_COMPONENTS_V2,
    components: [
      {
        type: CONTAINER,
        accent_color: ACCENT,
        components: [
          text(head),
          ...(chart ? [galleryOf(chart.filename, alt)] : []),
          ...(rows ? [text(rows)] : []),
          ...(list ? [text(list)] : []),
          { type: SEPARATOR },
          text(foot),
          { type: FILE, file: { url: `attachment://${pdf.filename}` } },
        ],
      },
      ...listenRow(digest.answers, 1),
    ],
    attachments: [
      ...(chart ? [{ id: 0, filename: chart.filename, description: alt ?? '' }] : []),
      { id: chart ? 1 : 0, filename: pdf.filename, description: clip(`${title}, as a PDF`, MAX_ALT) },
    ],
    allowed_mentions: { parse: [] },
  };
}

const galleryOf = (filename: string, alt: string | undefined): APIComponentInContainer => ({
  type: MEDIA_GALLERY,
  items: [{ media: { url: `attachment://${filename}` }, description: alt ?? null }],
});

/** A text that is safe to show (an error, the help) as the body of a plain message; cut to what fits. */
export const renderText = (markdown: string): { content: string; allowed_mentions: { parse: [] } } => ({
  content: clip(markdown.toWellFormed(), MAX_CONTENT),
  allowed_mentions: { parse: [] },
});

const text = (content: string): APITextDisplayComponent => ({ type: TEXT_DISPLAY, content });

const row = (components: APIButtonComponent[]): APIActionRowComponent<APIButtonComponent> => ({
  type: ACTION_ROW,
  components,
});

/** As many rows as fit into `room` characters, then how many are left. */
function numberedRows(answer: Answer, room: number, pageUrl: string | undefined): string {
  const lines = answer.rows.map((cells, index) => rowLines(answer, cells, index));
  const whole = lines.join('\n');
  if (whole.length <= room) return whole;
  const more = (left: number) => `*and ${maskedLink(`${left.toLocaleString('en')} more`, pageUrl)}*`;
  const shown: string[] = [];
  let used = more(lines.length).length;
  for (const line of lines) {
    used += line.length + 1;
    if (used > room) break;
    shown.push(line);
  }
  return [...shown, more(lines.length - shown.length)].join('\n');
}

/** The first cell in bold, the others small below it: a table's columns would not fit a phone. */
function rowLines(answer: Answer, cells: Row, index: number): string {
  const { zone, rows } = answer;
  const [subject, ...others] = columnsFor('narrow', answer);
  const show = (column: Column, most: number) =>
    maskedLink(escapeText(formatCell(column, cells, { zone, rows, most }), most), cells[`${column.key}Url`]);
  const details = others
    .filter(column => formatCell(column, cells, { zone }) !== NO_VALUE)
    .map(column => labelled(column, show(column, MAX_CELL), cells[column.key] === 1));
  const name = subject ? show(subject, MAX_NAME) : NO_VALUE;
  return `**${index + 1}. ${name}**${details.length > 0 ? `\n-# ${details.join(' · ')}` : ''}`;
}

/** What one of is counted is called without its ending: "1 sale before". */
const ONE_OF: Record<string, string> = Object.fromEntries(
  ['sale', 'unit', 'artist', 'seller', 'release', 'buyer', 'checkout', 'page', 'genre']
    .map(word => [`${word}s`, word])
    .concat([
      ['countries', 'country'],
      ['copies', 'copy'],
    ]),
);

/** "120 sales" and "$12 paid", but "lift 2.1×" and "at least 1.6×". */
function labelled({ kind, label }: Column, value: string, isOne: boolean): string {
  const words = label.toLowerCase();
  // Of what is counted, the first word is the noun.
  const counted = kind === 'count' && isOne ? words.replace(/[a-z]+/, word => ONE_OF[word] ?? word) : words;
  const name = escapeText(counted, MAX_CELL);
  return kind === 'count' || kind === 'money' ? `${value} ${name}` : `${name} ${value}`;
}

function smallPrint(answer: Answer, explained: string): string {
  const lines: string[] = [];
  let used = 0;
  for (const note of [...(explained ? [explained] : []), ...footnotes(answer)]) {
    const line = `-# ${escapeText(note, MAX_NOTE)}`;
    used += line.length + 1;
    if (used > MAX_NOTES) break;
    lines.push(line);
  }
  return lines.join('\n');
}

/** Discord refuses host names without a dot, such as localhost, as not well formed. */
function linkButton(label: string, address: string | undefined): APIButtonComponent[] {
  const url = safeAddress(address);
  const shown = clip(label.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim(), MAX_BUTTON_LABEL);
  return url && url.length <= MAX_BUTTON_URL && new URL(url).hostname.includes('.')
    ? [{ type: BUTTON, style: LINK, label: shown, url }]
    : [];
}

function listenRow(answers: readonly Answer[], each: number): APIActionRowComponent<APIButtonComponent>[] {
  const links = answers.flatMap(answer => listenLinks(answer, each));
  const buttons = links.flatMap(({ label, url }) => linkButton(label, url)).slice(0, MAX_LISTEN);
  return buttons.length > 0 ? [row(buttons)] : [];
}

function buttonsOf({ followUps }: Answer, pageUrl: string | undefined): APIButtonComponent[] {
  const link = linkButton('Open page', pageUrl);
  const asks = new Map(
    followUps.map(({ label, question, params }) => [encodeCustomId(question, params), label]),
  );
  asks.delete(undefined);
  const follow = [...asks].slice(0, MAX_BUTTONS - link.length).map(([id, label]) => ({
    type: BUTTON,
    style: SECONDARY,
    label: clip(label, MAX_BUTTON_LABEL),
    custom_id: id as string,
  }));
  return [...follow, ...link];
}
