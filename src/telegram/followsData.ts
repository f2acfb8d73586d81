/**
 * What buttons and links about follows say: whose, and what about them, in 64 bytes. A query stands in a button as its
 * token, a follow as its id.
 */
import type { FollowMode } from '../follows/follow.ts';
import { readTarget, type Target } from './settingsData.ts';

export type FollowsPress =
  | { do: 'follows'; target: Target; page: number }
  /** One follow, with what can be done about it. */
  | { do: 'follow'; target: Target; id: number }
  /** Begin to follow a query. */
  | { do: 'keep'; target: Target; token: string; mode: FollowMode }
  /** Show what another query would match. */
  | { do: 'consider'; target: Target; token: string }
  | { do: 'mode'; target: Target; id: number; mode: FollowMode }
  | { do: 'unfollow'; target: Target; id: number }
  /** Ask for a query: a new one when `id` is null. */
  | { do: 'askFollow'; target: Target; id: number | null };

const MODES: Record<string, FollowMode> = { o: 'only', f: 'first', a: 'alert' };

export function encodeFollows(press: FollowsPress): string {
  const { chatId, threadId } = press.target;
  return `f:${chatId === null ? '' : chatId.toString(36)}:${threadId === 0 ? '' : threadId.toString(36)}:${encodeWish(press)}`;
}

function encodeWish(press: FollowsPress): string {
  switch (press.do) {
    case 'follows':
      return `=${press.page}`;
    case 'follow':
      return `.${press.id.toString(36)}`;
    case 'keep':
      return `+${letterOf(press.mode)}${press.token}`;
    case 'consider':
      return `~${press.token}`;
    case 'mode':
      return `m${letterOf(press.mode)}${press.id.toString(36)}`;
    case 'unfollow':
      return `x${press.id.toString(36)}`;
    case 'askFollow':
      return `?${press.id?.toString(36) ?? ''}`;
  }
}

function letterOf(mode: FollowMode): string {
  return Object.keys(MODES).find((letter) => MODES[letter] === mode) ?? '';
}

/** Null for anything that `encodeFollows` did not make. */
export function decodeFollows(data: string): FollowsPress | null {
  const match = /^f:(-?[0-9a-z]{1,11})?:([0-9a-z]{1,11})?:([=.+~mx?])([A-Za-z0-9_-]*)$/u.exec(data);
  const target = match === null ? null : readTarget(match[1] ?? '', match[2] ?? '');
  if (match === null || target === null) return null;
  const rest = match[4] ?? '';
  const mode = Object.hasOwn(MODES, rest.charAt(0)) ? MODES[rest.charAt(0)] : undefined;
  switch (match[3]) {
    case '=':
      return /^\d{1,4}$/u.test(rest) ? { do: 'follows', target, page: Number(rest) } : null;
    case '.':
      return withId(rest, (id) => ({ do: 'follow', target, id }));
    case 'x':
      return withId(rest, (id) => ({ do: 'unfollow', target, id }));
    case '?':
      return rest === ''
        ? { do: 'askFollow', target, id: null }
        : withId(rest, (id) => ({ do: 'askFollow', target, id }));
    case 'm':
      return mode === undefined ? null : withId(rest.slice(1), (id) => ({ do: 'mode', target, id, mode }));
    case '~':
      return isToken(rest) ? { do: 'consider', target, token: rest } : null;
    case '+': {
      const token = rest.slice(1);
      return mode === undefined || !isToken(token) ? null : { do: 'keep', target, token, mode };
    }
    default:
      return null;
  }
}

/** In the link of a question: what is to be followed, in the place of a follow or as a new one. */
export interface FollowQuestion {
  chatId: number;
  threadId: number;
  /** Null for a new one. */
  followId: number | null;
}

export function encodeFollowLink({ chatId, threadId, followId }: FollowQuestion): string {
  return `f_${chatId.toString(36)}_${threadId.toString(36)}_${followId?.toString(36) ?? ''}`;
}

/** Null for anything that `encodeFollowLink` did not make. */
export function decodeFollowLink(payload: string): FollowQuestion | null {
  const match = /^f_(-?[0-9a-z]{1,11})_([0-9a-z]{1,11})_([0-9a-z]{0,10})$/u.exec(payload);
  const target = match === null ? null : readTarget(match[1] ?? '', match[2] ?? '');
  if (match === null || target === null || target.chatId === null) return null;
  const followId = match[3] === '' ? null : Number.parseInt(match[3] ?? '', 36);
  return { chatId: target.chatId, threadId: target.threadId, followId };
}

function withId(text: string, make: (id: number) => FollowsPress): FollowsPress | null {
  return /^[0-9a-z]{1,10}$/u.test(text) ? make(Number.parseInt(text, 36)) : null;
}

function isToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,20}$/u.test(text);
}
