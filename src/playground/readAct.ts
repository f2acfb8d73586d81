/**
 * What the page asks for, from JSON that anybody could have written to values of the promised shape. A mistake names its
 * field, since the page is the only one who should ever see it.
 */
import { isObject, type JsonObject } from './params.ts';

/** The double takes 4,096 characters of a message; an article is longer. */
const MAX_TEXT = 100_000;

export class ActReader {
  readonly #values: JsonObject;

  constructor(body: unknown) {
    if (!isObject(body)) throw new Error('a JSON object is expected');
    this.#values = body;
  }

  integer(name: string, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER): number {
    const value = this.#values[name];
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max) {
      throw new Error(`"${name}" must be an integer from ${min} to ${max}`);
    }
    return value;
  }

  /** Need not be whole. */
  number(name: string, min: number, max: number): number {
    const value = this.#values[name];
    if (typeof value !== 'number' || !(value >= min && value <= max)) {
      throw new Error(`"${name}" must be a number from ${min} to ${max}`);
    }
    return value;
  }

  /** Null stays null. */
  optionalInteger(name: string): number | null {
    return this.#values[name] === null ? null : this.integer(name);
  }

  text(name: string): string {
    const value = this.#values[name];
    if (typeof value !== 'string' || value.length > MAX_TEXT) {
      throw new Error(`"${name}" must be a text of at most ${MAX_TEXT} characters`);
    }
    return value;
  }

  boolean(name: string): boolean {
    const value = this.#values[name];
    if (typeof value !== 'boolean') throw new Error(`"${name}" must be true or false`);
    return value;
  }

  oneOf<const T extends string>(name: string, ...allowed: T[]): T {
    const found = allowed.find((value) => value === this.#values[name]);
    if (found === undefined) throw new Error(`"${name}" must be one of ${allowed.join(', ')}`);
    return found;
  }
}
