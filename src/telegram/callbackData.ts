/**
 * What buttons and deep links say to the bot: a letter and a few short fields, so that they work after a restart and on
 * old messages without any state. Callback data has 1–64 bytes, a start payload 1–64 of `[A-Za-z0-9_-]` (Bot API).
 */
import {
  decodeFollows,
  encodeFollowLink,
  encodeFollows,
  type FollowQuestion,
  type FollowsPress,
} from './followsData.ts';
import {
  decodeLink,
  decodeSettings,
  encodeLink,
  encodeSettings,
  readTarget,
  type SettingsLink,
  type SettingsPress,
} from './settingsData.ts';

const COMMANDS = [
  ...(['latest', 'search', 'subscribe', 'unsubscribe', 'digest', 'status', 'help'] as const),
  ...(['settings', 'chats'] as const),
] as const;

export type Press =
  /**
   * A page of the newest articles, as they were when `maxSeq` was the newest. Pages count from 0; `count` is how many
   * were asked for in all, null for every one.
   */
  | { do: 'latest'; page: number; maxSeq: number; count: number | null }
  /** A page of a search; the token stands for the text. */
  | { do: 'search'; token: string; page: number; order: 'relevance' | 'newest' }
  /** Open an article in a message of its own, or turn to a page of it in place. */
  | { do: 'open' | 'turn'; id: string; page: number }
  /** The reports of the story that an article is of: in a message of its own, or another page in place. */
  | { do: 'story' | 'turnStory'; id: string; page: number }
  /**
   * The articles of an edition, `fromSeq` exclusive and null for the first one, `toSeq` inclusive: in a message of its
   * own, or another page in place.
   */
  | { do: 'edition' | 'turnEdition'; fromSeq: number | null; toSeq: number; page: number }
  /** What a command does. */
  | { do: 'command'; name: (typeof COMMANDS)[number] }
  /** The articles of an edition that follows had a say in, by its key: likewise. */
  | { do: 'sifted' | 'turnSifted'; key: string; page: number }
  /** A page of why articles are in an edition or not. */
  | { do: 'why'; editionId: number; page: number }
  | FollowsPress
  /** A page of the list of channels and groups that a person administers. */
  | { do: 'chats'; page: number }
  | SettingsPress
  | { do: 'language'; language: 'vi' | 'en' }
  /** Send a digest again whose arrival nobody confirmed. */
  | { do: 'redeliver'; deliveryId: number }
  /** What a chat (null: this one) was sent on a day, `YYYY-MM-DD`, after the first `skip` messages. */
  | { do: 'sent'; chatId: number | null; day: string; skip: number }
  /** A button that only shows something, such as the number of the page. */
  | { do: 'nothing' };

/** Far beyond any real page; keeps arithmetic on pages within safe integers. */
const MAX_PAGE = 1_000_000;

export function encodePress(press: Press): string {
  switch (press.do) {
    case 'latest':
      return `l:${press.page}:${press.maxSeq.toString(36)}:${press.count ?? ''}`;
    case 'search':
      return `s:${press.token}:${press.page}:${press.order === 'newest' ? 'n' : 'r'}`;
    case 'open':
      return `a:${press.id}:${press.page}`;
    case 'turn':
      return `p:${press.id}:${press.page}`;
    case 'story':
    case 'turnStory':
      return `${press.do === 'story' ? 't' : 'u'}:${press.id}:${press.page}`;
    case 'edition':
    case 'turnEdition':
      return `${press.do === 'edition' ? 'n' : 'm'}:${press.fromSeq?.toString(36) ?? ''}:${press.toSeq.toString(36)}:${press.page}`;
    case 'command':
      return `c:${press.name}`;
    case 'language':
      return `g:${press.language}`;
    case 'redeliver':
      return `r:${press.deliveryId.toString(36)}`;
    case 'chats':
      return `k:${press.page}`;
    case 'sent':
      return `d:${press.day}:${press.skip}${press.chatId === null ? '' : `:${press.chatId.toString(36)}`}`;
    case 'nothing':
      return 'x';
    case 'sifted':
    case 'turnSifted':
      return `${press.do === 'sifted' ? 'q' : 'v'}:${press.key}:${press.page}`;
    case 'why':
      return `w:${press.editionId.toString(36)}:${press.page}`;
    case 'follows':
    case 'follow':
    case 'keep':
    case 'consider':
    case 'mode':
    case 'unfollow':
    case 'askFollow':
      return encodeFollows(press);
    default:
      return encodeSettings(press);
  }
}

/** Null for anything that `encodePress` did not make. */
export function decodePress(data: string): Press | null {
  const [letter, first = '', second = '', third = ''] = data.split(':');
  const page = readPage(letter === 'l' ? first : letter === 'n' || letter === 'm' ? third : second);
  switch (letter) {
    case 'l': {
      const maxSeq = readSeq(second);
      const count = third === '' ? null : readPage(third);
      if (page === null || maxSeq === null || (third !== '' && count === null)) return null;
      return { do: 'latest', page, maxSeq, count };
    }
    case 's':
      if (page === null || !isToken(first) || (third !== 'n' && third !== 'r')) return null;
      return { do: 'search', token: first, page, order: third === 'n' ? 'newest' : 'relevance' };
    case 'a':
    case 'p':
      if (page === null || !isToken(first)) return null;
      return { do: letter === 'a' ? 'open' : 'turn', id: first, page };
    case 't':
    case 'u':
      if (page === null || !isToken(first)) return null;
      return { do: letter === 't' ? 'story' : 'turnStory', id: first, page };
    case 'n':
    case 'm': {
      const toSeq = readSeq(second);
      const fromSeq = first === '' ? null : readSeq(first);
      if (page === null || toSeq === null || (first !== '' && fromSeq === null)) return null;
      return { do: letter === 'n' ? 'edition' : 'turnEdition', fromSeq, toSeq, page };
    }
    case 'c': {
      const name = COMMANDS.find((command) => command === first);
      return name === undefined ? null : { do: 'command', name };
    }
    case 'g':
      return first === 'vi' || first === 'en' ? { do: 'language', language: first } : null;
    case 'r': {
      const deliveryId = readSeq(first);
      return deliveryId === null ? null : { do: 'redeliver', deliveryId };
    }
    case 'k': {
      const listPage = readPage(first);
      return listPage === null ? null : { do: 'chats', page: listPage };
    }
    case 'd': {
      const isDay = /^\d{4}-\d{2}-\d{2}$/u.test(first) && !Number.isNaN(Date.parse(first));
      const chat = /^(?:-?[0-9a-z]{1,11})?$/u.test(third) ? readTarget(third, '') : null;
      if (page === null || !isDay || chat === null) return null;
      return { do: 'sent', chatId: chat.chatId, day: first, skip: page };
    }
    case 'q':
    case 'v':
      if (page === null || !isKey(first)) return null;
      return { do: letter === 'q' ? 'sifted' : 'turnSifted', key: first, page };
    case 'w': {
      const editionId = readSeq(first);
      return page === null || editionId === null ? null : { do: 'why', editionId, page };
    }
    case 'f':
      return decodeFollows(data);
    case 'o':
      return decodeSettings(data);
    case 'x':
      return { do: 'nothing' };
    default:
      return null;
  }
}

/** What follows `?start=` in a link into the bot. */
export type StartPayload =
  | { open: 'article'; id: string }
  /** The reports of the story that an article is of. */
  | { open: 'story'; id: string }
  /** `page` from 0, with which it begins. */
  | { open: 'edition'; fromSeq: number | null; toSeq: number; page: number }
  | { open: 'sifted'; key: string; page: number }
  /** A query by its token. */
  | { open: 'search'; token: string }
  | ({ open: 'settings' } & SettingsLink)
  /** Stands behind a question for a query. */
  | ({ open: 'follow' } & FollowQuestion);

export function encodeStart(payload: StartPayload): string {
  if (payload.open === 'article') return `a_${payload.id}`;
  if (payload.open === 'story') return `t_${payload.id}`;
  if (payload.open === 'search') return `w_${payload.token}`;
  if (payload.open === 'settings') return encodeLink(payload);
  if (payload.open === 'follow') return encodeFollowLink(payload);
  const page = payload.page === 0 ? '' : `_${payload.page}`;
  if (payload.open === 'sifted') return `q_${payload.key}${page}`;
  return `n_${payload.fromSeq?.toString(36) ?? ''}_${payload.toSeq.toString(36)}${page}`;
}

/** Null for anything that `encodeStart` did not make. */
export function decodeStart(payload: string): StartPayload | null {
  if (payload.startsWith('a_') && isToken(payload.slice(2))) return { open: 'article', id: payload.slice(2) };
  if (payload.startsWith('t_') && isToken(payload.slice(2))) return { open: 'story', id: payload.slice(2) };
  if (payload.startsWith('w_') && isToken(payload.slice(2)))
    return { open: 'search', token: payload.slice(2) };
  const link = decodeLink(payload);
  if (link !== null) return { open: 'settings', ...link };
  const sifted = /^q_(.{22})(?:_([1-9]\d*))?$/u.exec(payload);
  if (sifted !== null) {
    const [, key = '', from = '0'] = sifted;
    const page = readPage(from);
    return isKey(key) && page !== null ? { open: 'sifted', key, page } : null;
  }
  const edition = /^n_([0-9a-z]*)_([0-9a-z]+)(?:_([1-9]\d*))?$/u.exec(payload);
  if (edition === null) return null;
  const fromSeq = edition[1] === '' ? null : readSeq(edition[1] ?? '');
  const toSeq = readSeq(edition[2] ?? '');
  const page = readPage(edition[3] ?? '0');
  if (toSeq === null || page === null || (edition[1] !== '' && fromSeq === null)) return null;
  return { open: 'edition', fromSeq, toSeq, page };
}

function isToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,20}$/u.test(text);
}

/** Of an edition, see `editionKey`. */
function isKey(text: string): boolean {
  return /^[A-Za-z0-9_-]{22}$/u.test(text);
}

function readPage(text: string): number | null {
  const page = Number(text);
  return /^\d{1,7}$/u.test(text) && page <= MAX_PAGE ? page : null;
}

function readSeq(text: string): number | null {
  return /^[0-9a-z]{1,10}$/u.test(text) ? Number.parseInt(text, 36) : null;
}
