/**
 * Uploads many big files to Slack, in a process of its own, and prints what became of them.
 * `node slack-uploads.ts <address of the API> <count> <timeout in ms> <tries>`
 */
import { LogLevel, WebClient } from '@slack/web-api';

const [slackApiUrl = '', count = '1', timeout = '20000', tries = '1'] = process.argv.slice(2);
const FILE_BYTES = 1_500_000;

const client = new WebClient('xoxb-1', {
  slackApiUrl,
  timeout: Number(timeout),
  retryConfig: { retries: Number(tries) - 1, minTimeout: 100, maxTimeout: 1000 },
  logLevel: LogLevel.ERROR,
});
const file = Buffer.alloc(FILE_BYTES, 7);

const upload = () =>
  client.files.uploadV2({ file, filename: 'chart.png', title: 'A chart' }).then(
    () => 'uploaded',
    error => (error as Error).name,
  );
const outcomes = await Promise.all(Array.from({ length: Number(count) }, upload));
// What is thrown outside of a promise can come after all have settled.
await new Promise(resolve => setTimeout(resolve, 300));
const counts = Object.entries(Object.groupBy(outcomes, name => name)).map(([name, all]) => [
  name,
  all?.length,
]);
process.stdout.write(JSON.stringify(Object.fromEntries(counts)));
process.exit(0);
