/**
 * Places that can be shared without a map: each in a time zone of its own, one of them with a clock that moves by half an
 * hour in summer.
 */
import type { Point } from '../protocol.ts';

export type PlaceName = 'hanoi' | 'tokyo' | 'berlin' | 'newYork' | 'lordHowe';

export const PLACES: readonly (Point & { name: PlaceName })[] = [
  { name: 'hanoi', latitude: 21.03, longitude: 105.85 },
  { name: 'tokyo', latitude: 35.68, longitude: 139.69 },
  { name: 'berlin', latitude: 52.52, longitude: 13.4 },
  { name: 'newYork', latitude: 40.71, longitude: -74.01 },
  { name: 'lordHowe', latitude: -31.55, longitude: 159.08 },
];

/** As people write it: 52.52, 13.4. */
export function pointText({ latitude, longitude }: Point): string {
  return `${latitude}, ${longitude}`;
}
