/**
 * Quiet hours: a digest comes then all the same, without a sound. Pure; may go over midnight.
 */

/** Minutes of the local day: from the first, up to and without the second. The same twice would be all day or never. */
export interface QuietHours {
  from: number;
  to: number;
}

export function isQuiet({ from, to }: QuietHours, minute: number): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** As it is kept: "22:00-06:30". */
export function writeQuiet({ from, to }: QuietHours): string {
  return `${clockTime(from)}-${clockTime(to)}`;
}

/** Null for anything that `writeQuiet` did not make. */
export function readQuiet(text: string): QuietHours | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/u.exec(text);
  if (match === null) return null;
  const [h1, m1, h2, m2] = match.slice(1).map(Number);
  const [from, to] = [Number(h1) * 60 + Number(m1), Number(h2) * 60 + Number(m2)];
  return from === to ? null : { from, to };
}

/** "06:30", of a minute of the day. */
export function clockTime(minute: number): string {
  return `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

/** Tells the minute of the local day of an instant; remembers zones, since formatters are slow to make. */
export function minuteFinder(): (at: number, zone: string) => number {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (at, zone) => {
    let format = formats.get(zone);
    if (format === undefined) {
      format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
      formats.set(zone, format);
    }
    const [hours, minutes] = format.format(at).split(':');
    return Number(hours) * 60 + Number(minutes);
  };
}
