/** The dashboard at `/`, a page and a chart image for each question, and what they are styled with. */

import { Hono } from 'hono';
import { html } from 'hono/html';
import { chartUrl } from '../charts/quickchart.ts';
import type { ChartRenderers } from '../charts/renderers.ts';
import type { ChartSize, ThemeName } from '../core/chart-spec.ts';
import { UserError } from '../core/errors.ts';
import { type AskDeps, ask } from '../questions/lib/ask.ts';
import { missingName, type ParsedQuestion, parseQuestion } from '../questions/lib/definition.ts';
import { noChart } from '../questions/lib/refusals.ts';
import { questions } from '../questions/registry.ts';
import { admitted, admitting, type Limits } from './admission.ts';
import { favicon, styleSheet } from './assets.ts';
import { createBanner } from './banner.ts';
import type { Html } from './html.ts';
import { answerSection, blankPage, layout, questionForm } from './pages.ts';

type PageDeps = AskDeps &
  Pick<ChartRenderers, 'renderChart'> & {
    chartServer?: string | undefined;
    hasReports?: boolean;
    chartClient?: string;
    limits?: Limits;
  };

/** Charts of one address change only with the data; with the answers' own age it makes a minute. */
const CHART_CACHE = 'public, max-age=30';

export function dashboardRoutes(deps: PageDeps): Hono {
  const banner = createBanner(deps);
  const shown = async () => ({
    reports: deps.hasReports ?? false,
    script: deps.chartClient,
    banner: await banner(),
  });
  return new Hono()
    .get('/', async c =>
      c.html(
        layout(
          'Bandcamp Tracker',
          await questionPage(admitting(deps, c), parseQuestion(questions, 'trending-genres', {}), {}),
          await shown(),
        ),
      ),
    )
    .get('/q/:question', async c => {
      const given = c.req.query();
      const asked = questions.find(({ name }) => name === c.req.param('question'));
      if (asked && missingName(asked, given))
        return c.html(layout(`${asked.title} – Bandcamp Tracker`, blankPage(asked, given), await shown()));
      const parsed = parseQuestion(questions, c.req.param('question'), given);
      return c.html(
        layout(
          `${parsed.question.title} – Bandcamp Tracker`,
          await questionPage(admitting(deps, c), parsed, given),
          await shown(),
        ),
      );
    })
    .get('/q/:question/chart.png', async c => {
      const { theme = 'light', title, width, surface, ...raw } = c.req.query();
      const parsed = parseQuestion(questions, c.req.param('question'), raw);
      const size: ChartSize = {
        theme: theme === 'dark' ? 'dark' : 'light',
        ...(width && { width: chartWidth(width) }),
        ...(surface === 'chat' && { surface }),
      };
      const headers = { 'Content-Type': 'image/png', 'Cache-Control': CHART_CACHE };
      // Whether there is a chart is known only to who counts the answer.
      if (c.req.method === 'HEAD' && !deps.chartServer) return c.body(null, 200, headers);
      const answer = await ask(admitting(deps, c), parsed);
      const { chart } = answer;
      if (!chart) throw noChart(answer);
      const spec = title === 'none' ? { ...chart, title: '' } : chart;
      const elsewhere = chartUrl({ quickchartUrl: deps.chartServer, publicUrl: undefined }, spec, size);
      if (elsewhere) {
        c.header('Cache-Control', CHART_CACHE);
        return c.redirect(elsewhere);
      }
      const png = await admitted(deps.limits, 'charts', c, () => deps.renderChart(spec, size));
      return c.body(png as Uint8Array<ArrayBuffer>, 200, headers);
    })
    .get('/style.css', c =>
      c.body(styleSheet, 200, {
        'Content-Type': 'text/css; charset=utf-8',
        'Cache-Control': 'public, max-age=3600',
      }),
    )
    .get('/favicon.svg', c =>
      c.body(favicon, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=86400' }),
    );
}

async function questionPage(
  deps: PageDeps,
  parsed: ParsedQuestion,
  given: Record<string, string>,
): Promise<Html> {
  const answer = await ask(deps, parsed);
  // As of the same instant, so that chart and table show the same numbers; the page has the title already.
  const chartPath = (theme: ThemeName, width: number) => {
    const looks = { until: answer.asOf, theme, width: String(width), title: 'none' };
    return `/q/${answer.question}/chart.png?${new URLSearchParams({ ...answer.params, ...looks })}`;
  };
  return html`${questionForm(parsed.question, given)}${answerSection(answer, chartPath)}`;
}

function chartWidth(text: string): number {
  const width = Number(text);
  if (!(width >= 300 && width <= 1600))
    throw new UserError(`"${text.slice(0, 20)}" is not a width.`, 'Use pixels from 300 to 1600.');
  return width;
}
