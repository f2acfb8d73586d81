import { describe, expect, it } from 'vitest';
import { NOTICE_ROOM } from '../../src/delivery/courier.ts';
import { catalogue, languageOf, type CalendarDay, type Language } from '../../src/i18n/catalogue.ts';
import { noticeAbove } from '../../src/telegram/notices.ts';

const LANGUAGES: Language[] = ['vi', 'en'];
const DAY: CalendarDay = { year: 2026, month: 11, day: 24, weekday: 2 };

/** For functions that take something else than text: arguments, and what of them must be readable in the result. */
const ARGUMENTS: Record<string, [unknown[], string[]]> = {
  date: [[DAY], ['24', '2026']],
  longDate: [[DAY], ['24', '2026']],
  instant: [
    ['07:00', DAY],
    ['07:00', '24', '2026'],
  ],
  moreButton: [[7], ['7']],
  range: [
    [6, 10, 12],
    ['6', '10', '12'],
  ],
  hits: [[7], ['7']],
  foldedMore: [[7], ['7']],
  digestPart: [[2], ['2']],
  'story.sources': [[7], ['7']],
  'story.reports': [[7], ['7']],
  'story.range': [
    [6, 10, 12],
    ['6', '10', '12'],
  ],
  'edition.shortDate': [[DAY], ['24']],
  'edition.sentMore': [[7], ['7']],
  'edition.sentTooOld': [
    ['‹day›', 14],
    ['‹day›', '14'],
  ],
  'edition.news': [[7], ['7']],
  'edition.newest': [[7], ['7']],
  'edition.newsOf': [
    [5, 7],
    ['5', '7'],
  ],
  'edition.fromSources': [
    ['‹news›', 4],
    ['‹news›', '4'],
  ],
  'edition.fromNamed': [
    ['‹news›', ['‹one›', '‹other›']],
    ['‹news›', '‹one›', '‹other›'],
  ],
  'schedule.onWeekdays': [[[1, 3]], []],
  'schedule.onMonthDays': [[[1, 15]], ['1', '15']],
  'schedule.inMonths': [['‹days›', [6]], ['‹days›']],
  'schedule.at': [
    ['‹days›', ['06:30', '18:00']],
    ['‹days›', '06:30', '18:00'],
  ],
  'follows.alertFor': [[['‹one›', '‹other›']], ['‹one›', '‹other›']],
  'follows.inFor': [[['‹one›', '‹other›']], ['‹one›', '‹other›']],
  'follows.matched': [[8], ['8']],
  'follows.lookedAt': [[300], ['300']],
  'follows.listCount': [
    [3, 20],
    ['3', '20'],
  ],
  'follows.tooMany': [[20], ['20']],
  'follows.whyCounts': [
    [8, 9],
    ['8', '9'],
  ],
  'follows.whySpan': [[300], ['300']],
  'settings.shape': [
    [7, '‹style›', '‹language›'],
    ['7', '‹style›', '‹language›'],
  ],
  'settings.itemsDefault': [[7], ['7']],
  'settings.pauseDays': [[3], ['3']],
  'settings.ask': [['times'], ['06:30']],
  'settings.notUnderstood': [
    ['zone', '‹seen›'],
    ['‹seen›', 'Europe/Berlin'],
  ],
};

/** Every text of a catalogue by its path; of functions, what they say to sample arguments. */
function texts(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    const say = value as (...values: unknown[]) => string;
    const named = ARGUMENTS[path];
    const words = Array.from({ length: say.length }, (_, n) => `‹${n}›`);
    const [values, readable] = named ?? [words, words];
    const text = say(...values);
    for (const part of readable) expect(text, path).toContain(part);
    return [[path, text]];
  }
  const entries = Object.entries(value as object);
  return entries.flatMap(([key, inner]) => texts(inner, path === '' ? key : `${path}.${key}`));
}

describe.each(LANGUAGES)('the catalogue of %s', (language) => {
  const t = catalogue(language);
  const all = texts(t, '');

  it('has a text for everything, with whatever it is about', () => {
    expect(all.length).toBeGreaterThan(100);
    for (const [path, text] of all) expect(text.trim(), path).not.toBe('');
  });

  it('is plain text in NFC: the markup is made by the views', () => {
    for (const [path, text] of all) {
      expect(text.normalize('NFC'), path).toBe(text);
      expect(text, path).not.toMatch(/<\/?[a-z]+>|&[a-z]+;/u);
      expect(text, path).not.toMatch(/undefined|null|\[object|NaN|\$\{/u);
    }
  });

  it('describes each command in the length that Telegram takes', () => {
    for (const [name, text] of Object.entries(t.commands)) {
      expect(name).toMatch(/^[a-z0-9_]{1,32}$/u);
      expect(text.length).toBeGreaterThanOrEqual(1);
      expect(text.length).toBeLessThanOrEqual(256);
    }
  });

  it('mentions only commands that there are', () => {
    for (const [path, text] of all) {
      for (const [, name = ''] of text.matchAll(/(?:^|\s|\()\/([a-z]+)/gu)) {
        expect(Object.keys(t.commands), path).toContain(name);
      }
    }
  });

  it.each(['expired', 'articleGone', 'redelivering', 'redelivered', 'tooFast'] as const)(
    'says %s briefly enough for the answer to a button',
    (key) => {
      expect(t[key].length).toBeLessThanOrEqual(200);
    },
  );

  it.each([false, true])('says what may not have arrived in the room that is kept for it', (isAlert) => {
    const slot = Date.UTC(2026, 10, 25);
    const notice = noticeAbove({ id: 1, slot, isAlert, zone: 'America/Argentina/ComodRivadavia' }, language);
    expect(notice.html.length).toBeLessThanOrEqual(NOTICE_ROOM);
  });

  it('says briefly enough what appears over the chat', () => {
    const { refused, toastNotYours, toastBotOutside, notPaused, cannotPost } = t.settings;
    const over = [
      t.follows.gone,
      ...Object.values(refused),
      toastNotYours,
      toastBotOutside,
      notPaused,
      t.adminsOnly,
    ];
    for (const text of [...over, cannotPost('@'.padEnd(33, 'x'))])
      expect(text.length).toBeLessThanOrEqual(200);
  });

  it('shows in an empty field what fits there', () => {
    for (const text of [t.follows.placeholder, ...Object.values(t.settings.placeholder)])
      expect(text.length).toBeLessThanOrEqual(64);
  });

  it('knows seven days', () => {
    expect(new Set(t.weekdays).size).toBe(7);
    expect(new Set(t.settings.dayLabels).size).toBe(7);
  });

  it('knows when there was no digest before', () => {
    expect(t.nothingNew(null)).not.toContain('null');
    expect(t.nothingNew('07:00')).toContain('07:00');
  });
});

describe('the two catalogues', () => {
  it('have the same texts, lists as long as one another', () => {
    const paths = (language: Language): string[] => texts(catalogue(language), '').map(([path]) => path);
    expect(paths('en').sort()).toEqual(paths('vi').sort());
  });

  it('differ in every sentence', () => {
    const vietnamese = new Map(texts(catalogue('vi'), ''));
    const same = texts(catalogue('en'), '').filter(
      ([path, text]) => /\p{L}{4}/u.test(text) && vietnamese.get(path) === text,
    );
    expect(same).toEqual([]);
  });
});

describe('numbers and plurals', () => {
  it.each([
    [0, '0 bài', '0 articles'],
    [1, '1 bài', '1 article'],
    [2, '2 bài', '2 articles'],
    [1_234_567, '1.234.567 bài', '1,234,567 articles'],
  ])('%i', (count, vietnamese, english) => {
    expect(catalogue('vi').hits(count)).toBe(vietnamese);
    expect(catalogue('en').hits(count)).toBe(english);
  });

  it.each([
    [1, '1 tin mới', '1 new story'],
    [2, '2 tin mới', '2 new stories'],
    [1_200, '1.200 tin mới', '1,200 new stories'],
  ])('of an edition, %i', (count, vietnamese, english) => {
    expect(catalogue('vi').edition.news(count)).toBe(vietnamese);
    expect(catalogue('en').edition.news(count)).toBe(english);
  });

  it('are written as the language writes them wherever they stand', () => {
    expect(catalogue('vi').range(1, 5, 1_000)).toBe('1–5 trong 1.000 bài');
    expect(catalogue('en').range(1, 5, 1_000)).toBe('1–5 of 1,000');
    expect(catalogue('vi').moreButton(1_200)).toBe('Xem thêm 1.200 tin');
    expect(catalogue('en').moreButton(1_200)).toBe('1,200 more');
  });
});

describe('the language of a person', () => {
  it.each([
    ['vi', 'vi'],
    ['en', 'en'],
    ['en-GB', 'en'],
    ['VI-vn', 'vi'],
    ['fr', null],
    ['enm', null],
    ['', null],
    [undefined, null],
  ])('with the code %s is %s', (code, expected) => {
    expect(languageOf(code)).toBe(expected);
  });
});
