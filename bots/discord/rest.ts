/**
 * How discord.js's REST does its requests in this process: the options that every client of Discord's REST
 * has here.
 */
import type { RESTOptions } from 'discord.js';
import type { DiscordSettings } from './settings.ts';

/** Waited after a 429 that does not say how long: discord.js would ask again at once, for ever. */
const UNSAID_WAIT_SECONDS = '1';

/** `DISCORD_API_URL` with or without its version, which discord.js adds. */
export const restOptions = ({
  discordApiUrl,
}: Pick<DiscordSettings, 'discordApiUrl'>): Partial<RESTOptions> => ({
  api: discordApiUrl.replace(/\/v\d+$/, ''),
  makeRequest: makeRequest as unknown as RESTOptions['makeRequest'],
});

/**
 * Node's fetch, in place of discord.js's own undici (6). That one hands a form to the dispatcher that happens
 * to be the global one: ours (8) refuses the form, and in Node's (7) one that is cut or given up in
 * mid-upload throws outside of any promise, which ends the process.
 *
 * The answer is read here as well, because discord.js's time limit ends with this call. It repeats by itself,
 * up to its
 * `retries` and at once, what ran out of time or was answered with 5xx, and any 429; what the network loses
 * is for its caller to repeat.
 * @throws TypeError for what the network lost, AbortError past the time limit
 */
async function makeRequest(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  const body = await response.arrayBuffer();
  const { status, statusText } = response;
  const headers = new Headers(response.headers);
  if (status === 429 && !(Number(headers.get('retry-after')) > 0))
    headers.set('retry-after', UNSAID_WAIT_SECONDS);
  return new Response(body.byteLength > 0 ? body : null, { status, statusText, headers });
}
