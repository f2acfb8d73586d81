/**
 * What the bot says about follows, and about why an article is in a digest or not. `text` is a follow as it is kept, `name`
 * that of a channel or group. Texts that appear over the chat after a press (`gone`) have at most 200 characters.
 */
type Mode = 'only' | 'first' | 'alert';
type Problem = 'empty' | 'too-long' | 'only-days' | 'nothing-wanted';

export interface FollowsTexts {
  how: string;
  title: (text: string) => string;
  titleIn: (text: string, name: string) => string;
  /** Days that were typed and mean nothing here. */
  daysLeftOut: (days: string) => string;
  /** Articles of the last 7 days. */
  matched: (count: number) => string;
  matchedNone: string;
  /** So many articles were looked at, the newest of the week. */
  lookedAt: (count: number) => string;
  nearTitle: string;
  lacks: (text: string) => string;
  differs: (text: string) => string;
  unwanted: (text: string) => string;
  askMode: string;
  modeButtons: Record<Mode, string>;
  modeIcons: Record<Mode, string>;
  modeNames: Record<Mode, string>;
  otherButton: (text: string) => string;
  saved: Record<Mode, (text: string) => string>;
  /** The chat was subscribed along the way. */
  alsoSubscribed: (schedule: string, next: string) => string;

  listTitle: string;
  listTitleOf: (name: string) => string;
  listNone: string;
  listCount: (count: number, most: number) => string;
  onlyExplained: string;
  addButton: string;
  editButton: string;
  removeButton: string;
  backButton: string;
  openButton: string;
  removed: (text: string) => string;
  askAdd: string;
  askEdit: (text: string) => string;
  /** Shown in the empty field, 1–64 characters. */
  placeholder: string;
  problem: Record<Problem, string>;
  tooMany: (most: number) => string;
  gone: string;
  inPrivate: (command: string) => string;

  /** Why an article is told at once. */
  alertFor: (texts: string[]) => string;

  whyTitle: (when: string) => string;
  whyNone: string;
  whyNotDigest: string;
  /** How many articles are in, and how many new ones are not. */
  whyCounts: (inside: number, outside: number) => string;
  whyFirst: string;
  whySpan: (most: number) => string;
  inFor: (texts: string[]) => string;
  inAsNew: string;
  /** In a first digest. */
  inAsNewest: string;
  seenAt: (when: string) => string;
  outFiltered: string;
  outBeyond: string;
  outTold: string;
}
