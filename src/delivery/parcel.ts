/**
 * One message as the courier gets it: the part of the edition, and above it, if it fits, the notice that earlier
 * messages may not have arrived. Pure.
 */
import type { DigestPart, Parcel } from './courier.ts';
import type { Intent, UnknownDelivery } from './outbox.ts';

/** Limits of one message (Bot API, sendMessage; TDLib counts links and the like as entities and drops those beyond). */
const MAX_TEXT_UNITS = 4_096;
const MAX_RAW_BYTES = 32_768;
const MAX_ENTITIES = 100;
const MAX_BUTTONS = 100;
/** The blank line between the notice and the digest, and what else joining them may take. */
const SEAM_UNITS = 8;

export interface Packed {
  parcel: Parcel;
  /** The unknown deliveries that the parcel tells the chat about; empty when it carries no notice. */
  announced: number[];
}

export function pack(
  intent: Intent,
  content: DigestPart,
  notice: (missing: readonly UnknownDelivery[]) => DigestPart | null,
): Packed {
  // One edition at a time, the oldest first: a notice offers one at a tap.
  const missing = intent.unannounced.filter((delivery) => delivery.slot === intent.unannounced[0]?.slot);
  const above = missing.length === 0 ? null : written(notice, missing);
  const fitting = above !== null && fits(above, content) ? above : null;
  return {
    parcel: {
      chatId: intent.chatId,
      threadId: intent.offTopic ? 0 : intent.threadId,
      part: content,
      silent: intent.silent,
      plain: intent.plain,
      notice: fitting,
    },
    announced: fitting === null ? [] : missing.map((delivery) => delivery.id),
  };
}

/** A notice that cannot be written must not keep the digest from leaving. */
function written(
  notice: (missing: readonly UnknownDelivery[]) => DigestPart | null,
  missing: readonly UnknownDelivery[],
): DigestPart | null {
  try {
    return notice(missing);
  } catch {
    // Tried again with the next parcel; the deliveries stay listed meanwhile.
    return null;
  }
}

function fits(notice: DigestPart, part: DigestPart): boolean {
  const html = notice.html + part.html;
  const buttons = [...notice.buttons, ...part.buttons].flat().length;
  return (
    visibleUnits(html) + SEAM_UNITS <= MAX_TEXT_UNITS &&
    Buffer.byteLength(html) + SEAM_UNITS <= MAX_RAW_BYTES &&
    (html.match(/<[a-z]/giu)?.length ?? 0) <= MAX_ENTITIES &&
    buttons <= MAX_BUTTONS
  );
}

/** UTF-16 units that remain of Telegram HTML once tags are gone and references stand for one character. */
function visibleUnits(html: string): number {
  return html.replace(/<[^>]*>/gu, '').replace(/&(?:lt|gt|amp|quot|#\d+|#x[\da-f]+);/giu, '?').length;
}
