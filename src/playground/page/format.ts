/**
 * Times as a chat shows them, in the newsroom's zone and the page's language. Formatters are slow to make, so each is made
 * once.
 */

export interface Formats {
  /** `07:00` */
  time: (ms: number) => string;
  /** `Thứ Năm, 25 tháng 12` */
  day: (ms: number) => string;
  /** `07:00 T5, 25/12` */
  moment: (ms: number) => string;
  /** Tells days apart, `2025-12-25`. */
  dayKey: (ms: number) => string;
}

export function formatsFor(language: 'vi' | 'en', zone: string): Formats {
  const locale = language === 'vi' ? 'vi-VN' : 'en-GB';
  const make = (options: Intl.DateTimeFormatOptions, tag = locale): ((ms: number) => string) => {
    const format = new Intl.DateTimeFormat(tag, { timeZone: zone, ...options });
    return (ms) => format.format(ms);
  };
  const time = make({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const shortDay = make({ weekday: 'short', day: 'numeric', month: 'numeric' });
  return {
    time,
    day: make({ weekday: 'long', day: 'numeric', month: 'long' }),
    moment: (ms) => `${time(ms)} ${shortDay(ms)}`,
    // Swedish writes dates as ISO 8601 does.
    dayKey: make({ dateStyle: 'short' }, 'sv-SE'),
  };
}
