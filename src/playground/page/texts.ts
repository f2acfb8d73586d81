/**
 * What the page itself says, in both languages; what the bot says comes from the bot. The browser's language decides until
 * somebody chooses. A missing text does not compile.
 */
import type { BotPlace, ChatKind, DeliveryView, MemberView } from '../protocol.ts';
import { en } from './en.ts';
import type { PlaceName } from './places.ts';
import { vi } from './vi.ts';

type Count = (count: number) => string;
type Name = (name: string) => string;

export interface Texts {
  language: 'vi' | 'en';
  title: string;
  tag: string;
  about: string;
  otherLanguage: string;
  theme: string;
  offline: string;
  loading: string;

  chats: string;
  /** Which language a person's Telegram is set to. */
  speaks: Record<'vi' | 'en', string>;
  unread: Count;
  nothingYet: string;
  you: string;
  back: string;
  openControls: string;
  closeControls: string;

  kinds: Record<ChatKind, string>;
  members: Count;
  readers: Count;
  typing: string;
  youAre: string;
  roles: Record<MemberView['role'], string>;
  channelRoles: Record<MemberView['role'], string>;
  anonymous: string;

  messages: string;
  edited: string;
  silent: string;
  via: string;
  reply: string;
  replyingTo: Name;
  cancelReply: string;
  spoiler: string;
  showMore: string;
  showLess: string;
  toNewest: string;
  opens: string;
  firstHello: string;
  startHint: string;

  joined: (who: string, bot: string) => string;
  left: Name;
  topicCreated: Name;
  topicClosed: string;
  topicReopened: string;
  upgraded: string;

  write: string;
  writePost: string;
  send: string;
  menu: string;
  start: string;
  unblock: string;
  onlyReads: Name;
  closedTopic: string;
  suggestions: string;
  suggestedSearch: string;
  suggestedInline: string;
  inlineResults: string;
  noResults: string;
  asking: string;
  noAnswer: string;
  copied: string;
  share: string;
  addWhere: string;
  nowhereToAdd: Name;
  sharePlace: string;
  whichPlace: string;
  places: Record<PlaceName, string>;
  cancel: string;
  ok: string;

  controls: string;
  clock: string;
  clockNow: string;
  ahead: (hours: number) => string;
  toNextDigest: string;
  nextDigest: (when: string) => string;
  noDigest: string;
  skipDay: string;
  skipWeek: string;
  travelling: string;

  news: string;
  newsCount: Count;
  newest: (title: string) => string;
  articleTitle: string;
  articleText: string;
  articleTextHint: string;
  articleSource: string;
  articleSourceDefault: string;
  publish: string;
  dropHere: string;
  chooseFile: string;
  onItsWay: (file: string) => string;
  arrived: (title: string) => string;
  refusedFile: (path: string, reason: string) => string;
  sampleTitle: string;
  sampleText: string;

  thisChat: string;
  block: Name;
  blocked: Name;
  botPlaces: Record<BotPlace, string>;
  botIs: string;
  upgradeGroup: string;
  closeTopic: Name;
  reopenTopic: Name;

  moods: string;
  refuseNext: string;
  loseNext: string;
  outage: string;
  realLimits: string;
  waitingTroubles: Count;
  recover: string;

  crowd: string;
  crowdAbout: string;
  addCrowd: Count;
  crowdCounts: (readers: number, subscribed: number, reached: number) => string;

  ledger: string;
  ledgerEmpty: string;
  columns: { chat: string; slot: string; state: string };
  states: Record<DeliveryView['state'], string>;
  attempt: Count;
  part: Count;
  reader: Count;
  calls: string;
  lost: string;
  running: string;

  startOver: string;
  startOverSure: string;
  startOverDone: string;
  goLive: string;
  goLiveHow: string;

  /** What the server refuses, by `errors.ts`. */
  errors: Record<Mistake, string>;
}

export type Mistake =
  | 'tooLong'
  | 'closed'
  | 'starting'
  | 'onlyText'
  | 'needsTitle'
  | 'needsText'
  | 'tooLarge'
  | 'fullCrowd'
  | 'gone';

/** By what the server's sentence contains. */
const MISTAKES: readonly (readonly [RegExp, Mistake])[] = [
  [/message is too long/u, 'tooLong'],
  [/topic is closed/u, 'closed'],
  [/starting/u, 'starting'],
  [/only \.txt/u, 'onlyText'],
  [/needs a title/u, 'needsTitle'],
  [/needs a text/u, 'needsText'],
  [/more than \d+ bytes/u, 'tooLarge'],
  [/crowd has at most/u, 'fullCrowd'],
  [/message is gone/u, 'gone'],
];

/** A refusal of the server in the page's language; its own sentence where there is none. */
export function explain(texts: Texts, sentence: string): string {
  const known = MISTAKES.find(([pattern]) => pattern.test(sentence));
  return known === undefined ? sentence : texts.errors[known[1]];
}

/** @param chosen what somebody chose before; null for nothing */
export function textsFor(chosen: string | null, browser: string): Texts {
  if (chosen === 'vi' || chosen === 'en') return chosen === 'vi' ? vi : en;
  return browser.toLowerCase().startsWith('vi') ? vi : en;
}
