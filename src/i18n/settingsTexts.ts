/**
 * What the bot says about a chat's settings. Instants, days and schedules come in words already; `name` is that of a
 * channel or group. Texts that appear over the chat after a press (`refused`, `toast…`) have at most 200 characters.
 */
/** What people are asked to type. */
export type Asked = 'times' | 'zone' | 'quiet' | 'pause';

type Style = 'short' | 'normal' | 'full';
/** Why a change was not made. */
type Refusal = 'custom' | 'too-many-times' | 'no-time-left' | 'no-day-left' | 'too-often' | 'never' | 'none';

export interface SettingsTexts {
  title: string;
  titleOf: (name: string) => string;
  sends: (schedule: string) => string;
  /** The two slots after the next one. */
  thenAlso: (one: string, other: string) => string;
  paused: (until: string) => string;
  quietFrom: (from: string, to: string) => string;
  alwaysSilent: string;
  /** How much, in which style and language. */
  shape: (items: number, style: string, language: string) => string;
  styleNames: Record<Style, string>;
  languageNames: Record<'vi' | 'en', string>;
  adminsChange: string;

  startNone: (zone: string) => string;
  startStopped: (schedule: string) => string;
  startAgainButton: string;

  openButton: string;
  timesButton: string;
  daysButton: string;
  zoneButton: string;
  quietButton: string;
  itemsButton: string;
  styleButton: string;
  languageButton: string;
  pauseButton: string;
  resumeButton: string;
  previewButton: string;
  stopButton: string;
  backButton: string;

  timesHelp: string;
  /** The schedule was typed and cannot be shown by buttons. */
  timesCustom: string;
  otherTimeButton: string;
  daysHelp: string;
  daysCustom: string;
  everyDayButton: string;
  weekdaysButton: string;
  weekendButton: string;
  /** Sunday first; as short as a button. */
  dayLabels: readonly string[];
  /** @param offset "UTC+7" @param time "09:30" */
  zoneHelp: (zone: string, offset: string, time: string) => string;
  otherZoneButton: string;
  quietHelp: string;
  noQuietButton: string;
  silentButton: string;
  otherQuietButton: string;
  itemsHelp: string;
  itemsDefault: (items: number) => string;
  quietDayHelp: string;
  quietDayNothingButton: string;
  quietDayLineButton: string;
  /** What is set: a line when there is nothing new. */
  quietDayLine: string;
  styleHelp: string;
  styleLabels: Record<Style, string>;
  pauseHelp: string;
  pauseDays: (days: number) => string;
  otherPauseButton: string;

  /** In a group the name of the person stands before it. */
  ask: (what: Asked) => string;
  /** In a private chat, for the zone. */
  askPlace: string;
  /** Shown in the empty field, 1–64 characters. */
  placeholder: Record<Asked, string>;
  notUnderstood: (what: Asked, seen: string) => string;
  pausePast: string;
  pauseTooLong: string;
  whichZone: string;
  placeZone: (zone: string) => string;
  useZoneButton: (zone: string) => string;
  placeUnknown: string;

  refused: Record<Refusal, string>;
  scheduleHow: string;
  scheduleProblem: Record<'unreadable' | 'never' | 'too-often', string>;
  notPaused: string;

  /** A press in private, about another chat. */
  toastNotYours: string;
  toastBotOutside: string;
  cannotPost: (bot: string) => string;
  inPrivate: string;
  inPrivateButton: string;

  chatsTitle: string;
  chatsHelp: string;
  chatsNone: string;
  chatsButton: string;
  addChannelButton: string;
  addGroupButton: string;
  added: (name: string) => string;
}
