/** Entities in a form that fits into a table: `type@offset+length`, with the argument behind a colon. */
import type { Entity } from '../../src/playground/wire.ts';

export function show(entity: Entity): string {
  const argument =
    entity.url ??
    entity.language ??
    entity.custom_emoji_id ??
    entity.user?.id ??
    (entity.unix_time === undefined
      ? undefined
      : `${entity.unix_time} ${entity.date_time_format ?? ''}`.trim());
  return `${entity.type}@${entity.offset}+${entity.length}${argument === undefined ? '' : `:${argument}`}`;
}
