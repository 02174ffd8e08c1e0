/** The questions as Discord's application commands, and a command's options back as a question. */
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandInteractionDataOption,
  type APIApplicationCommandOptionChoice,
  type APIApplicationCommandStringOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  InteractionContextType,
  type InteractionType,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { digests } from '../../src/core/digest.ts';
import { suggestZones } from '../../src/core/time/local-time.ts';
import type { Parameter, Question } from '../../src/questions/lib/definition.ts';
import { clip, escapeText } from './markdown.ts';

// https://discord.com/developers/docs/interactions/application-commands#application-command-object (2026).
const MAX_DESCRIPTION = 100;
const MAX_CHOICES = 25;
const MAX_CHOICE = 100;

export const HELP_COMMAND = 'help';
/** Takes a question as free text. */
export const TEXT_COMMAND = 'bandcamp';
export const TEXT_OPTION = 'text';
export const SUBSCRIBE_COMMAND = 'subscribe';
export const LIST_COMMAND = 'subscriptions';
export const UNSUBSCRIBE_COMMAND = 'unsubscribe';

type Command = RESTPostAPIChatInputApplicationCommandsJSONBody;

/**
 * All commands: `trending-genres` is `/trending genres`, with all questions of one first word as subcommands
 * of it. A question whose first word is a whole question's name keeps its hyphen (`/top-artists` beside
 * `/top`), because a command with subcommands cannot be used alone.
 */
export function commandDefinitions(questions: readonly Question[]): Command[] {
  const names = new Set(questions.map(({ name }) => name));
  const groups = Map.groupBy(questions, ({ name }) => {
    const [first = name] = name.split('-');
    return names.has(first) ? name : first;
  });
  return [
    ...[...groups].map(([name, members]) => {
      const [only] = members;
      return only?.name === name ? plainCommand(only) : groupCommand(name, members);
    }),
    {
      name: TEXT_COMMAND,
      description: 'Ask in words, such as: trending genres germany 7d',
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: TEXT_OPTION,
          description: 'A question and what it is about',
          required: true,
          max_length: 300,
        },
      ],
    },
    { name: HELP_COMMAND, description: 'Show what you can ask' },
    ...subscriptionCommands(),
  ];
}

/**
 * Who may change what comes into a channel: by default those who manage the server, who can let others in the
 * server's settings.
 */
const FOR_MANAGERS = {
  default_member_permissions: String(PermissionFlagsBits.ManageGuild),
  contexts: [InteractionContextType.Guild],
};

function subscriptionCommands(): Command[] {
  const string = ApplicationCommandOptionType.String as const;
  const digest = {
    type: string,
    name: 'digest',
    description: 'Which digest',
    required: true,
    choices: asChoices(digests.map(({ name }) => name)),
  };
  return [
    {
      name: SUBSCRIBE_COMMAND,
      description: 'Post a digest with a PDF report in this channel',
      ...FOR_MANAGERS,
      options: [
        digest,
        {
          type: string,
          name: 'time',
          description: 'The time of day, such as 09:00',
          required: true,
          max_length: 20,
        },
        {
          type: string,
          name: 'zone',
          description: 'The time zone, such as Europe/Berlin',
          required: true,
          autocomplete: true,
        },
      ],
    },
    {
      name: LIST_COMMAND,
      description: 'List the digests posted in this channel',
      contexts: [InteractionContextType.Guild],
    },
    {
      name: UNSUBSCRIBE_COMMAND,
      description: 'Stop posting a digest in this channel',
      ...FOR_MANAGERS,
      options: [digest],
    },
  ];
}

const plainCommand = (question: Question): Command => ({
  name: question.name,
  description: clip(question.summary, MAX_DESCRIPTION),
  options: optionsOf(question),
});

const groupCommand = (name: string, members: readonly Question[]): Command => ({
  name,
  description: clip(members.map(({ title }) => title).join(', '), MAX_DESCRIPTION),
  options: members.map(
    (question): APIApplicationCommandSubcommandOption => ({
      type: ApplicationCommandOptionType.Subcommand,
      name: question.name.slice(name.length + 1),
      description: clip(question.summary, MAX_DESCRIPTION),
      options: optionsOf(question),
    }),
  ),
});

const parametersOf = (question: Question) =>
  Object.entries(question.parameters) as [string, Parameter<unknown>][];

/** As Discord wants it. */
const requiredFirst = (question: Question) =>
  parametersOf(question).sort(([, a], [, b]) => Number(b.required ?? false) - Number(a.required ?? false));

/**
 * Every option is a string, as each parameter reads its own text; many choices are suggested while typing
 * instead of listed.
 */
const optionsOf = (question: Question): APIApplicationCommandBasicOption[] =>
  requiredFirst(question).map(
    ([name, { describe, example, choices, required }]): APIApplicationCommandStringOption => {
      const withExample = choices ? describe : `${describe}, such as ${example}`;
      const option = {
        type: ApplicationCommandOptionType.String as const,
        name,
        description: withExample.length <= MAX_DESCRIPTION ? withExample : clip(describe, MAX_DESCRIPTION),
        ...(required && { required }),
      };
      if (!choices) return option;
      return choices.length > MAX_CHOICES
        ? { ...option, autocomplete: true }
        : { ...option, choices: asChoices(choices) };
    },
  );

const asChoices = (choices: readonly string[]): APIApplicationCommandOptionChoice<string>[] =>
  choices.slice(0, MAX_CHOICES).map(choice => ({ name: clip(choice, MAX_CHOICE), value: choice }));

/** A command as it was used: the name of the question it stands for, and its options' values as raw text. */
export interface UsedCommand {
  name: string;
  raw: Record<string, string>;
  /** The option that is being typed, in an autocomplete interaction. */
  focused?: string;
}

export function readCommand({
  name,
  options = [],
}: {
  name: string;
  options?: APIApplicationCommandInteractionDataOption<InteractionType>[] | undefined;
}): UsedCommand {
  const [first] = options;
  const subcommand = first?.type === ApplicationCommandOptionType.Subcommand ? first : undefined;
  const given = (subcommand?.options ?? options) as APIApplicationCommandInteractionDataOption[];
  const values = given.flatMap(option => ('value' in option ? [option] : []));
  const focused = values.find(option => 'focused' in option && option.focused)?.name;
  return {
    name: subcommand ? `${name}-${subcommand.name}` : name,
    raw: Object.fromEntries(values.map(option => [option.name, String(option.value)])),
    ...(focused !== undefined && { focused }),
  };
}

/** The choices of the focused parameter that contain what was typed so far; none for what is unknown. */
export function suggestions(
  questions: readonly Question[],
  { name, raw, focused = '' }: UsedCommand,
): APIApplicationCommandOptionChoice<string>[] {
  if (name === SUBSCRIBE_COMMAND) return asChoices(suggestZones(raw[focused] || 'Europe'));
  const question = questions.find(candidate => candidate.name === name);
  const parameter = parametersOf(question ?? ({ parameters: {} } as Question)).find(
    ([key]) => key === focused,
  )?.[1];
  const typed = (raw[focused] ?? '').trim().toLowerCase();
  return asChoices((parameter?.choices ?? []).filter(choice => choice.toLowerCase().includes(typed)));
}

/** Characters of a message's content. */
const MAX_HELP = 2_000;
/** By so many characters summaries are shortened at a time, until all fit. */
const SHORTER = 5;

/**
 * What `/help` says, as Discord's markdown: every question, with as much of its summary as there is room for.
 */
export function helpText(questions: readonly Question[]): string {
  const commands = commandDefinitions(questions).flatMap(({ name, description, options = [] }) => {
    const subcommands = options.filter(({ type }) => type === ApplicationCommandOptionType.Subcommand);
    return subcommands.length > 0
      ? subcommands.map(option => ({ name: `${name} ${option.name}`, description: option.description }))
      : [{ name, description }];
  });
  const intro = 'What is rising on Bandcamp, from its public sales feed. You can ask:';
  const text = (most: number) =>
    [intro, ...commands.map(one => `**/${one.name}** ${escapeText(one.description, most)}`)].join('\n');
  let most = MAX_DESCRIPTION;
  while (most > SHORTER && text(most).length > MAX_HELP) most -= SHORTER;
  const full = text(most);
  if (full.length <= MAX_HELP) return full;
  const kept = full
    .slice(0, MAX_HELP - 20)
    .split('\n')
    .slice(0, -1);
  return [...kept, `and ${commands.length + 1 - kept.length} more`].join('\n');
}
