import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { chartConfig } from '../../src/charts/chartjs.ts';
import { chartUrl, fetchChart } from '../../src/charts/quickchart.ts';
import { bars, COUNTRIES, lines, MIXED_NAMES, SCRIPTS, slope, worldMap } from '../support/charts.ts';

const GENRES = [
  'ambient',
  'drum & bass',
  'city pop',
  'psytrance',
  'dungeon synth',
  'hyperpop',
  'jungle',
  'black metal',
  'dub techno',
  'shoegaze',
];
const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

const servers: Server[] = [];
/** A server on this machine that answers so; its address. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
afterAll(() => {
  for (const server of servers) server.close().closeAllConnections();
});

describe('chartUrl', () => {
  const nowhere = { quickchartUrl: undefined, publicUrl: undefined };
  const here = { ...nowhere, publicUrl: 'https://tracker.example' };

  test('is on QUICKCHART_URL, else on our own /chart, else nowhere', () => {
    const both = { ...here, quickchartUrl: 'https://quickchart.example:8443/charts' };
    expect(chartUrl(both, bars(GENRES))).toMatch(/^https:\/\/quickchart\.example:8443\/charts\/chart\?/);
    expect(chartUrl(here, bars(GENRES))).toMatch(/^https:\/\/tracker\.example\/chart\?/);
    expect(chartUrl(nowhere, bars(GENRES))).toBeUndefined();
  });

  test('a map is one on our own /chart; elsewhere it is bars of the first countries', () => {
    const chart = (url = '') =>
      JSON.parse(Buffer.from(new URL(url).searchParams.get('c') ?? '', 'base64').toString());
    const map = worldMap(COUNTRIES);
    expect(chart(chartUrl(here, map))).toEqual(chartConfig(map));
    const { type, data, options } = chart(
      chartUrl({ ...here, quickchartUrl: 'https://quickchart.example' }, map),
    );
    expect([type, data.labels.length, data.labels[0]]).toEqual(['bar', 15, 'United States']);
    expect(options.plugins.subtitle.text.join(' ')).toContain('first 15 of 50');
  });

  test.each([
    bars(GENRES),
    bars([...Object.values(SCRIPTS), ...MIXED_NAMES]),
    lines(GENRES, { bands: true }),
    slope(GENRES),
    worldMap(COUNTRIES),
  ])('carries the whole configuration, size and background: %#', spec => {
    const { searchParams } = new URL(chartUrl(here, spec, { theme: 'dark' }) as string);
    const { c, ...rest } = Object.fromEntries(searchParams);
    expect(JSON.parse(Buffer.from(c ?? '', 'base64').toString())).toEqual(chartConfig(spec, 'dark'));
    expect(rest).toEqual({ w: '680', h: expect.any(String), bkg: '#171b20', v: '4', encoding: 'base64' });
  });

  test('of ten bars with intervals fits into a Slack image block', () => {
    expect(chartUrl(here, bars(GENRES), { surface: 'chat', theme: 'dark' })?.length).toBeLessThan(3000);
  });
});

describe('fetchChart', () => {
  test('posts the configuration as JSON text and gives the picture', async () => {
    const bodies: unknown[] = [];
    const origin = await serve(async (request, response) => {
      bodies.push({ url: request.url, ...JSON.parse(Buffer.concat(await request.toArray()).toString()) });
      response.end(PNG);
    });
    expect(Buffer.from(await fetchChart(`${origin}/qc/`, bars(GENRES), { theme: 'dark', scale: 3 }))).toEqual(
      PNG,
    );
    expect(bodies).toEqual([
      {
        url: '/qc/chart',
        chart: JSON.stringify(chartConfig(bars(GENRES), 'dark')),
        width: 680,
        height: expect.any(Number),
        format: 'png',
        version: '4',
        backgroundColor: '#171b20',
        devicePixelRatio: 3,
      },
    ]);
  });

  test('says what the server said', async () => {
    const origin = await serve((_, response) =>
      response.writeHead(400, { 'x-quickchart-error': 'too many bars' }).end(),
    );
    await expect(fetchChart(origin, bars(GENRES))).rejects.toThrow(
      /127\.0\.0\.1:\d+ gave no chart: .*400\ntoo many bars/s,
    );
  });

  test('does not take a page for a picture', async () => {
    const origin = await serve((_, response) => response.end('<html>Welcome</html>'));
    await expect(fetchChart(origin, bars(GENRES))).rejects.toThrow('sent 20 bytes that are not png');
  });

  test('does not wait for ever', async () => {
    const origin = await serve(() => {});
    await expect(fetchChart(origin, bars(GENRES), {}, 50)).rejects.toThrow('no answer within 0.05 s');
  });

  test('names the server that is not there', async () => {
    const origin = await serve(() => {});
    await new Promise(resolve => servers.pop()?.close(resolve));
    await expect(fetchChart(origin, bars(GENRES))).rejects.toThrow(
      /127\.0\.0\.1:\d+ gave no chart: .*ECONNREFUSED/,
    );
  });
});
