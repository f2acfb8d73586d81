/** English. */
import type { CalendarDay, Catalogue } from './catalogue.ts';
import { editionEn } from './edition.en.ts';
import { followsEn } from './follows.en.ts';
import { scheduleEn } from './schedule.en.ts';
import { settingsEn } from './settings.en.ts';
import { storyEn } from './story.en.ts';

const number = new Intl.NumberFormat('en-GB');
const n = (value: number): string => number.format(value);
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
const weekday = (day: CalendarDay): string => WEEKDAYS[day.weekday] ?? '';
const month = (day: CalendarDay): string => MONTHS[day.month - 1] ?? '';
const date = (day: CalendarDay): string => `${day.day} ${month(day).slice(0, 3)} ${day.year}`;
const articles = (count: number): string => (count === 1 ? '1 article' : `${n(count)} articles`);

export const en: Catalogue = {
  date,
  longDate: (day) => `${weekday(day)} ${day.day} ${month(day)} ${day.year}`,
  instant: (time, day) => `${time} ${weekday(day).slice(0, 3)} ${date(day)}`,
  weekdays: WEEKDAYS,
  commands: {
    start: 'Begin',
    help: 'How to use the bot',
    latest: 'The newest articles',
    search: 'Find articles: /search g20 miami',
    digest: 'Preview of the next digest; past ones: /digest 24/12',
    subscribe: 'Get the digest on schedule',
    unsubscribe: 'Stop the digest',
    status: 'Schedule and last delivery',
    settings: 'Times, days, time zone and style',
    chats: 'Settings of your channels and groups',
    schedule: 'Set the schedule: /schedule 06:30 18:00',
    pause: 'Pause the digest: /pause 3d',
    resume: 'Go on after a pause',
    follow: 'Follow something: /follow gold OR silver',
    follows: 'See and change what is followed',
    why: 'Why an article is in the digest or not',
    language: 'Choose language / Chọn ngôn ngữ',
  },

  schedule: scheduleEn,
  settings: settingsEn,
  story: storyEn,
  edition: editionEn,
  follows: followsEn,

  welcome: (bot) => `Hello! ${bot} lets you read and search the news without leaving Telegram.`,
  welcomeLines: [
    '/latest – the newest articles',
    '/search words – find articles; accents are optional',
    '/subscribe – get the digest on schedule',
    '/digest – preview the next digest; /digest 24/12 – what was sent that day',
    '/follow words – only these, these first, or told at once; /follows – see and change',
    '/settings – times, days, time zone and style',
    '/chats – settings of your channels and groups',
    '/pause 3d – pause, /resume – go on',
    '/status – schedule and last delivery',
    '/unsubscribe – stop the digest',
    '/language – English / Tiếng Việt',
  ],
  helpTitle: 'How to use the bot',
  helpSearch: [
    'Without accents: /search tong thong my',
    'An exact phrase: /search "hội nghị thượng đỉnh"',
    'Leave something out: /search football -women',
    'By source or date: /search flood source:"Mekong Courier" after:2025-12-01',
  ],
  helpFollow:
    'Following: /follow interest rate OR gold -ads shows what the last 7 days had of it and asks how you want it. Reply to a digest with /why to learn why each article is in it or not.',
  helpGroups:
    'In a group anyone may read and search; only admins may subscribe or unsubscribe. In a forum each topic is a subscription of its own.',
  helpChannel: (bot) =>
    `Channels: make ${bot} an admin that may post, and it sends you the settings of the channel in private. To open them again: /chats`,

  latestButton: '📰 Latest',
  searchButton: '🔎 Search',
  subscribeButton: '🔔 Subscribe',
  digestButton: '🗞 Digest now',
  shareButton: '↗️ Share',
  readButton: '📖 Read in Telegram',
  linkButton: '🔗 Original',
  newestButton: '🕒 Newest first',
  relevanceButton: '🎯 Best first',
  moreButton: (count) => `${n(count)} more`,
  previous: '◀️ Back',
  next: 'Next ▶️',

  latestTitle: 'Latest',
  latestHow: (seen) => `“${seen}” is not a number of articles. For example: /latest 10`,
  range: (from, to, total) => `${n(from)}–${n(to)} of ${n(total)}`,
  noArticles: 'There are no articles yet. New ones appear here as soon as they are published.',

  searchHow:
    'Write what you look for after the command, with or without accents, for example: /search tong thong my\nPut an exact phrase in quotes: /search "hội nghị thượng đỉnh"',
  searchTitle: (query) => `Search “${query}”`,
  hits: articles,
  noHits: (query) => `No article matches “${query}”.`,
  didYouMean: 'Did you mean:',
  understood: (query) => `Understood as: ${query}`,
  searchNotes: {
    'unbalanced-quote': 'A quotation mark without its partner was ignored.',
    'unknown-day':
      'What stands after “after:”, “before:” or “on:” is no day, so it was searched as words. Days are written like 2025-12-01, 1/12, yesterday or 7d.',
    'empty-field': 'Nothing stands after the colon, so it was searched as a word.',
    cut: 'The query is too long, so only its beginning was searched.',
    'day-as-words': 'Nothing of that time matches, so it was searched as words.',
  },
  inlineNote: {
    none: 'No article matches. Search in the bot',
    later: 'The index is catching up. Search in the bot',
    details: 'See how this was understood',
  },
  foldedMore: (count) => `and ${n(count)} more like it`,
  catchingUp: 'The index is still catching up; some articles may be missing.',
  searchDown: 'Search is restarting. Please try again in a moment.',
  relatedTitle: 'Related',

  digestTitle: (day) => `News digest, ${day}`,
  digestLate: 'Later than scheduled: the bot has just come back.',
  digestPart: (part) => `(part ${n(part)})`,
  editionTitle: 'Stories of the digest',
  nothingNew: (sinceWhen) =>
    sinceWhen === null
      ? 'There is nothing new yet.'
      : `There is nothing new since the last digest (${sinceWhen}).`,

  subscribed: (schedule, next) => `Subscribed. The digest comes ${schedule}.\nNext: ${next}.`,
  alreadySubscribed: (schedule, next) => `Already subscribed. The digest comes ${schedule}.\nNext: ${next}.`,
  subscribedChannel: (name, schedule, next) =>
    `${name} is subscribed. The digest comes ${schedule}.\nNext: ${next}.`,
  alreadySubscribedChannel: (name, schedule, next) =>
    `${name} was subscribed already. The digest comes ${schedule}.\nNext: ${next}.`,
  unsubscribed: 'Unsubscribed. No more digests here. To get them again: /subscribe',
  unsubscribedChannel: (name) => `${name} is unsubscribed.`,
  notSubscribed: 'There is no subscription here. To get the digest: /subscribe',
  notSubscribedChannel: (name) => `${name} has no subscription.`,
  adminsOnly: 'Only admins can do this. Anyone may use /latest and /search.',
  channelNotYours: (name) =>
    `Telegram does not confirm that you are an admin of ${name}, so nothing was changed.`,
  channelBotNotAdmin: (name, bot) =>
    `${bot} cannot post in ${name} yet. Make it an admin that may post, then try again.`,
  channelUnknown: (name) =>
    `There is no channel ${name} that the bot can see. Check the name; add the bot first if the channel is private.`,

  statusTitle: 'Status',
  statusSchedule: (schedule) => `Digest: ${schedule}`,
  statusNext: (when) => `Next: ${when}`,
  statusNone: 'There is no subscription here. To get the digest: /subscribe',
  statusLast: (when, outcome) => `Last: ${when} – ${outcome}`,
  statusNever: 'No digest has been sent yet.',
  outcomeSent: 'sent',
  outcomeWaiting: 'waiting to be sent',
  outcomeUnknown: 'not confirmed by Telegram, it may not have arrived',
  outcomeDead: (reason) => `not sent (${reason})`,
  statusLanguage: 'Language: English (/language)',
  operatorTitle: 'For the operator',
  operatorLine: {
    articles: (value) => `Articles: ${value}`,
    sources: (value) => `Sources: ${value}`,
    refused: (value) => `Rejected files: ${value}`,
    folder: (value) => `Articles folder: ${value}`,
    chats: (value) => `Chats: ${value}`,
    gone: (value) => `Gone: ${value}`,
    subscriptions: (value) => `Subscriptions: ${value}`,
    waiting: (value) => `Queue: ${value}`,
    deferred: (value) => `Deferred: ${value}`,
    unknown: (value) => `Unknown: ${value}`,
    dead: (value) => `Not sent: ${value}`,
    rate: (value) => `Rate: ${value}`,
    search: (value) => `Search: ${value}`,
  },
  refusedTitle: 'Rejected files:',
  unknownTitle: 'May not have arrived:',

  chooseLanguage: 'Choose a language:',
  languageChosen: 'From now on the bot answers in English here.',

  unknownDigest: {
    notice: (when) => `The digest of ${when} may not have arrived: Telegram did not confirm it.`,
    button: '📨 Send that digest again',
  },
  unknownAlert: {
    notice: (when) => `The alert of ${when} may not have arrived: Telegram did not confirm it.`,
    button: '📨 Send that alert again',
  },
  redelivering: 'Sending it again.',
  redelivered: 'That has been sent again already.',

  chatLost: (name) =>
    `The bot can no longer post in ${name}, so its digest is paused. Add the bot again (as an admin that may post, if it is a channel) and it goes on; no article is lost.`,
  expired: 'This button is too old. Please send the command again.',
  articleGone: 'This article is no longer there.',
  unknownCommand: 'The bot did not understand. See /help, or write /search and what you look for.',
  failed: 'Something went wrong on our side. Please try again in a moment.',
  tooFast: 'That was a little fast. The bot answers again in a few seconds.',
};
