/** An Answer as a Slack message: blocks within Slack's limits, and the text that stands for them. */
import type { KnownBlock, RichTextBlock } from '@slack/web-api';
import {
  type Answer,
  type Column,
  columnsFor,
  type FollowUp,
  type Row,
  SIMULATED,
} from '../../src/core/answer.ts';
import { explanationOf } from '../../src/core/chart-alt.ts';
import type { Content } from '../../src/digests/channel.ts';
import { footnotes, formatCell, isNumeric, NO_VALUE } from '../../src/present/format.ts';
import { listenLinks } from '../listen.ts';
import { escapeMrkdwn, mrkdwn, plain } from './text.ts';

/**
 * docs.slack.dev/reference/block-kit/blocks, one page a block. (A message may have 50 blocks; ours has ten
 * at the most.)
 */
export const MAX_SECTION = 3000;
export const MAX_HEADER = 150;
export const MAX_ALT_TEXT = 2000;
export const MAX_CONTEXT_ELEMENTS = 10;
export const MAX_URL = 3000;
export const MAX_BUTTON_TEXT = 75;
export const MAX_BUTTON_VALUE = 2000;
/**
 * docs.slack.dev/reference/block-kit/blocks/table-block: the header is one of the rows; all cells of a
 * message together.
 */
export const MAX_TABLE_ROWS = 100;
export const MAX_TABLE_COLUMNS = 20;
export const MAX_TABLE_CHARACTERS = 10_000;
/** docs.slack.dev/reference/methods/chat.postMessage: the recommended length; past 40,000 Slack cuts. */
export const MAX_TEXT = 4000;

/** Ours: a longer cell makes the table unreadable on a phone. */
const MAX_CELL = 60;
/** Ours: more buttons than fit in one line are not looked at. */
const MAX_BUTTONS = 4;
/** Ours: the leading rows that can be listened to by a button; each row's name leads there as well. */
const MAX_LISTEN = 3;

export const ASK_ACTION = /^ask-\d+$/;
export const OPEN_ACTION = 'open-page';
export const LISTEN_ACTION = /^listen-\d+$/;

export type Picture = { alt: string } & ({ fileId: string } | { url: string });

export interface RenderOptions {
  picture?: Picture;
  /** The answer's page on the dashboard. */
  pageUrl?: string;
  /** A last line of our own, in mrkdwn. */
  hint?: string;
}

export interface Message {
  text: string;
  blocks: KnownBlock[];
}

type Cell = { type: 'raw_text'; text: string } | RichTextBlock;

/** Slack does not say whether an address counts: it does here. */
const lengthOf = (cell: Cell): number =>
  cell.type === 'raw_text' ? cell.text.length : JSON.stringify(cell.elements).length;

const context = (...lines: string[]): KnownBlock => ({
  type: 'context',
  elements: lines
    .slice(0, MAX_CONTEXT_ELEMENTS)
    .map(text => ({ type: 'mrkdwn' as const, text: text.slice(0, MAX_SECTION), verbatim: true })),
});

const rich = (element: RichTextBlock['elements'][number]): RichTextBlock => ({
  type: 'rich_text',
  elements: [element],
});

/** `null` for what is no web address: the cell is then plain text. */
function webAddress(value: unknown): string | null {
  if (typeof value !== 'string' || !URL.canParse(value)) return null;
  const url = new URL(value);
  // A bar would end the address within `<address|label>`.
  const href = url.href.replaceAll('|', '%7C');
  return /^https?:$/.test(url.protocol) && href.length <= MAX_URL ? href : null;
}

function cellOf(column: Column, row: Row, { zone, rows }: Answer): Cell {
  const text = plain(formatCell(column, row, { zone, rows, most: MAX_CELL }), MAX_CELL) || NO_VALUE;
  const url = webAddress(row[`${column.key}Url`]);
  return url
    ? rich({ type: 'rich_text_section', elements: [{ type: 'link', url, text }] })
    : { type: 'raw_text', text };
}

/**
 * Slack's own table: it scrolls sideways on a phone, and its cells are text, never markup. Rows that do not
 * fit are left out.
 */
function tableOf(answer: Answer): { block: KnownBlock; shown: number } {
  const columns = columnsFor('wide', answer).slice(0, MAX_TABLE_COLUMNS);
  const header = columns.map(({ label }) =>
    rich({
      type: 'rich_text_section',
      elements: [{ type: 'text', text: plain(label, MAX_CELL) || NO_VALUE, style: { bold: true } }],
    }),
  );
  const rows: Cell[][] = [header];
  let characters = header.reduce((sum, cell) => sum + lengthOf(cell), 0);
  for (const row of answer.rows.slice(0, MAX_TABLE_ROWS - 1)) {
    const cells = columns.map(column => cellOf(column, row, answer));
    characters += cells.reduce((sum, cell) => sum + lengthOf(cell), 0);
    if (characters > MAX_TABLE_CHARACTERS) break;
    rows.push(cells);
  }
  const column_settings = columns.map(column =>
    isNumeric(column) ? { align: 'right' as const } : { align: 'left' as const, is_wrapped: true },
  );
  return { block: { type: 'table', rows, column_settings }, shown: rows.length - 1 };
}

function imageOf(picture: Picture): KnownBlock {
  const alt_text = plain(picture.alt, MAX_ALT_TEXT) || 'Chart';
  return 'fileId' in picture
    ? { type: 'image', slack_file: { id: picture.fileId }, alt_text }
    : { type: 'image', image_url: picture.url, alt_text };
}

/** A button's value: what `replyToOptions` takes. */
export const followUpValue = ({ question, params }: Pick<FollowUp, 'question' | 'params'>): string =>
  JSON.stringify([question, params]);

/** @throws SyntaxError or TypeError for what `followUpValue` did not write. */
export function parseFollowUpValue(value: string): Pick<FollowUp, 'question' | 'params'> {
  const [question, params] = JSON.parse(value) as [string, Record<string, string>];
  if (typeof question !== 'string' || typeof params !== 'object')
    throw new TypeError('not the value of a follow-up');
  return { question, params };
}

/** Buttons that lead to Bandcamp: what is pressed there is reported, too, and acknowledged. */
function listenBlock(answers: readonly Answer[], each: number): KnownBlock[] {
  const links = answers
    .flatMap(answer => listenLinks(answer, each))
    .flatMap(({ label, url }) => {
      const [text, address] = [plain(label, MAX_BUTTON_TEXT), webAddress(url)];
      return text && address ? [{ text, url: address }] : [];
    });
  const elements = links.slice(0, MAX_LISTEN).map(({ text, url }, index) => ({
    type: 'button' as const,
    action_id: `listen-${index}`,
    text: { type: 'plain_text' as const, text },
    url,
  }));
  return elements.length > 0 ? [{ type: 'actions', elements }] : [];
}

function buttonsOf(answer: Answer, pageUrl: string | undefined): KnownBlock[] {
  const asks = answer.followUps
    .map(({ label, ...ask }) => ({ label: plain(label, MAX_BUTTON_TEXT), value: followUpValue(ask) }))
    .filter(({ label, value }) => label && value.length <= MAX_BUTTON_VALUE)
    .slice(0, MAX_BUTTONS)
    .map(({ label, value }, index) => ({
      type: 'button' as const,
      action_id: `ask-${index}`,
      text: { type: 'plain_text' as const, text: label },
      value,
    }));
  const open = pageUrl && {
    type: 'button' as const,
    action_id: OPEN_ACTION,
    text: { type: 'plain_text' as const, text: 'Open page' },
    url: pageUrl,
  };
  const elements = open ? [...asks, open] : asks;
  return elements.length > 0 ? [{ type: 'actions', elements }] : [];
}

/** `pageUrl` goes into `<…|…>` and a button, both of which only take a web address of bounded length. */
export function renderAnswer(answer: Answer, { picture, pageUrl, hint }: RenderOptions = {}): Message {
  const page = webAddress(pageUrl) ?? undefined;
  const table = answer.rows.length > 0 && answer.columns.length > 0 ? tableOf(answer) : null;
  const left = answer.rows.length - (table?.shown ?? 0);
  const title = plain(answer.title, MAX_HEADER);
  const headline = mrkdwn(answer.headline, MAX_SECTION);
  const small = [...(picture ? [explanationOf(answer.chart)] : []), ...footnotes(answer)]
    .map(line => mrkdwn(line, MAX_SECTION))
    .filter(Boolean);
  const more = `and ${left} more${page ? `: <${escapeMrkdwn(page)}|see all>` : ''}`;
  const blocks: KnownBlock[] = [
    ...(title ? [{ type: 'header' as const, text: { type: 'plain_text' as const, text: title } }] : []),
    ...(headline
      ? [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: headline, verbatim: true } }]
      : []),
    ...(picture ? [imageOf(picture)] : []),
    ...(table ? [table.block] : []),
    ...(left > 0 ? [context(more)] : []),
    ...listenBlock([answer], MAX_LISTEN),
    ...(small.length > 0 ? [context(...small)] : []),
    ...(hint ? [context(hint)] : []),
    ...buttonsOf(answer, page),
  ];
  return { text: headline || mrkdwn(answer.title, MAX_SECTION) || '(untitled answer)', blocks };
}

/** Ours: the rows of a digest's table; the PDF has them all. */
const DIGEST_ROWS = 5;

const bold = (text: string): string => (text ? `*${text}*` : '');

/**
 * A digest's message: the day in a sentence, the first answer with its picture, a line for each further
 * answer.
 */
export function renderDigest({ digest, chart, pageUrl }: Omit<Content, 'pdf'>, fileId?: string): Message {
  const [first, ...others] = digest.answers;
  const { report, zone } = digest;
  const dashboard = webAddress(pageUrl) ?? undefined;
  const explained = explanationOf(first?.chart);
  const rows = first?.rows.slice(0, DIGEST_ROWS) ?? [];
  const headline = mrkdwn(digest.headline, MAX_SECTION);
  const lines = others.map(
    ({ title, headline }) => `• ${bold(mrkdwn(title, 100).replaceAll('*', ''))} ${mrkdwn(headline, 250)}`,
  );
  // Whole lines, as a cut could leave bold text open.
  let list = '';
  for (const line of lines) if (list.length + line.length < MAX_SECTION) list += `${list && '\n'}${line}`;
  const section = (text: string): KnownBlock => ({
    type: 'section',
    text: { type: 'mrkdwn', text, verbatim: true },
  });
  const blocks: KnownBlock[] = [
    {
      type: 'header',
      text: { type: 'plain_text', text: plain(`${digest.title}: ${report.subtitle}`, MAX_HEADER) },
    },
    ...(headline ? [section(headline)] : []),
    ...(fileId && chart ? [imageOf({ fileId, alt: chart.alt })] : []),
    ...(first && rows.length > 0 ? [tableOf({ ...first, rows }).block] : []),
    ...(list ? [section(list)] : []),
    ...listenBlock(digest.answers, 1),
    context(
      ...(fileId && chart && explained ? [explained] : []),
      `Days in ${mrkdwn(zone, 60)}. The whole report is in the thread.`,
      ...(dashboard ? [`<${escapeMrkdwn(dashboard)}|Dashboard>`] : []),
      ...(report.simulated ? [SIMULATED] : []),
    ),
  ];
  return {
    text: `${mrkdwn(digest.title, MAX_HEADER)}, ${mrkdwn(report.subtitle, 60)}: ${headline}`.slice(
      0,
      MAX_TEXT,
    ),
    blocks,
  };
}
