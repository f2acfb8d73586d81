/** English: settings. */
import type { Asked, SettingsTexts } from './settingsTexts.ts';

const number = new Intl.NumberFormat('en-GB');
const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${number.format(count)} ${many}`;

const WISHES: Record<Asked, string> = {
  times: 'a time such as 06:30, or several: 6:30 and 18:00',
  zone: 'a city (Hanoi, Berlin…) or a time zone such as Europe/Berlin',
  quiet: 'the quiet hours, such as 22:00-06:00',
  pause: 'the day to go on, such as 31/12/2026, or for how long: 10 days',
};

export const settingsEn: SettingsTexts = {
  title: 'Digest settings',
  titleOf: (name) => `Digest of ${name}`,
  sends: (schedule) => `It comes ${schedule}.`,
  thenAlso: (one, other) => `Then: ${one} and ${other}`,
  paused: (until) => `Paused until ${until}.`,
  quietFrom: (from, to) => `Silent from ${from} to ${to}.`,
  alwaysSilent: 'Always silent.',
  shape: (items, style, language) =>
    `At most ${counted(items, 'article', 'articles')} a digest, ${style}, in ${language}.`,
  styleNames: { short: 'brief', normal: 'with summaries', full: 'in full' },
  languageNames: { vi: 'Vietnamese', en: 'English' },
  adminsChange: 'Only admins can change this.',

  startNone: (zone) =>
    `There is no subscription yet. Choose a time of day (${zone} time); days and everything else can be changed right after.`,
  startStopped: (schedule) =>
    `The digest is stopped. It used to come ${schedule}. Get it as before, or choose a new time.`,
  startAgainButton: '🔔 As before',

  openButton: '⚙️ Settings',
  timesButton: '🕒 Times',
  daysButton: '📅 Days',
  zoneButton: '🌏 Time zone',
  quietButton: '🌙 Quiet hours',
  itemsButton: '🔢 Length',
  styleButton: '✍️ Style',
  languageButton: '🌐 Language',
  pauseButton: '⏸ Pause',
  resumeButton: '▶️ Resume',
  previewButton: '🗞 Preview',
  stopButton: '🔕 Unsubscribe',
  backButton: '◀️ Done',

  timesHelp: 'Tap to add or remove a time; there may be several a day.',
  timesCustom: 'This schedule was set by /schedule. A time chosen here replaces it, every day.',
  otherTimeButton: '⌨️ Other time',
  daysHelp: 'Tap to add or remove a day.',
  daysCustom: 'This schedule was set by /schedule, so its days are changed there, too.',
  everyDayButton: 'Every day',
  weekdaysButton: 'Mon–Fri',
  weekendButton: 'Weekend',
  dayLabels: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
  zoneHelp: (zone, offset, time) => `${zone} time (${offset}): it is ${time} now.`,
  otherZoneButton: '⌨️ Other place',
  quietHelp: 'During quiet hours the digest comes all the same, only silently.',
  noQuietButton: 'Always with sound',
  silentButton: 'Always silent',
  otherQuietButton: '⌨️ Other hours',
  itemsHelp: 'How many articles may one digest list? The others are behind its “more” button.',
  itemsDefault: (items) => `Default (${number.format(items)})`,
  quietDayHelp: 'And when there is nothing new: silence, or one line that says so?',
  quietDayNothingButton: 'Silence',
  quietDayLineButton: 'One line',
  quietDayLine: 'One line when there is nothing new.',
  styleHelp: 'What should the digest look like?',
  styleLabels: {
    short: 'Brief: titles only',
    normal: 'With summaries',
    full: 'In full: unfolds in place',
  },
  pauseHelp: 'For how long? Afterwards one digest has what is new since then.',
  pauseDays: (days) => (days % 7 === 0 ? counted(days / 7, 'week', 'weeks') : counted(days, 'day', 'days')),
  otherPauseButton: '⌨️ Until a date',

  ask: (what) => `Please reply to this message with ${WISHES[what]}.`,
  askPlace: 'Or share a location (📎 → Location).',
  placeholder: { times: '6:30', zone: 'Hanoi', quiet: '22:00 - 6:00', pause: '10 days' },
  notUnderstood: (what, seen) =>
    `The bot did not understand “${seen}”. Please reply to this message with ${WISHES[what]}.`,
  pausePast: 'That day is past. Please choose a later one.',
  pauseTooLong: 'A pause may last a year at most. To stop the digest: /unsubscribe',
  whichZone: 'Which place do you mean?',
  placeZone: (zone) => `That place is on ${zone} time. Use it for the digest here?`,
  useZoneButton: (zone) => `Use ${zone} time`,
  placeUnknown: 'The bot does not know the time zone of that location. Please type a city.',

  refused: {
    custom: 'This schedule was set by /schedule, so its days are changed there, too.',
    'too-many-times': 'At most 12 times a day. Please remove one first.',
    'no-time-left': 'At least one time has to stay. To stop the digest: /pause or /unsubscribe',
    'no-day-left': 'At least one day has to stay. To stop the digest: /pause or /unsubscribe',
    'too-often': 'At most 24 digests a day, one an hour.',
    never: 'That schedule never comes true.',
    none: 'There is no subscription here. To get the digest: /subscribe',
  },
  scheduleHow:
    'Write times or a schedule after the command:\n/schedule 06:30 18:00\n/schedule 30 6 * * 1-5\nThe five fields are minute, hour, day, month, day of the week (1 is Monday, 0 or 7 is Sunday); put semicolons between several schedules.',
  scheduleProblem: {
    unreadable: 'The bot cannot read that schedule.',
    never: 'That schedule never comes true, like the 30th of February.',
    'too-often': 'At most 24 digests a day, one an hour.',
  },
  notPaused: 'The digest is not paused.',

  toastNotYours: 'Telegram does not confirm that you are an admin there, so nothing was changed.',
  toastBotOutside: 'The bot is not there any more. Please add it again and retry.',
  cannotPost: (bot) => `${bot} cannot post there yet. Please let it post.`,
  inPrivate: 'The settings of a channel open in private with the bot, for its admins.',
  inPrivateButton: '⚙️ Open settings',

  chatsTitle: 'Your channels and groups',
  chatsHelp: 'Choose one to change its settings. Yours is missing? Write /settings @channel',
  chatsNone:
    'The bot is in no channel or group of which you are an admin. Add it with the buttons below, or write /settings @channel',
  chatsButton: '📢 Channels and groups',
  addChannelButton: '➕ Add to a channel',
  addGroupButton: '➕ Add to a group',
  added: (name) => `The bot is now in ${name}.`,
};
