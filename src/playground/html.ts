/**
 * Telegram's HTML mode. It is no HTML parser: sixteen tags, four named references, no self-closing tags, no comments.
 * The rules and the wording of the errors follow tdlib/td, MessageEntity.cpp `parse_html`; offsets in the errors are
 * bytes of UTF-8, offsets in the entities are UTF-16 units.
 */
import { sortEntities } from './entities.ts';
import { cannotParse, closeTag, isTag, keepAttribute } from './htmlTags.ts';
import type { OpenTag } from './htmlTags.ts';
import type { Entity } from './wire.ts';

export interface FormattedText {
  text: string;
  entities: Entity[];
}

const REFERENCES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
]);

/** The end of the text counts as a space, as a NUL does in the original; that is what ends its loops. */
function isSpace(character: string): boolean {
  return (
    character === '' ||
    character === ' ' ||
    character === '\t' ||
    character === '\r' ||
    character === '\n' ||
    character === '\0' ||
    character === '\v'
  );
}

function isNameToken(character: string): boolean {
  return /^[A-Za-z0-9.-]$/u.test(character);
}

function lower(text: string): string {
  return text.replace(/[A-Z]/gu, (letter) => letter.toLowerCase());
}

class HtmlReader {
  readonly #source: string;
  #at = 0;
  #text = '';
  #entities: Entity[] = [];
  readonly #open: OpenTag[] = [];
  #hasSurrogateReference = false;

  constructor(source: string) {
    this.#source = source;
  }

  read(): FormattedText {
    const source = this.#source;
    while (this.#at < source.length) {
      const special = this.#nextSpecial();
      if (special > this.#at) this.#text += source.slice(this.#at, special);
      this.#at = special;
      if (special === source.length) break;
      if (source.charAt(special) === '&') this.#text += this.#reference() ?? this.#take();
      else if (source.charAt(special + 1) === '/') this.#endTag();
      else this.#startTag();
    }
    const unclosed = this.#open.at(-1);
    if (unclosed !== undefined)
      throw cannotParse(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
    for (const entity of this.#entities) if (entity.type === 'code') delete entity.language;
    if (this.#hasSurrogateReference) {
      throw cannotParse(
        'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
      );
    }
    return { text: this.#text, entities: sortEntities(this.#entities) };
  }

  #nextSpecial(): number {
    for (let index = this.#at; index < this.#source.length; index++) {
      const code = this.#source.charCodeAt(index);
      if (code === 0x26 || code === 0x3c) return index;
    }
    return this.#source.length;
  }

  #char(): string {
    return this.#source.charAt(this.#at);
  }

  #take(): string {
    return this.#source.charAt(this.#at++);
  }

  #skipSpaces(): void {
    while (this.#at < this.#source.length && isSpace(this.#char())) this.#at++;
  }

  #errorAt(detail: string, position: number, more = ''): Error {
    return cannotParse(
      `${detail} at byte offset ${Buffer.byteLength(this.#source.slice(0, position))}${more}`,
    );
  }

  /** Reads a reference at `&`; null, without moving, when it is none that Telegram knows. */
  #reference(): string | null {
    const rest = this.#source.slice(this.#at, this.#at + 24);
    const match = /^&(?:#x([0-9A-Fa-f]*)|#(\d*)|([A-Za-z]*))/u.exec(rest);
    if (match === null) return null;
    const [whole, hex, decimal, name] = match;
    let decoded: string | undefined;
    if (name !== undefined) {
      decoded = REFERENCES.get(name);
    } else {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      if (code > 0 && code < 0x10ffff && whole.length < 10) {
        this.#hasSurrogateReference ||= code >= 0xd800 && code <= 0xdfff;
        decoded = String.fromCodePoint(code);
      }
    }
    if (decoded === undefined) return null;
    this.#at += whole.length;
    if (this.#char() === ';') this.#at++;
    return decoded;
  }

  #startTag(): void {
    const begin = this.#at++;
    while (!isSpace(this.#char()) && this.#char() !== '>') this.#at++;
    if (this.#at >= this.#source.length) throw this.#errorAt('Unclosed start tag', begin);
    const name = lower(this.#source.slice(begin + 1, this.#at));
    if (!isTag(name)) {
      throw this.#errorAt(`Unsupported start tag "${name}"`, begin);
    }
    const tag: OpenTag = { name, argument: '', format: '', offset: this.#text.length };
    while (this.#char() !== '>') {
      this.#skipSpaces();
      if (this.#char() === '>') break;
      this.#attribute(tag, begin);
    }
    this.#at++;
    if (name === 'span' && tag.argument !== 'spoiler') {
      throw this.#errorAt('Tag "span" must have class "tg-spoiler"', begin);
    }
    this.#open.push(tag);
  }

  #attribute(tag: OpenTag, begin: number): void {
    const nameBegin = this.#at;
    while (!isSpace(this.#char()) && !'=>/"\''.includes(this.#char())) this.#at++;
    const attribute = this.#source.slice(nameBegin, this.#at);
    if (attribute === '') throw this.#errorAt(`Empty attribute name in the tag "${tag.name}"`, begin);
    this.#skipSpaces();
    if (this.#at >= this.#source.length) throw this.#errorAt(`Unclosed start tag "${tag.name}"`, begin);
    if (this.#char() !== '=') {
      keepAttribute(tag, attribute, '');
      return;
    }
    this.#at++;
    this.#skipSpaces();
    if (this.#at >= this.#source.length) throw this.#errorAt(`Unclosed start tag "${tag.name}"`, begin);
    const value = this.#attributeValue();
    if (this.#at >= this.#source.length) throw this.#errorAt('Unclosed start tag', begin);
    keepAttribute(tag, attribute, value);
  }

  #attributeValue(): string {
    const quote = this.#char();
    if (quote !== '"' && quote !== "'") {
      const begin = this.#at;
      while (isNameToken(this.#char())) this.#at++;
      if (!isSpace(this.#char()) && this.#char() !== '>') {
        throw this.#errorAt('Unexpected end of name token', begin);
      }
      return lower(this.#source.slice(begin, this.#at));
    }
    this.#at++;
    let value = '';
    while (this.#at < this.#source.length && this.#char() !== quote) {
      value += (this.#char() === '&' ? this.#reference() : null) ?? this.#take();
    }
    if (this.#char() === quote) this.#at++;
    return value;
  }

  #endTag(): void {
    const begin = this.#at;
    const tag = this.#open.at(-1);
    if (tag === undefined) throw this.#errorAt('Unexpected end tag', begin);
    this.#at += 1;
    while (!isSpace(this.#char()) && this.#char() !== '>') this.#at++;
    const name = lower(this.#source.slice(begin + 2, this.#at));
    this.#skipSpaces();
    if (this.#char() !== '>') throw this.#errorAt('Unclosed end tag', begin);
    this.#at++;
    if (name !== '' && name !== tag.name) {
      throw this.#errorAt('Unmatched end tag', begin, `, expected "</${tag.name}>", found "</${name}>"`);
    }
    // An entity without a visible character is dropped, and so are the mistakes in its attributes.
    if (this.#text.length > tag.offset) closeTag(tag, this.#text, this.#entities);
    this.#open.pop();
  }
}

/**
 * @returns the text without its markup, and its entities, sorted but not yet repaired
 * @throws ApiError with the exact words of Telegram when the markup is not well-formed
 */
export function parseHtml(source: string): FormattedText {
  return new HtmlReader(source).read();
}
