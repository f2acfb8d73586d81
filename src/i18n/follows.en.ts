/** English: follows. */
import type { FollowsTexts } from './followsTexts.ts';

const number = new Intl.NumberFormat('en-GB');
const n = (value: number): string => number.format(value);
const articles = (count: number): string => (count === 1 ? '1 article' : `${n(count)} articles`);
const quoted = (texts: readonly string[]): string => texts.map((text) => `“${text}”`).join(', ');

export const followsEn: FollowsTexts = {
  how: 'Write what to follow after the command, with or without accents:\n/follow interest rate OR gold -ads\n/follow "West Lake" source:"Mekong Courier"\nOR means either one, a minus leaves something out, and a phrase goes in quotes. To see and change them: /follows',
  title: (text) => `Follow: ${text}`,
  titleIn: (text, name) => `Follow for ${name}: ${text}`,
  daysLeftOut: (days) => `The days (${days}) were left out: a follow is about new articles only.`,
  matched: (count) => `${articles(count)} in the last 7 days:`,
  matchedNone: 'No article of the last 7 days matches.',
  lookedAt: (count) => `Only the newest ${n(count)} articles were looked at.`,
  nearTitle: 'Near misses:',
  lacks: (text) => `lacks “${text}”`,
  differs: (text) => `has “${text}” with other accents, or the words apart`,
  unwanted: (text) => `has “${text}”`,
  askMode: 'How would you like to get these?',
  modeButtons: { only: '🎯 Only these', first: '⬆️ These first', alert: '🔔 Tell me at once' },
  modeIcons: { only: '🎯', first: '⬆️', alert: '🔔' },
  modeNames: {
    only: 'the digest has only these',
    first: 'first in the digest',
    alert: 'told at once',
  },
  otherButton: (text) => `Or did you mean: ${text}`,
  saved: {
    only: (text) => `From now on the digest has only what is followed here, such as: ${text}`,
    first: (text) => `From now on these come first in the digest: ${text}`,
    alert: (text) => `New articles are told at once: ${text}`,
  },
  alsoSubscribed: (schedule, next) => `The digest comes ${schedule}. Next: ${next}.`,

  listTitle: 'Followed here',
  listTitleOf: (name) => `Followed in ${name}`,
  listNone: 'Nothing is followed yet. Begin with /follow and some words, for example: /follow gold OR silver',
  listCount: (count, most) => `${n(count)} of ${n(most)}. Tap a number to change or remove it.`,
  onlyExplained: 'There is a 🎯 among them, so the digest has nothing but what is followed.',
  addButton: '➕ Follow more',
  editButton: '✏️ Edit',
  removeButton: '🗑 Unfollow',
  backButton: '◀️ List',
  openButton: '⭐ Follows',
  removed: (text) => `No longer followed: ${text}`,
  askAdd: 'Reply to this message with what to follow, for example: gold OR silver',
  askEdit: (text) => `Reply to this message with what to follow in place of: ${text}`,
  placeholder: 'gold OR silver',
  problem: {
    empty: 'There is no word to follow. For example: /follow gold OR silver',
    'too-long': 'That is too long: a follow has at most 200 characters.',
    'only-days': 'A follow is about new articles, so it needs no day. Write some words: /follow gold',
    'nothing-wanted':
      'With nothing but exclusions nearly every article would match. Add at least one word that has to be there: /follow gold -ads',
  },
  tooMany: (most) => `There can be at most ${n(most)} follows here. Remove one first: /follows`,
  gone: 'That one is no longer followed.',
  inPrivate: (command) => `What a channel follows is chosen in private: ${command}`,

  alertFor: (texts) => `Because you follow ${quoted(texts)}`,

  whyTitle: (when) => `Why? The digest of ${when}`,
  whyNone: 'There is no digest here to explain yet.',
  whyNotDigest: 'Reply to a digest with /why, or send /why alone for the last one.',
  whyCounts: (inside, outside) =>
    `${articles(inside)} in the digest; ${outside === 1 ? '1 other new one is' : `${n(outside)} other new ones are`} not.`,
  whyFirst: 'This was the first digest: the newest articles there were.',
  whySpan: (most) => `Only the newest ${n(most)} articles of that time were looked at.`,
  inFor: (texts) => `In: ${quoted(texts)} is followed`,
  inAsNew: 'In: new since the digest before',
  inAsNewest: 'In: among the newest',
  seenAt: (when) => `seen at ${when}`,
  outFiltered: 'Out: matches nothing that is followed',
  outBeyond: 'Out: more than a digest may have; it is behind the button for more',
  outTold: 'Out: you were told at once',
};
