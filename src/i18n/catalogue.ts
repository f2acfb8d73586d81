/**
 * Everything the bot says, by key: a language that lacks one does not compile. Texts are plain; the views add the
 * markup. Functions take what varies, so that each language puts it where its grammar wants it.
 */
import type { EditionTexts } from './editionTexts.ts';
import { en } from './en.ts';
import type { FollowsTexts } from './followsTexts.ts';
import type { ScheduleTexts } from './scheduleTexts.ts';
import type { SettingsTexts } from './settingsTexts.ts';
import type { StoryTexts } from './storyTexts.ts';
import { vi } from './vi.ts';

export type Language = 'vi' | 'en';
export type CommandName =
  | ('start' | 'help' | 'latest' | 'search' | 'digest' | 'subscribe' | 'unsubscribe' | 'status' | 'language')
  | ('settings' | 'chats' | 'schedule' | 'pause' | 'resume')
  | ('follow' | 'follows' | 'why');

/** A day as a calendar shows it. */
export interface CalendarDay {
  year: number;
  /** From 1. */
  month: number;
  day: number;
  /** 0 is Sunday. */
  weekday: number;
}

/** What may not have arrived, and the button that sends it again. */
export interface InDoubt {
  notice: (when: string) => string;
  button: string;
}

export interface Catalogue {
  /** Our own and not those of Intl, which change with the version of Node. */
  date: (day: CalendarDay) => string;
  longDate: (day: CalendarDay) => string;
  /** @param time "07:00" */
  instant: (time: string, day: CalendarDay) => string;
  /** Sunday first. */
  weekdays: readonly string[];
  /** What the menu of Telegram shows beside each command: 1–256 characters. */
  commands: Record<CommandName, string>;

  schedule: ScheduleTexts;
  settings: SettingsTexts;
  story: StoryTexts;
  edition: EditionTexts;
  follows: FollowsTexts;

  welcome: (bot: string) => string;
  welcomeLines: string[];
  helpTitle: string;
  helpSearch: string[];
  helpFollow: string;
  helpGroups: string;
  helpChannel: (bot: string) => string;

  latestButton: string;
  searchButton: string;
  subscribeButton: string;
  digestButton: string;
  shareButton: string;
  readButton: string;
  linkButton: string;
  newestButton: string;
  relevanceButton: string;
  moreButton: (count: number) => string;
  previous: string;
  next: string;

  latestTitle: string;
  latestHow: (seen: string) => string;
  range: (from: number, to: number, total: number) => string;
  noArticles: string;

  searchHow: string;
  searchTitle: (query: string) => string;
  hits: (count: number) => string;
  noHits: (query: string) => string;
  didYouMean: string;
  understood: (query: string) => string;
  /** What was not taken as it was written. */
  searchNotes: Record<'unbalanced-quote' | 'unknown-day' | 'empty-field' | 'cut' | 'day-as-words', string>;
  /** On the button above the cards of inline mode, which opens the search in the chat with the bot. */
  inlineNote: Record<'none' | 'later' | 'details', string>;
  foldedMore: (count: number) => string;
  catchingUp: string;
  searchDown: string;
  relatedTitle: string;

  digestTitle: (day: string) => string;
  digestLate: string;
  digestPart: (part: number) => string;
  editionTitle: string;
  nothingNew: (sinceWhen: string | null) => string;

  subscribed: (schedule: string, next: string) => string;
  alreadySubscribed: (schedule: string, next: string) => string;
  subscribedChannel: (name: string, schedule: string, next: string) => string;
  alreadySubscribedChannel: (name: string, schedule: string, next: string) => string;
  unsubscribed: string;
  unsubscribedChannel: (name: string) => string;
  notSubscribed: string;
  notSubscribedChannel: (name: string) => string;
  adminsOnly: string;
  channelNotYours: (name: string) => string;
  channelBotNotAdmin: (name: string, bot: string) => string;
  channelUnknown: (name: string) => string;

  statusTitle: string;
  statusSchedule: (schedule: string) => string;
  statusNext: (when: string) => string;
  statusNone: string;
  statusLast: (when: string, outcome: string) => string;
  statusNever: string;
  outcomeSent: string;
  outcomeWaiting: string;
  outcomeUnknown: string;
  outcomeDead: (reason: string) => string;
  statusLanguage: string;
  operatorTitle: string;
  operatorLine: Record<OperatorFigure, (value: string) => string>;
  refusedTitle: string;
  unknownTitle: string;

  chooseLanguage: string;
  languageChosen: string;

  unknownDigest: InDoubt;
  unknownAlert: InDoubt;
  redelivering: string;
  redelivered: string;

  chatLost: (name: string) => string;
  expired: string;
  articleGone: string;
  unknownCommand: string;
  failed: string;
  tooFast: string;
}

export type OperatorFigure =
  | 'articles'
  | 'sources'
  | 'refused'
  | 'folder'
  | 'chats'
  | 'gone'
  | 'subscriptions'
  | 'waiting'
  | 'deferred'
  | 'unknown'
  | 'dead'
  | 'rate'
  | 'search';

const CATALOGUES: Record<Language, Catalogue> = { vi, en };

export function catalogue(language: Language): Catalogue {
  return CATALOGUES[language];
}

/** The language for a person's `language_code` (IETF tag; undefined when Telegram gave none); null when it is not ours. */
export function languageOf(code: string | undefined): Language | null {
  const primary = code?.toLowerCase().split('-')[0];
  return primary === 'vi' || primary === 'en' ? primary : null;
}
