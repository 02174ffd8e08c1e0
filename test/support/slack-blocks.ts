/**
 * What Slack refuses in blocks, in Slack's words, from its block reference: the reason why a message would
 * not arrive.
 */

type Json = Record<string, unknown>;

export interface BlockRules {
  /** Why a `slack_file` cannot be shown, or nothing. */
  fileProblem(id: string): string | undefined;
  /** Whether Slack's servers can fetch the picture. */
  imageReachable(url: string): boolean;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The problems of a message's blocks, each with its JSON pointer; none means that Slack takes them. */
export function blockProblems(blocks: unknown, rules: BlockRules): string[] {
  const problems: string[] = [];
  const ids = new Set<string>();
  const report = (at: string, problem: string) => problems.push(`${problem} [json-pointer:${at}]`);

  const text = (value: unknown, at: string, max: number, types = ['plain_text', 'mrkdwn']): void => {
    if (!isObject(value)) return void report(at, 'missing required field: text');
    if (!types.includes(String(value.type))) report(`${at}/type`, 'failed to match any allowed schemas');
    if (typeof value.text !== 'string' || value.text.length < 1)
      report(`${at}/text`, 'must be more than 0 characters');
    else if (value.text.length > max) report(`${at}/text`, `must be less than ${max + 1} characters`);
    if (value.type === 'plain_text' && 'verbatim' in value)
      report(at, 'no more fields are allowed: verbatim');
  };
  const list = (value: unknown, at: string, max: number, each: (item: unknown, at: string) => void): void => {
    if (!Array.isArray(value) || value.length < 1) return void report(at, 'must provide at least 1 item');
    if (value.length > max) report(at, `no more than ${max} items allowed`);
    for (const [index, item] of value.entries()) each(item, `${at}/${index}`);
  };
  const string = (value: unknown, at: string, max: number): void => {
    if (typeof value !== 'string' || value.length < 1) report(at, 'must be more than 0 characters');
    else if (value.length > max) report(at, `must be less than ${max + 1} characters`);
  };
  const webAddress = (value: unknown, at: string): void => {
    string(value, at, 3000);
    if (!URL.canParse(String(value)) || !/^https?:$/.test(new URL(String(value)).protocol))
      report(at, 'invalid url');
  };

  const image = (block: Json, at: string): void => {
    string(block.alt_text, `${at}/alt_text`, 2000);
    if (block.title !== undefined) text(block.title, `${at}/title`, 2000, ['plain_text']);
    if ((block.image_url === undefined) === (block.slack_file === undefined)) {
      report(at, 'must provide either image_url or slack_file');
    } else if (block.image_url !== undefined) {
      webAddress(block.image_url, `${at}/image_url`);
      if (!rules.imageReachable(String(block.image_url)))
        report(`${at}/image_url`, 'downloading image failed');
    } else {
      const file = block.slack_file as Json;
      const id = String(file?.id);
      if (!/^F[A-Z0-9]{8,}$/.test(id)) {
        report(`${at}/slack_file/id`, 'input must match regex pattern: ^[F][A-Z0-9]{8,}$');
      } else {
        const problem = rules.fileProblem(id);
        if (problem) report(`${at}/slack_file`, problem);
      }
    }
  };

  const button = (element: unknown, at: string): void => {
    if (!isObject(element) || element.type !== 'button') return void report(at, 'unsupported type');
    text(element.text, `${at}/text`, 75, ['plain_text']);
    if (element.action_id !== undefined) string(element.action_id, `${at}/action_id`, 255);
    if (element.value !== undefined) string(element.value, `${at}/value`, 2000);
    if (element.url !== undefined) webAddress(element.url, `${at}/url`);
  };

  /** @returns the characters it shows. */
  const richText = (value: Json, at: string): number => {
    let characters = 0;
    list(value.elements, `${at}/elements`, 100, (section, sectionAt) => {
      if (!isObject(section) || section.type !== 'rich_text_section')
        return void report(sectionAt, 'failed to match any allowed schemas');
      list(section.elements, `${sectionAt}/elements`, 100, (element, elementAt) => {
        if (!isObject(element)) return void report(elementAt, 'failed to match any allowed schemas');
        if (element.type === 'link') webAddress(element.url, `${elementAt}/url`);
        else if (element.type !== 'text') report(`${elementAt}/type`, 'unsupported type');
        if (element.type === 'text' || element.text !== undefined)
          string(element.text, `${elementAt}/text`, 3000);
        characters += String(element.text ?? element.url).length;
      });
    });
    return characters;
  };

  const table = (block: Json, at: string): void => {
    let characters = 0;
    const widths = new Set<number>();
    list(block.rows, `${at}/rows`, 100, (row, rowAt) => {
      widths.add(Array.isArray(row) ? row.length : 0);
      list(row, rowAt, 20, (cell, cellAt) => {
        if (!isObject(cell)) return void report(cellAt, 'failed to match any allowed schemas');
        if (cell.type === 'rich_text') characters += richText(cell, cellAt);
        else if (cell.type === 'raw_text') {
          string(cell.text, `${cellAt}/text`, 3000);
          characters += String(cell.text).length;
        } else report(`${cellAt}/type`, 'failed to match any allowed schemas');
      });
    });
    if (widths.size > 1) report(`${at}/rows`, 'all rows must have the same number of cells');
    if (characters > 10_000) report(`${at}/rows`, 'no more than 10000 characters allowed in all tables');
    if (block.column_settings !== undefined) {
      list(block.column_settings, `${at}/column_settings`, 20, (setting, settingAt) => {
        const { align } = (setting ?? {}) as Json;
        if (align !== undefined && !['left', 'center', 'right'].includes(String(align)))
          report(`${settingAt}/align`, 'must be one of left, center, right');
      });
    }
  };

  const blockOf: Record<string, (block: Json, at: string) => void> = {
    header: (block, at) => text(block.text, `${at}/text`, 150, ['plain_text']),
    divider: () => {},
    image,
    table,
    rich_text: (block, at) => void richText(block, at),
    section: (block, at) => {
      if (block.text === undefined && block.fields === undefined) report(at, 'must provide text or fields');
      if (block.text !== undefined) text(block.text, `${at}/text`, 3000);
      if (block.fields !== undefined)
        list(block.fields, `${at}/fields`, 10, (field, fieldAt) => text(field, fieldAt, 2000));
    },
    context: (block, at) =>
      list(block.elements, `${at}/elements`, 10, (element, elementAt) =>
        isObject(element) && element.type === 'image'
          ? image(element, elementAt)
          : text(element, elementAt, 3000),
      ),
    actions: (block, at) => {
      const actions = new Set<unknown>();
      list(block.elements, `${at}/elements`, 25, (element, elementAt) => {
        button(element, elementAt);
        const { action_id } = (element ?? {}) as Json;
        if (action_id !== undefined && actions.has(action_id))
          report(`${elementAt}/action_id`, `action_id "${action_id}" already exists for action block`);
        actions.add(action_id);
      });
    },
  };

  if (!Array.isArray(blocks)) return ['must be an array [json-pointer:/blocks]'];
  if (blocks.length > 50) report('/blocks', 'no more than 50 items allowed');
  if (blocks.filter(block => isObject(block) && block.type === 'table').length > 1)
    report('/blocks', 'only_one_table_allowed');
  for (const [index, block] of blocks.entries()) {
    const at = `/blocks/${index}`;
    const check =
      isObject(block) && Object.hasOwn(blockOf, String(block.type)) ? blockOf[String(block.type)] : undefined;
    if (!check) {
      report(`${at}/type`, `unsupported type: ${isObject(block) ? block.type : typeof block}`);
      continue;
    }
    const { block_id } = block as Json;
    if (block_id !== undefined) {
      string(block_id, `${at}/block_id`, 255);
      if (ids.has(String(block_id))) report(`${at}/block_id`, `block_id "${block_id}" already exists`);
      ids.add(String(block_id));
    }
    check(block as Json, at);
  }
  return problems;
}
