/**
 * What a follow-up button asks, written in its `custom_id`, so that a click needs no memory of the message.
 */

/** https://discord.com/developers/docs/components/reference#anatomy-of-a-component-custom-id */
const MAX_CUSTOM_ID = 100;
const PREFIX = 'ask:';

/** `ask:trending-genres?window=30d`; undefined where that is longer than Discord takes. */
export function encodeCustomId(question: string, params: Record<string, string>): string | undefined {
  const id = `${PREFIX}${question}?${new URLSearchParams(params)}`;
  return id.length <= MAX_CUSTOM_ID ? id : undefined;
}

/** The question's name and raw parameters; undefined for a button that is not ours. */
export function decodeCustomId(id: string): { name: string; raw: Record<string, string> } | undefined {
  const [, name, query] = /^ask:([a-z0-9-]+)\?(.*)$/.exec(id) ?? [];
  return name === undefined ? undefined : { name, raw: Object.fromEntries(new URLSearchParams(query)) };
}
