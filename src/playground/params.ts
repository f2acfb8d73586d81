/**
 * The parameters of one call, wherever they were written: query, urlencoded, JSON or multipart. As in the official
 * server every top-level value is text first (numbers and objects of a JSON body keep their JSON text), and numbers
 * are read leniently. What is inside a nested object is read strictly.
 */
import { badRequest } from './apiError.ts';

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export class Params {
  readonly values: JsonObject;

  constructor(values: JsonObject) {
    this.values = values;
  }

  has(name: string): boolean {
    return this.values[name] !== undefined;
  }

  /** Empty when the parameter is missing. */
  text(name: string): string {
    const value = this.values[name];
    if (typeof value === 'string') return value;
    return value === undefined ? '' : JSON.stringify(value);
  }

  /** The leading digits, or the fallback when there is nothing; text without digits is 0. */
  integer(name: string, fallback = 0): number {
    const value = this.values[name];
    if (typeof value === 'number') return Math.trunc(value);
    const text = this.text(name);
    if (text === '') return fallback;
    return Number(/^\s*(-?\d+)/u.exec(text)?.[1] ?? 0);
  }

  boolean(name: string): boolean {
    const value = this.values[name];
    if (typeof value === 'boolean') return value;
    return ['true', 'yes', '1'].includes(this.text(name).trim().toLowerCase());
  }

  /**
   * A nested value, parsed when it came as text.
   *
   * @returns undefined when the parameter is missing or empty
   * @throws ApiError naming `what` when it is not JSON
   */
  json(name: string, what: string): unknown {
    const value = this.values[name];
    if (typeof value !== 'string') return value;
    if (value === '') return undefined;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      throw badRequest(`Can't parse ${what} JSON object`);
    }
  }
}

/** Readers of nested objects; `prefix` is what the error begins with, such as `Can't parse MessageEntity: `. */

export function requiredText(object: JsonObject, field: string, prefix = ''): string {
  const value = object[field];
  if (value === undefined) throw badRequest(`${prefix}Can't find field "${field}"`);
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw badRequest(`${prefix}Field "${field}" must be of type String`);
}

export function optionalText(object: JsonObject, field: string, prefix = ''): string {
  return object[field] === undefined ? '' : requiredText(object, field, prefix);
}

export function requiredInteger(object: JsonObject, field: string, prefix = ''): number {
  const value = object[field];
  if (value === undefined) throw badRequest(`${prefix}Can't find field "${field}"`);
  if (typeof value !== 'number' && typeof value !== 'string') {
    throw badRequest(`${prefix}Field "${field}" must be of type Number`);
  }
  const number = Number(value);
  if (!Number.isInteger(number)) throw badRequest(`${prefix}Field "${field}" must be a valid Number`);
  return number;
}

export function optionalBoolean(object: JsonObject, field: string, prefix = ''): boolean {
  const value = object[field];
  if (value === undefined) return false;
  if (typeof value !== 'boolean') throw badRequest(`${prefix}Field "${field}" must be of type Boolean`);
  return value;
}
