/**
 * A second reader of Telegram's HTML, written from the rules and not from our code: what a chat would show, and which
 * markup it would take. Throws where Telegram answers "can't parse entities".
 *
 * Rules (TDLib, MessageEntity.cpp, parse_html): a closed set of tags, ended in order; attributes in quotes; four named
 * references and numeric ones; any other `&` is itself; a bare `<` is an error; empty entities are dropped.
 */

export interface Entity {
  tag: string;
  /** In UTF-16 units of the text. */
  offset: number;
  length: number;
  /** Of a link. */
  href?: string;
}

export interface Message {
  text: string;
  entities: Entity[];
}

const TAGS = new Set(
  'a b strong i em s strike del u ins tg-spoiler tg-emoji tg-time span pre code blockquote'.split(' '),
);
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };
const REFERENCE = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(lt|gt|amp|quot));?/giu;

export function readHtml(markup: string): Message {
  const entities: Entity[] = [];
  const open: Entity[] = [];
  let text = '';
  let rest = markup;
  while (rest !== '') {
    const at = rest.indexOf('<');
    text += dereference(at === -1 ? rest : rest.slice(0, at));
    if (at === -1) break;
    rest = rest.slice(at);
    const end = /^<\/([^>]*)>/u.exec(rest);
    if (end !== null) {
      const entity = open.pop();
      const name = (end[1] ?? '').trim().toLowerCase();
      if (entity === undefined) throw new Error('Unexpected end tag');
      if (name !== '' && name !== entity.tag) throw new Error(`Unmatched end tag: ${name} for ${entity.tag}`);
      entity.length = text.length - entity.offset;
      rest = rest.slice(end[0].length);
      continue;
    }
    const start = /^<([a-z-]+)((?:\s+[a-z-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[\w.-]+))?)*)\s*>/iu.exec(rest);
    if (start === null) throw new Error(`Unexpected "<" at ${JSON.stringify(rest.slice(0, 20))}`);
    const tag = (start[1] ?? '').toLowerCase();
    if (!TAGS.has(tag)) throw new Error(`Unsupported start tag "${tag}"`);
    const href = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/iu.exec(start[2] ?? '');
    const entity: Entity = { tag, offset: text.length, length: 0 };
    if (href !== null) entity.href = dereference(href[1] ?? href[2] ?? '');
    open.push(entity);
    entities.push(entity);
    rest = rest.slice(start[0].length);
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined)
    throw new Error(`Can't find end tag corresponding to start tag "${unclosed.tag}"`);
  return { text, entities: entities.filter(({ length }) => length > 0) };
}

function dereference(text: string): string {
  return text.replace(REFERENCE, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
  });
}

/** What Telegram refuses or drops without a word; empty when the message is within every limit. */
export function overLimit(markup: string): string[] {
  const { text, entities } = readHtml(markup);
  const problems: string[] = [];
  if (text.trim() === '') problems.push('message text is empty');
  if (text.length > 4_096) problems.push(`${text.length} units of text`);
  if (entities.length > 100) problems.push(`${entities.length} entities`);
  if (Buffer.byteLength(markup) > 32_768) problems.push(`${Buffer.byteLength(markup)} bytes`);
  return problems;
}
