/** Interactions as Discord sends them, for somebody in a channel of a server. */

const GUILD = '1100000000000000001';
const CLICK = 3;
const CHANNEL = '1400000000000000001';

/** `commandData('trending genres', { window: '7d' }, id)`: what a command's interaction holds as `data`. */
export function commandData(words: string, options: Record<string, string>, id: string) {
  const [name, subcommand] = words.split(' ');
  const values = Object.entries(options).map(([key, value]) => ({ name: key, type: 3, value }));
  return {
    id,
    name,
    type: 1,
    options: subcommand ? [{ name: subcommand, type: 1, options: values }] : values,
  };
}

interface Essentials {
  id: string;
  token: string;
  type: number;
  data: unknown;
  application_id: string;
}

/** The whole interaction, as it comes over the gateway and by HTTP alike. */
export const interactionPayload = (essentials: Essentials) => ({
  ...essentials,
  ...(essentials.type === CLICK && { message: messageOf(essentials.application_id) }),
  version: 1,
  guild_id: GUILD,
  channel_id: CHANNEL,
  channel: { id: CHANNEL, type: 0 },
  member: {
    user: { id: '1300000000000000001', username: 'listener', discriminator: '0', avatar: null },
    roles: [],
    joined_at: '2026-01-01T00:00:00Z',
    permissions: '0',
    deaf: false,
    mute: false,
    flags: 0,
  },
  // View Channel, Send Messages, Attach Files, Read Message History.
  app_permissions: String((1 << 10) | (1 << 11) | (1 << 15) | (1 << 16)),
  locale: 'en-US',
  entitlements: [],
  authorizing_integration_owners: { 0: GUILD },
  context: 0,
  attachment_size_limit: 10_485_760,
});

/** The message that the clicked button stands in. */
const messageOf = (application: string) => ({
  id: '1500000000000000001',
  channel_id: CHANNEL,
  author: { id: application, username: 'Tracker', discriminator: '0', avatar: null, bot: true },
  content: '',
  timestamp: '2026-10-07T12:00:00Z',
  edited_timestamp: null,
  tts: false,
  mention_everyone: false,
  mentions: [],
  mention_roles: [],
  attachments: [],
  embeds: [],
  pinned: false,
  type: 20,
  flags: 1 << 15,
  components: [],
});
