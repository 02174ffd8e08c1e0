/**
 * What Discord refuses in messages and commands (error 50035), as its documentation of 2026 states the
 * limits.
 */

/** Where, Discord's code, and its sentence. */
export type Problem = [path: (string | number)[], code: string, message: string];

// biome-ignore lint/suspicious/noExplicitAny: bodies as they came, checked here
type Json = any;

const V2 = 1 << 15;
const ROW = 1;
const BUTTON = 2;
const SECTION = 9;
const TEXT = 10;
const THUMBNAIL = 11;
const GALLERY = 12;
const FILE = 13;
const SEPARATOR = 14;
const CONTAINER = 17;
const LAYOUT = [ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR];

const length = (least: number, most: number) => `Must be between ${least} and ${most} in length.`;

/** All that is wrong with a message; `files` are the names of the files that were sent along. */
export function messageProblems(body: Json, files: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  const { content, embeds, components = [], flags = 0, attachments = [], allowed_mentions } = body;
  const v2 = (flags & V2) !== 0;
  if (v2 && content)
    problems.push([['content'], 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', 'No content.']);
  if (v2 && embeds?.length)
    problems.push([['embeds'], 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', 'No embeds.']);
  if (content?.length > 2000)
    problems.push([['content'], 'BASE_TYPE_MAX_LENGTH', 'Must be 2000 or fewer in length.']);
  if (embeds?.length > 10)
    problems.push([['embeds'], 'BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.']);
  const embedText = (embeds ?? []).reduce(
    (sum: number, { title = '', description = '', fields = [], footer, author }: Json) =>
      sum +
      [title, description, footer?.text ?? '', author?.name ?? ''].join('').length +
      fields.reduce((all: number, { name, value }: Json) => all + name.length + value.length, 0),
    0,
  );
  if (embedText > 6000)
    problems.push([['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum of 6000.']);
  if (!v2 && !content && !embeds?.length && components.length === 0 && files.length === 0)
    problems.push([[], '50006', 'Cannot send an empty message']);
  const { parse = [] } = allowed_mentions ?? {};
  if (parse.some((kind: string) => !['roles', 'users', 'everyone'].includes(kind)))
    problems.push([['allowed_mentions', 'parse'], 'BASE_TYPE_CHOICES', 'Unknown mention.']);

  attachments.forEach(({ id, filename, description }: Json, at: number) => {
    if (files[Number(id)] === undefined)
      problems.push([['attachments', at, 'id'], 'NOT_FOUND', 'No such file.']);
    else if (filename !== undefined && filename !== files[Number(id)])
      problems.push([['attachments', at, 'filename'], 'MISMATCH', 'Not the name of that file.']);
    if (description?.length > 1024)
      problems.push([
        ['attachments', at, 'description'],
        'BASE_TYPE_MAX_LENGTH',
        'Must be 1024 or fewer in length.',
      ]);
  });
  return [...problems, ...componentProblems(components, v2, files)];
}

function componentProblems(components: Json[], v2: boolean, files: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  const customIds = new Set<string>();
  let count = 0;
  let characters = 0;
  const fail = (path: (string | number)[], code: string, message: string) =>
    problems.push([path, code, message]);
  const only = (path: (string | number)[], given: Json, allowed: readonly number[]): boolean => {
    if (allowed.includes(given?.type)) return true;
    fail(
      [...path, 'type'],
      'UNION_TYPE_CHOICES',
      `Value of field "type" must be one of (${allowed.join(', ')}).`,
    );
    return false;
  };
  const media = (path: (string | number)[], url: unknown) => {
    const name = typeof url === 'string' && /^attachment:\/\/(.+)$/.exec(url)?.[1];
    if (name ? !files.includes(name) : !/^https?:\/\//.test(String(url)))
      fail(
        [...path, 'media', 'url'],
        'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
        `${url} not found.`,
      );
  };
  const children = (
    path: (string | number)[],
    list: Json,
    least: number,
    most: number,
    allowed: readonly number[],
  ) => {
    if (!Array.isArray(list) || list.length < least || list.length > most)
      fail(path, 'BASE_TYPE_BAD_LENGTH', length(least, most));
    list?.forEach((child: Json, at: number) => {
      if (only([...path, at], child, allowed)) check([...path, at], child);
    });
  };
  const button = (path: (string | number)[], { style, label, custom_id: id, url, emoji }: Json) => {
    if (!label && !emoji) fail(path, 'BUTTON_COMPONENT_INVALID', 'A button must have a label or emoji.');
    if (label?.length > 80)
      fail([...path, 'label'], 'BASE_TYPE_MAX_LENGTH', 'Must be 80 or fewer in length.');
    if (style === 5) {
      if (id !== undefined) fail(path, 'BUTTON_COMPONENT_CUSTOM_ID_AND_URL', 'A link has no custom id.');
      const address = URL.canParse(url) ? new URL(url) : undefined;
      if (!address || !/^(https?|discord):$/.test(address.protocol) || !address.hostname.includes('.'))
        fail([...path, 'url'], 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
      else if (url.length > 512)
        fail([...path, 'url'], 'BASE_TYPE_MAX_LENGTH', 'Must be 512 or fewer in length.');
      return;
    }
    if (![1, 2, 3, 4].includes(style)) fail([...path, 'style'], 'BASE_TYPE_CHOICES', 'Unknown style.');
    if (typeof id !== 'string' || id.length < 1 || id.length > 100)
      fail([...path, 'custom_id'], 'BASE_TYPE_BAD_LENGTH', length(1, 100));
    else if (customIds.has(id))
      fail(
        [...path, 'custom_id'],
        'COMPONENT_CUSTOM_ID_DUPLICATED',
        'Component custom id cannot be duplicated',
      );
    customIds.add(id);
  };
  const checks: Record<number, (path: (string | number)[], component: Json) => void> = {
    [ROW]: (path, { components: inner }) => children([...path, 'components'], inner, 1, 5, [BUTTON]),
    [BUTTON]: button,
    [TEXT]: (path, { content }) => {
      characters += content?.length ?? 0;
      if (!content || content.length > 4000)
        fail([...path, 'content'], 'BASE_TYPE_BAD_LENGTH', length(1, 4000));
    },
    [SECTION]: (path, { components: inner, accessory }) => {
      children([...path, 'components'], inner, 1, 3, [TEXT]);
      if (only([...path, 'accessory'], accessory, [BUTTON, THUMBNAIL]))
        check([...path, 'accessory'], accessory);
    },
    [THUMBNAIL]: (path, { media: shown }) => media(path, shown?.url),
    [FILE]: (path, { file }) => media(path, file?.url),
    [GALLERY]: (path, { items }) => {
      if (!Array.isArray(items) || items.length < 1 || items.length > 10)
        fail([...path, 'items'], 'BASE_TYPE_BAD_LENGTH', length(1, 10));
      items?.forEach(({ media: shown, description }: Json, at: number) => {
        media([...path, 'items', at], shown?.url);
        if (description?.length > 1024)
          fail(
            [...path, 'items', at, 'description'],
            'BASE_TYPE_MAX_LENGTH',
            'Must be 1024 or fewer in length.',
          );
      });
    },
    [CONTAINER]: (path, { components: inner }) => children([...path, 'components'], inner, 1, 40, LAYOUT),
  };
  const check = (path: (string | number)[], component: Json) => {
    count += 1;
    checks[component.type]?.(path, component);
  };
  components.forEach((component, at) => {
    if (only(['components', at], component, v2 ? [...LAYOUT, CONTAINER] : [ROW]))
      check(['components', at], component);
  });
  if (v2 && components.length === 0) fail(['components'], 'BASE_TYPE_REQUIRED', 'This field is required');
  if (count > 40) fail(['components'], 'BASE_TYPE_MAX_LENGTH', 'The message has more than 40 components.');
  if (characters > 4000)
    fail(
      ['components'],
      'COMPONENT_MAX_TEXT_SIZE_EXCEEDED',
      'Displayable text size exceeds maximum of 4000.',
    );
  return problems;
}

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** All that is wrong with a list of commands. */
export function commandProblems(commands: Json): Problem[] {
  if (!Array.isArray(commands))
    return [[[], 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType']];
  const problems: Problem[] = [];
  const fail = (path: (string | number)[], code: string, message: string) =>
    problems.push([path, code, message]);
  const named = (path: (string | number)[], { name, description }: Json) => {
    if (!NAME.test(name ?? '') || name !== name.toLowerCase())
      fail([...path, 'name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
    if (!(description?.length >= 1 && description.length <= 100))
      fail([...path, 'description'], 'BASE_TYPE_BAD_LENGTH', length(1, 100));
  };
  const unique = (path: (string | number)[], list: Json[]) => {
    if (new Set(list.map(({ name }) => name)).size !== list.length)
      fail(path, 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Names must be unique');
  };
  const options = (path: (string | number)[], list: Json[] = []) => {
    if (list.length > 25) fail(path, 'BASE_TYPE_MAX_LENGTH', 'Must be 25 or fewer in length.');
    unique(path, list);
    const types = new Set(list.map(({ type }) => type > 2));
    if (types.size > 1)
      fail(
        path,
        'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
        'Sub-command and option types are mutually exclusive',
      );
    list.forEach((option, at) => {
      const here = [...path, at];
      named(here, option);
      if (option.type === 1) options([...here, 'options'], option.options);
      else if (option.type < 3 || option.type > 11)
        fail([...here, 'type'], 'BASE_TYPE_CHOICES', 'Unknown type');
      if (option.required && list.slice(0, at).some(({ required }) => !required))
        fail(
          here,
          'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
          'Required options must be placed before others',
        );
      if (option.choices?.length > 25)
        fail([...here, 'choices'], 'BASE_TYPE_MAX_LENGTH', 'Must be 25 or fewer.');
      if (option.choices?.length && option.autocomplete)
        fail(
          here,
          'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
          'Choices and autocomplete exclude each other',
        );
      for (const { name, value } of option.choices ?? [])
        if (!name || name.length > 100 || String(value).length > 100)
          fail([...here, 'choices'], 'BASE_TYPE_BAD_LENGTH', length(1, 100));
    });
  };
  if (commands.length > 100)
    fail([], 'MAX_COMMANDS', 'Maximum number of application commands reached (100).');
  unique([], commands);
  commands.forEach((command, at) => {
    named([at], command);
    options([at, 'options'], command.options);
    if (textOf(command) > 8000)
      fail([at], 'APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)');
  });
  return problems;
}

/**
 * Characters that count towards a command's size: names, descriptions and values, of it and all within it.
 */
const textOf = ({ name = '', description = '', value = '', options = [], choices = [] }: Json): number =>
  `${name}${description}${value}`.length +
  [...options, ...choices].reduce((sum: number, inner: Json) => sum + textOf(inner), 0);

/** Problems in the nested form that Discord answers with. */
export function invalidForm(problems: readonly Problem[]): Json {
  const errors: Json = {};
  for (const [path, code, message] of problems) {
    let node = errors;
    for (const key of path) {
      node[key] ??= {};
      node = node[key];
    }
    node._errors = [...(node._errors ?? []), { code, message }];
  }
  return { message: 'Invalid Form Body', code: 50035, errors };
}
