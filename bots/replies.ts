/**
 * What every bot does alike: free text or options → a question → its Answer, chart and address, or an error
 * text.
 */
import type { Ambient } from '../src/ambient.ts';
import { chartUrl } from '../src/charts/quickchart.ts';
import type { ChartRenderers } from '../src/charts/renderers.ts';
import type { Answer } from '../src/core/answer.ts';
import { altInChat } from '../src/core/chart-alt.ts';
import type { ChartSpec, ThemeName } from '../src/core/chart-spec.ts';
import { NotNow, UserError } from '../src/core/errors.ts';
import type { Turns } from '../src/core/turns.ts';
import { type AskDeps, ask } from '../src/questions/lib/ask.ts';
import { type ParsedQuestion, parseQuestion } from '../src/questions/lib/definition.ts';
import { understand } from '../src/questions/lib/understand.ts';
import { questions } from '../src/questions/registry.ts';

export interface AnswerReply {
  kind: 'answer';
  answer: Answer;
  /** PNG of the answer's chart, and a file name for it. */
  chart?: { png: Uint8Array; filename: string; alt: string };
  /**
   * A public address of the same chart, where there is one (`QUICKCHART_URL`, or our own by `PUBLIC_URL`).
   */
  chartUrl?: string;
  /** The answer's page on the dashboard, where `PUBLIC_URL` is set. */
  pageUrl?: string;
}

interface ErrorReply {
  kind: 'error';
  /** Safe to show: what is wrong and what would be right. */
  text: string;
}

export type Reply = AnswerReply | ErrorReply;

export type ReplyDeps = Pick<Ambient, 'config' | 'log'> &
  Pick<ChartRenderers, 'renderChart'> &
  AskDeps & {
    /** The ground of the pictures: no colour can be read on a light chat's and a dark one's at once. */
    chartTheme?: ThemeName;
    /**
     * Limits how many replies are made at once: a rush must not delay the acknowledgement of the next
     * command.
     */
    turns?: Turns;
  };

/** Answers free text such as `trending genres germany 7d`. Never throws. */
export const replyToText = (deps: ReplyDeps, text: string): Promise<Reply> =>
  reply(deps, () => understand(deps, questions, text));

/** Answers a question by name and raw parameters, as options give them. Never throws. */
export const replyToOptions = (
  deps: ReplyDeps,
  name: string,
  raw: Record<string, string | undefined>,
): Promise<Reply> => reply(deps, () => parseQuestion(questions, name, raw));

/** Discord's limit for the address of an image, the narrowest of the platforms'. */
const LONGEST_URL = 2048;

/**
 * The chart's own address; where that would be too long for a chat, the question's, as of the same instant.
 */
function publicChartUrl(
  config: Ambient['config'],
  { question, params, asOf }: Answer,
  chart: ChartSpec,
  size: { theme: ThemeName; surface: 'chat' },
): string | undefined {
  const url = chartUrl(config, chart, size);
  if (!config.publicUrl || (url && url.length <= LONGEST_URL)) return url;
  const query = new URLSearchParams({ ...params, until: asOf, ...size });
  return `${config.publicUrl}/q/${question}/chart.png?${query}`;
}

type Parse = () => ParsedQuestion | Promise<ParsedQuestion>;

const reply = (deps: ReplyDeps, parse: Parse): Promise<Reply> =>
  deps.turns ? deps.turns.take(() => replyNow(deps, parse)) : replyNow(deps, parse);

async function replyNow(deps: ReplyDeps, parse: Parse): Promise<Reply> {
  try {
    const parsed = await parse();
    const answer = await ask(deps, parsed);
    const { publicUrl } = deps.config;
    const size = { theme: deps.chartTheme ?? 'light', surface: 'chat' as const };
    // An answer without its picture is better than none.
    const png =
      answer.chart &&
      (await deps.renderChart(answer.chart, size).catch(error => {
        deps.log.error('chart-failed', { question: answer.question, error });
        return undefined;
      }));
    return {
      kind: 'answer',
      answer,
      ...(answer.chart &&
        png && { chart: { png, filename: `${answer.question}.png`, alt: altInChat(answer.chart) } }),
      ...(answer.chart && { chartUrl: publicChartUrl(deps.config, answer, answer.chart, size) }),
      ...(publicUrl && {
        pageUrl: `${publicUrl}/q/${answer.question}?${new URLSearchParams(answer.params)}`,
      }),
    };
  } catch (error) {
    if (error instanceof NotNow) deps.log.warn('reply-refused', { reason: error.reason, error: error.cause });
    if (error instanceof UserError) return { kind: 'error', text: error.text };
    const id = crypto.randomUUID().slice(0, 8);
    deps.log.error('reply-failed', { id, error });
    return {
      kind: 'error',
      text:
        `Something went wrong on our side (${id}). Try again in a minute; the operator can find the ` +
        'cause by that id.',
    };
  }
}
