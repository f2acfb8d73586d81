/**
 * Packs blocks into as few messages as Telegram's limits allow, never cutting inside a block, so that no markup is ever
 * torn. The limits are kept with room to spare, for the notice that a digest may carry above it.
 */
import { EMPTY, measure, type Html, type Size } from './html.ts';

/** Text after parsing: 1–4096 characters (Bot API, sendMessage). */
export const MESSAGE_UNITS = 4_096;
/** TDLib, MAX_USER_ENTITY_COUNT: further entities are dropped silently. */
export const MESSAGE_ENTITIES = 100;
/** Raw text with its markup (tdlib/telegram-bot-api, `Text is too long`). */
export const MESSAGE_BYTES = 32_768;

/** Kept free for a notice above the first part and for what Telegram may count differently. */
const RESERVE: Size = { units: 400, entities: 6, bytes: 4_096 };

const LIMIT: Size = {
  units: MESSAGE_UNITS - RESERVE.units,
  entities: MESSAGE_ENTITIES - RESERVE.entities,
  bytes: MESSAGE_BYTES - RESERVE.bytes,
};

export interface PackOptions {
  /** Above the blocks of each part: the part's number from 1, and the index of its first block. */
  header: (part: number, first: number) => Html;
  /** Below the blocks of the last part. */
  footer?: Html;
  /** Between two blocks of a part; may be another one before the block with a certain index. */
  separator: string | ((index: number) => Html);
}

/**
 * @returns one `Html` a message; empty when there are no blocks
 * @throws when a block does not fit into a message of its own: the views keep their blocks far below that
 */
export function pack(blocks: readonly Html[], options: PackOptions): Html[] {
  const parts: Html[] = [];
  const footer = options.footer ?? EMPTY;
  const { separator } = options;
  const before = (index: number): Html =>
    typeof separator === 'string' ? { html: separator } : separator(index);
  let current = '';
  let size = NOTHING;
  for (const [index, block] of blocks.entries()) {
    const tail = measure(index === blocks.length - 1 ? footer : EMPTY);
    const added = measure(block);
    if (current !== '') {
      const between = before(index);
      const joined = sum(size, measure(between), added);
      if (isWithin(sum(joined, tail))) {
        current += between.html + block.html;
        size = joined;
        continue;
      }
      parts.push({ html: current });
    }
    const header = options.header(parts.length + 1, index);
    current = header.html + block.html;
    size = sum(measure(header), added);
    if (!isWithin(sum(size, tail))) throw new RangeError(`block ${index} does not fit into a message`);
  }
  if (current !== '') parts.push({ html: current + footer.html });
  return parts;
}

/** Whether a message is within the limits, with the reserve. */
export function fits(...contents: Html[]): boolean {
  return isWithin(sum(...contents.map(measure)));
}

function isWithin(size: Size): boolean {
  return size.units <= LIMIT.units && size.entities <= LIMIT.entities && size.bytes <= LIMIT.bytes;
}

const NOTHING: Size = { units: 0, entities: 0, bytes: 0 };

/** Markup is whole in each piece, so the size of the pieces together is the sum of their sizes. */
function sum(...sizes: Size[]): Size {
  return sizes.reduce(
    (all, { units, entities, bytes }) => ({
      units: all.units + units,
      entities: all.entities + entities,
      bytes: all.bytes + bytes,
    }),
    NOTHING,
  );
}
