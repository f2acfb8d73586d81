/**
 * Time zones as people name them: a city or a country in Vietnamese or English, with or without diacritics, an IANA name,
 * a place on the map. Pure; what a zone's clocks show is the runtime's knowledge.
 */
import lookUp from '@photostructure/tz-lookup';
import { PLACES } from './places.ts';

/** So many fit below one another as buttons. */
const MAX_FOUND = 6;
/** Shorter beginnings fit too many cities. */
const MIN_BEGINNING = 3;

export interface FoundZone {
  /** IANA. */
  zone: string;
  /** The place that fits, as people write it. */
  name: string;
}

/** Names of zones that were changed; runtimes go on listing the old ones (ICU keeps them as canonical). */
const RENAMED: Readonly<Record<string, string>> = {
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Ulan_Bator': 'Asia/Ulaanbaatar',
  'Europe/Kiev': 'Europe/Kyiv',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Pacific/Truk': 'Pacific/Chuuk',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'America/Godthab': 'America/Nuuk',
};

/** True when the runtime's zone database knows `zone`. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Za-z]/u.test(zone); // "+07:00" is a zone to Intl, but not an IANA name.
  } catch {
    return false; // RangeError: an unknown zone.
  }
}

/**
 * Zones for what somebody typed, best first: one when it is clear, several when it is the beginning of several names, none
 * when nobody knows it. The same zone comes once.
 */
export function findZones(text: string): FoundZone[] {
  const wanted = fold(text);
  if (wanted === '') return [];
  const places = allPlaces();
  const exact = places.filter((place) => place.folded === wanted);
  if (exact.length > 0) return distinct(exact);
  const iana = ianaName(text.trim());
  if (iana !== null) return [{ zone: iana, name: cityOf(iana) }];
  if (wanted.length < MIN_BEGINNING) return [];
  return distinct(places.filter((place) => place.folded.startsWith(wanted)));
}

function distinct(places: readonly FoundZone[]): FoundZone[] {
  const found = new Map<string, FoundZone>();
  for (const { zone, name } of places) {
    if (!found.has(zone) && isZone(zone)) found.set(zone, { zone, name });
    if (found.size === MAX_FOUND) break;
  }
  return [...found.values()];
}

/** Our own names, then the cities by which the zones are called. Not kept: it takes milliseconds and is rarely asked for. */
function allPlaces(): (FoundZone & { folded: string })[] {
  const own = Object.entries(PLACES).flatMap(([zone, names]) =>
    names.split(',').map((name) => ({ zone, name: name.trim().replace(/\s+/gu, ' ') })),
  );
  const cities = Intl.supportedValuesOf('timeZone').map((listed) => {
    const zone = RENAMED[listed] ?? listed;
    return { zone, name: cityOf(zone) };
  });
  return [...own, ...cities].map((place) => ({ ...place, folded: fold(place.name) }));
}

/** "asia/ho_chi_minh" as IANA writes it; null when it is no zone. Plain abbreviations are no names of places. */
function ianaName(text: string): string | null {
  const name = text.replace(/\s+/gu, '_');
  if (!name.includes('/') || name.length > MAX_ZONE_UNITS || !isZone(name)) return null;
  const listed = Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase() === name.toLowerCase());
  const own = Object.keys(PLACES).find((zone) => zone.toLowerCase() === name.toLowerCase());
  // Where neither is known: "america/port-au-prince" → "America/Port-au-Prince" would need a list; capitals do.
  const written = name
    .toLowerCase()
    .replace(/(^|[/_])([a-z])/gu, (_, before: string, letter: string) => {
      return before + letter.toUpperCase();
    })
    .replace('/Gmt', '/GMT');
  return own ?? (listed === undefined ? written : (RENAMED[listed] ?? listed));
}

/** The longest IANA name has 32 letters. */
const MAX_ZONE_UNITS = 40;

/** "Buenos Aires", of "America/Argentina/Buenos_Aires". */
export function cityOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** Letters and digits without accents: "Đà Nẵng", "da nang" and "DaNang" are one. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** The zone of a place on the map; null where the runtime does not know it. Degrees, north and east are positive. */
export function zoneAt(latitude: number, longitude: number): string | null {
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null;
  const zone = isNorthernVietnam(latitude, longitude) ? 'Asia/Ho_Chi_Minh' : lookUp(latitude, longitude);
  return isZone(zone) ? zone : null;
}

/**
 * The maps count it as Asia/Bangkok, whose clocks have shown the same since 1970; but nobody in Hanoi calls it Bangkok
 * time. Thailand itself ends west of these lines.
 */
function isNorthernVietnam(latitude: number, longitude: number): boolean {
  if (lookUp(latitude, longitude) !== 'Asia/Bangkok') return false;
  return latitude > 18.5 ? longitude > 102 : latitude > 16.5 && longitude > 105;
}
