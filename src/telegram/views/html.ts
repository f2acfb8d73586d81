/**
 * Telegram's HTML, escaped by construction: what a view interpolates is text unless it is itself `Html`. Nothing outside
 * `views/` makes an `Html`.
 *
 * Telegram's parser is not an HTML parser: no `<br>`, a new line is `\n`, and the only named references are `&lt;`
 * `&gt;` `&amp;` `&quot;` (TDLib, MessageEntity.cpp, parse_html).
 */

export interface Html {
  readonly html: string;
}

export type Content = string | number | Html | readonly Html[];

export function escape(text: string): string {
  return text.replace(/[&<>"]/gu, (character) => REFERENCES[character] ?? character);
}

const REFERENCES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** ``html`<b>${title}</b>` ``: the literal parts are markup, the values are text. */
export function html(literals: TemplateStringsArray, ...values: Content[]): Html {
  let markup = literals[0] ?? '';
  values.forEach((value, index) => {
    markup += render(value) + (literals[index + 1] ?? '');
  });
  return { html: markup };
}

function render(value: Content): string {
  if (typeof value === 'string') return escape(value);
  if (typeof value === 'number') return String(value);
  if ('html' in value) return value.html;
  return value.map((item) => item.html).join('');
}

export function join(items: readonly Html[], separator: string): Html {
  return { html: items.map((item) => item.html).join(escape(separator)) };
}

export const EMPTY: Html = { html: '' };

/** What Telegram counts of a message. */
export interface Size {
  /** UTF-16 units of the visible text; never fewer than the code points that TDLib counts. */
  units: number;
  /** Bold, links and so on; beyond 100 Telegram drops them without a word. */
  entities: number;
  /** UTF-8 bytes of the markup. */
  bytes: number;
}

const TOKEN = /<(\/?)[^>]*>|&(?:lt|gt|amp|quot);/gu;

/** Measures markup that `html` made. */
export function measure(content: Html): Size {
  let units = content.html.length;
  let entities = 0;
  for (const token of content.html.matchAll(TOKEN)) {
    if (token[0].startsWith('<')) {
      units -= token[0].length;
      if (token[1] === '') entities += 1;
    } else units -= token[0].length - 1;
  }
  return { units, entities, bytes: Buffer.byteLength(content.html) };
}

/**
 * At most `max` UTF-16 units of `text`, cut after a word where there is one, with `…` in place of the rest. Never cuts
 * what a reader sees as one character: a letter with its marks, a flag, an emoji of several parts.
 *
 * @param max at least 1
 */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, characterStart(text, max - 1));
  const space = cut.search(/\s\S*$/u);
  return `${(space > max / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

const CHARACTERS = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Where the character begins to which the UTF-16 unit at `index` belongs; `index` itself between two characters. */
export function characterStart(text: string, index: number): number {
  // What follows the unit at `index`, or the pair that it is part of, makes no difference.
  const character = CHARACTERS.segment(text.slice(0, index + 2)).containing(index);
  return character?.index ?? index;
}

/** The visible text of markup that `html` made: what a reader gets when Telegram refuses the markup. */
export function toPlainText(markup: string): string {
  return markup.replace(TOKEN, (token) => PLAIN[token] ?? '');
}

const PLAIN: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };
