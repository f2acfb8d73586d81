/**
 * What a text pins down: days, months, numbers, and which one of a series it is ("kỳ 34", "bão số 14"). Pure.
 *
 * Written for Vietnamese and English newspapers. A day is `month * 100 + day`, since texts leave out the year.
 */

export interface Mentions {
  days: ReadonlySet<number>;
  /** "CPI tháng 5": months without a day. */
  months: ReadonlySet<number>;
  /** "Tết 2019": of this century and the last, not those of days. */
  years: ReadonlySet<string>;
  /** As `designator number`: "kỳ 34". */
  ordinals: ReadonlySet<string>;
  /** Without those of days: "1.240" and "1,240" are both "1240", "9,62" is "9.62". */
  numbers: ReadonlySet<string>;
}

/** A text says "3/10" of eyesight and "2-2" of a match: such pairs are days only behind a word for a time. */
const TIME_WORD =
  '(?:ngày|sáng|trưa|chiều|tối|đêm|khuya|hôm|nay|qua|mai|kia|từ|đến|tới|trước|sau|hết|mùng|day|on|from|until|to)';
const FULL = /(?<![\d/.,-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)/gu;
const RANGE = /(?<![\d/.,-])(\d{1,2}) ?(?:-|–|đến|và|,) ?(\d{1,2})[/-](\d{1,2})(?:[/-]\d{4})?(?![\d/])/gu;
const TIMED = new RegExp(`${TIME_WORD},? \\(?(\\d{1,2}) ?[/.-] ?(\\d{1,2})(?![\\d/%])`, 'giu');
const BRACKETED = /\((\d{1,2})[/-](\d{1,2})\)/gu;
const SLASHED = /(?<![\d/.,-])(\d{1,2})\/(\d{1,2})(?![\d/%])/gu;
const SPELT = /ngày (\d{1,2}) tháng (\d{1,2})/giu;
const MONTH_NAME =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const DAY_MONTH = new RegExp(`\\b(\\d{1,2}) ${MONTH_NAME}\\b`, 'giu');
const MONTH_DAY = new RegExp(`\\b${MONTH_NAME}\\.? (\\d{1,2})(?![\\d:])`, 'giu');
const MONTH = /tháng (\d{1,2})(?!\d)/giu;
const ORDINAL =
  /(?<![\p{L}\p{N}])(kỳ|kì|lần thứ|bão số|tập|phần|vòng|quý|đợt|tuần|khoá|khóa|mã đề|bài|lượt|chặng|round|part|episode|week|no\.?) (\d{1,4})(?![\d.,/])/giu;
const FIRST_YEAR = 1_900;
const YEAR = /^(?:19|20)\d\d$/u;
const NUMBER = /\d+(?:[.,]\d+)*/gu;

export function mentionsIn(text: string): Mentions {
  const days = new Set<number>();
  const add = (day: string | undefined, month: string | undefined): boolean => {
    const value = dayOf(Number(day), Number(month));
    if (value !== null) days.add(value);
    return value !== null;
  };
  let rest = text;
  const take = (pattern: RegExp, read: (match: string[]) => boolean): void => {
    rest = rest.replace(pattern, (...match: unknown[]) =>
      read(match.slice(0, 4) as string[]) ? ' ' : String(match[0]),
    );
  };
  take(RANGE, ([, first, last, month]) => {
    const [from, to] = [Number(first), Number(last)];
    if (dayOf(from, Number(month)) === null || dayOf(to, Number(month)) === null || from >= to) return false;
    for (let day = from; day <= to; day += 1) add(String(day), month);
    return true;
  });
  take(FULL, ([, day, month]) => add(day, month));
  take(SPELT, ([, day, month]) => add(day, month));
  take(TIMED, ([, day, month]) => add(day, month));
  take(BRACKETED, ([, day, month]) => add(day, month));
  take(SLASHED, ([, day, month]) => !isFraction(Number(day), Number(month)) && add(day, month));
  take(DAY_MONTH, ([, day, name]) => add(day, monthOf(name)));
  take(MONTH_DAY, ([, name, day]) => add(day, monthOf(name)));
  const months = new Set<number>();
  for (const [, month] of rest.matchAll(MONTH)) if (Number(month) <= 12) months.add(Number(month));
  const ordinals = new Set<string>();
  for (const [, designator = '', number] of rest.matchAll(ORDINAL)) {
    // "Nhiệm kỳ 2016 - 2021" is a year.
    if (Number(number) < FIRST_YEAR) ordinals.add(`${designator.toLowerCase()} ${Number(number)}`);
  }
  const numbers = numbersIn(rest);
  const years = new Set([...numbers].filter((number) => YEAR.test(number)));
  return { days, months, years, ordinals, numbers };
}

/** The numbers of a text as one way of writing them; those of days are among them. */
export function numbersIn(text: string): Set<string> {
  const numbers = new Set<string>();
  for (const [number] of text.matchAll(NUMBER)) numbers.add(normalNumber(number));
  return numbers;
}

/** A number of which nobody would say that it is the same by chance: three digits or more, and no year. */
export function isTelling(number: string): boolean {
  const digits = number.replace('.', '');
  return digits.length >= 3 && !YEAR.test(digits) && !/^[1-9]0+$/u.test(digits);
}

/** Null when there is no such day. */
function dayOf(day: number, month: number): number | null {
  return day >= 1 && day <= 31 && month >= 1 && month <= 12 ? month * 100 + day : null;
}

function isFraction(day: number, month: number): boolean {
  return day < month && month <= 10;
}

function monthOf(name = ''): string {
  return String(1 + MONTHS.indexOf(name.toLowerCase().slice(0, 3)));
}

/** Three digits behind every separator are thousands; anything else behind one is a fraction. */
function normalNumber(text: string): string {
  const parts = text.split(/[.,]/u);
  const [whole = '0', ...groups] = parts;
  const isGrouped = groups.length > 0 && whole.length <= 3 && groups.every((group) => group.length === 3);
  if (isGrouped) return trimZeros(parts.join(''));
  if (groups.length === 0) return trimZeros(whole);
  const fraction = groups.join('').replace(/0+$/u, '');
  return fraction === '' ? trimZeros(whole) : `${trimZeros(whole)}.${fraction}`;
}

function trimZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/u, '');
}
