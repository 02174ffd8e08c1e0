/** What people do in Slack: `/bandcamp …` to ask or to subscribe, and the buttons below an answer. */

import type { App, BlockAction, ButtonAction, RespondFn } from '@slack/bolt';
import type { Ambient } from '../../src/ambient.ts';
import type { ChartRenderers } from '../../src/charts/renderers.ts';
import type { HasDb } from '../../src/db/connect.ts';
import { commandOf } from '../../src/questions/lib/typed-commands.ts';
import { questions } from '../../src/questions/registry.ts';
import { type Reply, replyToOptions, replyToText } from '../replies.ts';
import { renderHelp } from './help.ts';
import { type Place, postAnswer } from './post.ts';
import { ASK_ACTION, LISTEN_ACTION, MAX_SECTION, OPEN_ACTION, parseFollowUpValue } from './render.ts';
import { CHART_THEME } from './settings.ts';
import { runSubscriptionCommand } from './subscribe.ts';
import { mrkdwn } from './text.ts';

/** How a question gets its reply; tests give their own. */
export interface Replies {
  replyToText: typeof replyToText;
  replyToOptions: typeof replyToOptions;
}

export type CommandDeps = HasDb &
  Pick<Ambient, 'config' | 'clock' | 'log'> &
  Pick<ChartRenderers, 'renderChart'>;

/** An installation may name its command as it likes (`/bandcamp-staging`): an app receives only its own. */
const COMMAND = /^\//;

// Slack sends `&`, `<` and `>` of a command's text as entities.
const withoutEntities = (text: string): string =>
  text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

const show = (deps: CommandDeps, place: Place, reply: Reply): Promise<unknown> =>
  reply.kind === 'answer' ? postAnswer(deps, place, reply) : respondPrivately(place.respond, reply.text);

/** Says something to who asked, and to nobody else. */
const respondPrivately = (respond: RespondFn, text: string) =>
  respond({ response_type: 'ephemeral', replace_original: false, text: mrkdwn(text, MAX_SECTION) });

/** Adds the listeners. Each acknowledges at once and then works: Slack waits for three seconds. */
export function addCommands(
  app: App,
  deps: CommandDeps,
  replies: Replies = { replyToText, replyToOptions },
): void {
  app.command(COMMAND, async ({ ack, command, client, respond }) => {
    const text = withoutEntities(command.text ?? '').trim();
    if (text === '' || commandOf(text) === 'help') {
      await ack({ response_type: 'ephemeral', ...renderHelp(command.command, questions) });
      return;
    }
    await ack();
    if (await runSubscriptionCommand(deps, { text, command, client, respond })) return;
    await show(
      deps,
      { client, respond, channel: command.channel_id },
      await replies.replyToText({ ...deps, chartTheme: CHART_THEME }, text),
    );
  });

  app.action<BlockAction<ButtonAction>>(ASK_ACTION, async ({ ack, action, body, client, respond }) => {
    await ack();
    const { question, params } = parseFollowUpValue(action.value ?? '');
    const { container, message } = body;
    const place: Place = {
      client,
      respond,
      channel: String(container.channel_id ?? body.channel?.id),
      // What only one person sees has no thread.
      threadTs: container.is_ephemeral ? undefined : (message?.thread_ts ?? message?.ts),
    };
    const reply = await replies.replyToOptions({ ...deps, chartTheme: CHART_THEME }, question, params);
    await show(deps, place, reply);
  });

  // A button that opens an address reports the press all the same.
  for (const opened of [OPEN_ACTION, LISTEN_ACTION]) app.action(opened, ({ ack }) => ack());
}
