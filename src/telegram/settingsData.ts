/**
 * What the buttons of the settings say: whose settings, and what about them, in 64 bytes. Each button says what is to be
 * and not what is to be turned round, so that two presses of the same one, or one on an old message, do no harm.
 */
import type { Change } from '../digest/change.ts';
import type { Asked } from '../i18n/settingsTexts.ts';

/** Whose settings. */
export interface Target {
  /** Null for the chat in which the button is. */
  chatId: number | null;
  /** 0 for the whole chat. */
  threadId: number;
}

export const PAGES = [
  'main',
  'times',
  'days',
  'zone',
  'quiet',
  'items',
  'style',
  'language',
  'pause',
] as const;
export type SettingsPage = (typeof PAGES)[number];

export type SettingsPress =
  | { do: 'settings'; target: Target; page: SettingsPage }
  | { do: 'change'; target: Target; change: Change }
  /** Subscribe: at a minute of the day, or as before when it is null. */
  | { do: 'begin'; target: Target; minute: number | null }
  | { do: 'end'; target: Target }
  | { do: 'speak'; target: Target; language: 'vi' | 'en' }
  | { do: 'preview'; target: Target }
  | { do: 'ask'; target: Target; what: Asked };

const ASKED: Record<string, Asked> = { t: 'times', z: 'zone', q: 'quiet', p: 'pause' };
const HOWS = { '+': 'add', '-': 'remove', '=': 'only' } as const;
const STYLES = { s: 'short', n: 'normal', f: 'full' } as const;

export function encodeSettings(press: SettingsPress): string {
  const { chatId, threadId } = press.target;
  return `o:${chatId === null ? '' : chatId.toString(36)}:${threadId === 0 ? '' : threadId.toString(36)}:${encodeWish(press)}`;
}

function encodeWish(press: SettingsPress): string {
  switch (press.do) {
    case 'settings':
      return `=${press.page}`;
    case 'change':
      return encodeChange(press.change);
    case 'begin':
      return `b${press.minute ?? ''}`;
    case 'end':
      return 'e';
    case 'speak':
      return `g${press.language}`;
    case 'preview':
      return 'v';
    case 'ask':
      return `?${letterOf(ASKED, press.what)}`;
  }
}

function encodeChange(change: Change): string {
  switch (change.set) {
    case 'times':
      return `t${letterOf(HOWS, change.how)}${change.minutes.join(',')}`;
    case 'days':
      return `d${letterOf(HOWS, change.how)}${change.days.join('')}`;
    case 'zone':
      return `z${change.zone}`;
    case 'quiet':
      return change.quiet === null ? 'q' : `q${change.quiet.from}-${change.quiet.to}`;
    case 'silent':
      return 'qs';
    case 'items':
      return `i${change.maxItems ?? ''}`;
    case 'style':
      return `s${letterOf(STYLES, change.style)}`;
    case 'quietDay':
      return change.tells ? 'n1' : 'n0';
    case 'pauseDays':
      return `p${change.days}`;
    case 'pause':
      if (change.until === null) return 'p';
      throw new RangeError('a pause until a date is typed, not pressed');
    case 'schedule':
      throw new RangeError('a schedule is typed, not pressed');
  }
}

function letterOf(letters: Readonly<Record<string, string>>, word: string): string {
  return Object.keys(letters).find((letter) => letters[letter] === word) ?? '';
}

/** Null for anything that `encodeSettings` did not make. */
export function decodeSettings(data: string): SettingsPress | null {
  const match = /^o:(-?[0-9a-z]{1,11})?:([0-9a-z]{1,11})?:(.+)$/u.exec(data);
  const target = match === null ? null : readTarget(match[1] ?? '', match[2] ?? '');
  return target === null ? null : decodeWish(target, match?.[3] ?? '');
}

/** Null when a number is beyond 2^53. */
export function readTarget(chat: string, thread: string): Target | null {
  // `|| 0` because "-0" is read as another zero.
  const chatId = chat === '' ? null : Number.parseInt(chat, 36) || 0;
  const threadId = thread === '' ? 0 : Number.parseInt(thread, 36);
  return Number.isSafeInteger(chatId ?? 0) && Number.isSafeInteger(threadId) ? { chatId, threadId } : null;
}

function decodeWish(target: Target, wish: string): SettingsPress | null {
  const rest = wish.slice(1);
  switch (wish[0]) {
    case '=': {
      const page = PAGES.find((name) => name === rest);
      return page === undefined ? null : { do: 'settings', target, page };
    }
    case 'b': {
      const minute = rest === '' ? null : readMinute(rest);
      return minute === undefined ? null : { do: 'begin', target, minute };
    }
    case 'e':
      return rest === '' ? { do: 'end', target } : null;
    case 'g':
      return rest === 'vi' || rest === 'en' ? { do: 'speak', target, language: rest } : null;
    case 'v':
      return rest === '' ? { do: 'preview', target } : null;
    case '?': {
      const what = Object.hasOwn(ASKED, rest) ? ASKED[rest] : undefined;
      return what === undefined ? null : { do: 'ask', target, what };
    }
    default: {
      const change = decodeChange(wish[0] ?? '', rest);
      return change === null ? null : { do: 'change', target, change };
    }
  }
}

function decodeChange(letter: string, rest: string): Change | null {
  switch (letter) {
    case 't': {
      const how = HOWS[rest[0] as keyof typeof HOWS] as (typeof HOWS)['+'] | undefined;
      const minutes = rest.slice(1).split(',').map(readMinute);
      const known = minutes.filter((minute) => minute !== undefined);
      return how === undefined || known.length < minutes.length
        ? null
        : { set: 'times', minutes: known, how };
    }
    case 'd': {
      const how = HOWS[rest[0] as keyof typeof HOWS] as (typeof HOWS)['+'] | undefined;
      if (how === undefined || !/^[0-6]{1,7}$/u.test(rest.slice(1))) return null;
      return { set: 'days', days: Array.from(rest.slice(1), Number), how };
    }
    case 'z':
      // Whether there is such a zone is asked where it is set.
      return /^[A-Za-z][\w+/-]{0,39}$/u.test(rest) ? { set: 'zone', zone: rest } : null;
    case 'q':
      return decodeQuiet(rest);
    case 'i': {
      const maxItems = rest === '' ? null : Number(rest);
      return rest === '' || /^[1-9]\d?$/u.test(rest) ? { set: 'items', maxItems } : null;
    }
    case 's': {
      const style = STYLES[rest as keyof typeof STYLES] as (typeof STYLES)['s'] | undefined;
      return style === undefined ? null : { set: 'style', style };
    }
    case 'n':
      return rest === '1' || rest === '0' ? { set: 'quietDay', tells: rest === '1' } : null;
    case 'p':
      if (rest === '') return { set: 'pause', until: null };
      return /^[1-9]\d{0,2}$/u.test(rest) ? { set: 'pauseDays', days: Number(rest) } : null;
    default:
      return null;
  }
}

function decodeQuiet(rest: string): Change | null {
  if (rest === '') return { set: 'quiet', quiet: null };
  if (rest === 's') return { set: 'silent' };
  const [from, to, ...more] = rest.split('-').map(readMinute);
  if (from === undefined || to === undefined || from === to || more.length > 0) return null;
  return { set: 'quiet', quiet: { from, to } };
}

function readMinute(text: string): number | undefined {
  const minute = Number(text);
  return /^\d{1,4}$/u.test(text) && minute < 1_440 ? minute : undefined;
}

/** In a link into the bot: which settings, and what was asked for, if anything. */
export interface SettingsLink {
  chatId: number;
  threadId: number;
  /** Null for the settings themselves. */
  asked: Asked | null;
}

export function encodeLink({ chatId, threadId, asked }: SettingsLink): string {
  return `s${asked === null ? '' : letterOf(ASKED, asked)}_${chatId.toString(36)}_${threadId.toString(36)}`;
}

/** Null for anything that `encodeLink` did not make. */
export function decodeLink(payload: string): SettingsLink | null {
  const match = /^s([tzqp]?)_(-?[0-9a-z]{1,11})_([0-9a-z]{1,11})$/u.exec(payload);
  if (match === null) return null;
  const target = readTarget(match[2] ?? '', match[3] ?? '');
  if (target === null || target.chatId === null) return null;
  return { chatId: target.chatId, threadId: target.threadId, asked: ASKED[match[1] ?? ''] ?? null };
}
