/**
 * How single settings are read: each reader takes the text as it was written and yields the value, or nothing when it is
 * not of the form that the setting's hint describes.
 */
import { z } from 'zod';
import { readSchedule } from './digest/schedule.ts';

/** A channel as the operator writes it: its id, or its public name with the `@`. */
export type ChannelRef = number | `@${string}`;

export const text = z.string();
const fail = (): never => z.NEVER;

export function when<T>(read: (value: string) => T | undefined): z.ZodType<T> {
  return text.transform((value, context) => {
    const result = read(value);
    if (result !== undefined) return result;
    context.addIssue({ code: 'custom' });
    return fail();
  });
}

export function integer(min: number, max: number): z.ZodType<number> {
  return when((value) => {
    const number = Number(value);
    return /^\d{1,15}$/u.test(value) && number >= min && number <= max ? number : undefined;
  });
}

export function oneOf<const T extends string>(...values: T[]): z.ZodType<T> {
  return when((value) => values.find((candidate) => candidate === value));
}

export function list<T>(read: (item: string) => T | undefined): z.ZodType<T[]> {
  return when((value) => {
    const items = value.split(/[\s,]+/u).filter((item) => item !== '');
    const results = items.map(read).filter((item) => item !== undefined);
    return results.length === items.length ? results : undefined;
  });
}

export const onOff = when((value) => (value === 'on' ? true : value === 'off' ? false : undefined));

/** Telegram refuses tokens that start with 0 or are longer than 80 characters (tdlib/telegram-bot-api, ClientManager.cpp). */
export function readToken(value: string): string | null | undefined {
  if (value === '') return null;
  return /^[1-9]\d*:[A-Za-z0-9_-]+$/u.test(value) && value.length <= 80 ? value : undefined;
}

export function readRoot(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined;
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  if (url.search !== '' || url.hash !== '' || url.username !== '') return undefined;
  return url.href.replace(/\/+$/u, '');
}

/** One cron or several, separated by `;`, each of five fields and coming true at some time. */
export function readCrons(value: string): string | undefined {
  const result = readSchedule(value, 'UTC', Date.now());
  return result.ok ? result.schedule : undefined;
}

export function readChannel(item: string): ChannelRef | undefined {
  if (/^@[A-Za-z]\w{3,31}$/u.test(item)) return item as `@${string}`;
  const id = Number(item);
  return /^-\d{1,16}$/u.test(item) && Number.isSafeInteger(id) ? id : undefined;
}

export function readUserId(item: string): number | undefined {
  const id = Number(item);
  return /^[1-9]\d{0,15}$/u.test(item) && Number.isSafeInteger(id) ? id : undefined;
}

export function readHours(value: string): number | undefined {
  const match = /^(\d{1,3})h$/u.exec(value);
  const hours = Number(match?.[1]);
  return hours >= 1 && hours <= 168 ? hours * 3_600_000 : undefined;
}
