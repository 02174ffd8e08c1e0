/** What is typed that is no question: help, and what is managed. */

/** What is typed like a question, but asks for something else. */
export type TypedCommand = 'help' | 'subscriptions' | 'report';

/** In lower case, without the signs at the end. */
const TYPED: readonly [TypedCommand, RegExp][] = [
  ['help', /^(?:help\b.*|hi|hello|hey|how does this work|commands|menu)?$/],
  ['help', /^what can (?:you|i) (?:do|ask)$/],
  ['subscriptions', /^(?:un)?subscri(?:be|ptions?)\b/],
  ['subscriptions', /^(?:(?:list|show|my) )+subscriptions$/],
  ['subscriptions', /^stop(?: (?:the )?(?:daily|digests?)\b.*)?$/],
  ['report', /^(?:the )?(?:daily |weekly |monthly )?(?:pdf )?report\b/],
];

/** The command that a text is, where it is one and no question. */
export function commandOf(text: string): TypedCommand | undefined {
  const said = text.trim().toLowerCase().replace(/\s+/g, ' ');
  if (said === '') return undefined;
  return TYPED.find(([, typed]) => typed.test(said.replace(/[?!. ]+$/, '')))?.[0];
}
