/**
 * The pages of the settings, one for each choice. Every button says what is to be; what is set has a tick.
 */
import type { Change } from '../../digest/change.ts';
import { asSimple, EVERY_DAY } from '../../digest/cron.ts';
import { clockTime } from '../../digest/quiet.ts';
import type { FoundZone } from '../../digest/zones.ts';
import type { DigestStyle, Subscription } from '../../digest/subscription.ts';
import type { Asked } from '../../i18n/settingsTexts.ts';
import type { SettingsPage } from '../settingsData.ts';
import { html, shorten, type Html } from './html.ts';
import {
  mainView,
  PRESET_TIMES,
  pageButton,
  pressed,
  settingsText,
  type SettingsState,
} from './settingsView.ts';
import { inRows, view, type Button, type View } from './view.ts';
import { formatTime, zoneName, zoneOffset } from './when.ts';

const WEEKDAYS = [1, 2, 3, 4, 5];
const WEEKEND = [0, 6];
const ITEMS = [3, 5, 7, 10, 15, 20, 30];
const STYLES: DigestStyle[] = ['short', 'normal', 'full'];
const PAUSES = [1, 3, 7, 14, 28];
const NIGHTS = [
  { from: 22 * 60, to: 6 * 60 },
  { from: 23 * 60, to: 7 * 60 },
  { from: 21 * 60, to: 8 * 60 },
];
/** Where most Vietnamese readers live. */
const ZONES = [
  ...['Asia/Ho_Chi_Minh', 'Asia/Tokyo', 'Asia/Seoul'],
  ...['Asia/Taipei', 'Asia/Singapore', 'Australia/Sydney'],
  ...['Europe/Berlin', 'Europe/Paris', 'Europe/Prague'],
  ...['Europe/London', 'America/New_York', 'America/Los_Angeles'],
];
const MAX_PLACE_UNITS = 40;

/** The page; that of a chat without a subscription is the one where it begins. */
export function settingsView(state: SettingsState, page: SettingsPage): View {
  const { subscription } = state;
  if (page === 'main' || subscription === null || subscription.nextAt === null) return mainView(state);
  const [help, rows] = PAGES[page](state, subscription);
  return view(html`${settingsText(state)}\n\n${help}`, [
    ...rows,
    [pageButton(state, 'main', state.t.settings.backButton)],
  ]);
}

type Page = (state: SettingsState, subscription: Subscription) => [Html, Button[][]];

const PAGES: Record<Exclude<SettingsPage, 'main'>, Page> = {
  times(state, { cron }) {
    const texts = state.t.settings;
    const times = asSimple(cron)?.times ?? null;
    const all = [...new Set([...PRESET_TIMES, ...(times ?? [])])].sort((a, b) => a - b);
    const buttons = all.map((minute) => {
      const isOn = times?.includes(minute) === true;
      const how = isOn ? 'remove' : 'add';
      return changeButton(state, { set: 'times', minutes: [minute], how }, clockTime(minute), isOn);
    });
    return [
      html`${times === null ? texts.timesCustom : texts.timesHelp}`,
      [...inRows(buttons, 4), [askButton(state, 'times', texts.otherTimeButton)]],
    ];
  },

  days(state, { cron }) {
    const texts = state.t.settings;
    const weekdays = asSimple(cron)?.weekdays;
    if (weekdays === undefined) return [html`${texts.daysCustom}`, []];
    // A week begins on Monday.
    const buttons = [1, 2, 3, 4, 5, 6, 0].map((day) => {
      const isOn = weekdays.includes(day);
      const how = isOn ? 'remove' : 'add';
      return changeButton(state, { set: 'days', days: [day], how }, texts.dayLabels[day] ?? '', isOn);
    });
    const only = (days: readonly number[], text: string): Button =>
      changeButton(state, { set: 'days', days: [...days], how: 'only' }, text, same(days, weekdays));
    return [
      html`${texts.daysHelp}`,
      [
        [
          only(EVERY_DAY, texts.everyDayButton),
          only(WEEKDAYS, texts.weekdaysButton),
          only(WEEKEND, texts.weekendButton),
        ],
        ...inRows(buttons, 4),
      ],
    ];
  },

  zone(state, { zone }) {
    const { t, now } = state;
    const buttons = ZONES.map((one) =>
      changeButton(state, { set: 'zone', zone: one }, zoneName(one, t), one === zone),
    );
    return [
      html`${t.settings.zoneHelp(zoneName(zone, t), zoneOffset(now, zone), formatTime(now, zone))}`,
      [...inRows(buttons, 3), [askButton(state, 'zone', t.settings.otherZoneButton)]],
    ];
  },

  quiet(state, { quiet, silent }) {
    const texts = state.t.settings;
    const nights = NIGHTS.map((night) => {
      const isOn = quiet?.from === night.from && quiet.to === night.to;
      const text = `${clockTime(night.from)}–${clockTime(night.to)}`;
      return changeButton(state, { set: 'quiet', quiet: night }, text, isOn);
    });
    const isLoud = quiet === null && !silent;
    return [
      html`${texts.quietHelp}`,
      [
        [
          changeButton(state, { set: 'quiet', quiet: null }, texts.noQuietButton, isLoud),
          changeButton(state, { set: 'silent' }, texts.silentButton, silent),
        ],
        nights,
        [askButton(state, 'quiet', texts.otherQuietButton)],
      ],
    ];
  },

  items(state, { maxItems, tellsQuietDay }) {
    const texts = state.t.settings;
    const { maxItems: usual } = state.defaults;
    const buttons = ITEMS.map((items) =>
      changeButton(state, { set: 'items', maxItems: items }, String(items), items === maxItems),
    );
    const byDefault = changeButton(
      state,
      { set: 'items', maxItems: null },
      texts.itemsDefault(usual),
      maxItems === null,
    );
    const onQuietDays = [false, true].map((tells) =>
      changeButton(
        state,
        { set: 'quietDay', tells },
        tells ? texts.quietDayLineButton : texts.quietDayNothingButton,
        tells === tellsQuietDay,
      ),
    );
    return [
      html`${texts.itemsHelp}\n${texts.quietDayHelp}`,
      [...inRows(buttons, 4), [byDefault], onQuietDays],
    ];
  },

  style(state, { style }) {
    const texts = state.t.settings;
    const rows = STYLES.map((one) => [
      changeButton(state, { set: 'style', style: one }, texts.styleLabels[one], one === style),
    ]);
    return [html`${texts.styleHelp}`, rows];
  },

  language({ t, target }, { language }) {
    const rows = (['vi', 'en'] as const).map((one) =>
      pressed({ do: 'speak', target, language: one }, LANGUAGE_NAMES[one], one === language),
    );
    return [html`${t.chooseLanguage}`, [rows]];
  },

  pause(state) {
    const texts = state.t.settings;
    const buttons = PAUSES.map((days) =>
      changeButton(state, { set: 'pauseDays', days }, texts.pauseDays(days), false),
    );
    return [
      html`${texts.pauseHelp}`,
      [...inRows(buttons, 3), [askButton(state, 'pause', texts.otherPauseButton)]],
    ];
  },
};

/** Languages are called in themselves, so that whoever chose the wrong one finds back. */
export const LANGUAGE_NAMES = { vi: '🇻🇳 Tiếng Việt', en: '🇬🇧 English' } as const;

function changeButton({ target }: SettingsState, change: Change, text: string, isOn: boolean): Button {
  return pressed({ do: 'change', target, change }, text, isOn);
}

function askButton({ target }: SettingsState, what: Asked, text: string): Button {
  return pressed({ do: 'ask', target, what }, text);
}

function same(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((day) => other.includes(day));
}

/** Which of the places somebody meant. */
export function zoneChoice(state: SettingsState, found: readonly FoundZone[]): View {
  const { t } = state;
  const rows = found.map(({ zone, name }) => {
    const text = `${shorten(name, MAX_PLACE_UNITS)} (${zoneOffset(state.now, zone)})`;
    return [changeButton(state, { set: 'zone', zone }, text, false)];
  });
  return view(html`${t.settings.whichZone}`, rows);
}

/** After a place was sent without having been asked for. */
export function placeView(state: SettingsState, zone: string): View {
  const { t } = state;
  const name = zoneName(zone, t);
  return view(html`${t.settings.placeZone(name)}`, [
    [changeButton(state, { set: 'zone', zone }, t.settings.useZoneButton(name), false)],
  ]);
}
