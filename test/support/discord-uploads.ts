/**
 * Edits many interactions' replies with a big picture each, in a process of its own, and prints what became
 * of them.
 * `node discord-uploads.ts <address> <count> <timeout in ms, 0 for the service's own> <modules, in the order
 * of their loading>`
 */
const [address = '', count = '1', timeout = '0', ...order] = process.argv.slice(2);
const PICTURE_BYTES = 1_500_000;

const modules: Record<string, () => Promise<unknown>> = {
  // Node's own undici is loaded by the first use of any of its classes, as by the web server.
  node: async () => new FormData(),
  undici: () => import('undici'),
  'discord.js': () => import('discord.js'),
};
for (const name of order) await modules[name]?.();
const { createApi } = await import('../../bots/discord/api.ts');
const { restOptions } = await import('../../bots/discord/rest.ts');
const { REST, Routes } = await import('discord.js');

const config = { discordApiUrl: `${address}/api`, discordToken: undefined };
const api = createApi(config);
const rest = new REST({ ...restOptions(config), timeout: Number(timeout) });
const data = Buffer.alloc(PICTURE_BYTES, 7);

async function edit(token: string): Promise<string> {
  const interaction = { id: '1300000000000000001', application_id: '1200000000000000001', token };
  const files = [{ name: 'chart.png', data, contentType: 'image/png' }];
  const body = { content: 'An answer.' };
  const route = Routes.webhookMessage(interaction.application_id, token);
  try {
    if (timeout === '0') await api.edit(interaction, body, files);
    else await rest.patch(route, { body, files, auth: false });
    return 'answered';
  } catch (error) {
    return (error as Error).name;
  }
}

const outcomes = await Promise.all(Array.from({ length: Number(count) }, (_, at) => edit(`secret-${at}`)));
// What is thrown outside of a promise can come after all have settled.
await new Promise(resolve => setTimeout(resolve, 300));
const counts = Object.entries(Object.groupBy(outcomes, name => name)).map(([name, all]) => [
  name,
  all?.length,
]);
process.stdout.write(JSON.stringify(Object.fromEntries(counts)));
process.exit(0);
