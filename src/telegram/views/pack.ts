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
  const before = (index: number): string =>
    typeof separator === 'string' ? separator : separator(index).html;
  let current = '';
  for (const [index, block] of blocks.entries()) {
    const tail = index === blocks.length - 1 ? footer : EMPTY;
    const joined = { html: current + before(index) + block.html };
    if (current !== '' && fits(joined, tail)) {
      current = joined.html;
      continue;
    }
    if (current !== '') parts.push({ html: current });
    current = options.header(parts.length + 1, index).html + block.html;
    if (!fits({ html: current }, tail)) throw new RangeError(`block ${index} does not fit into a message`);
  }
  if (current !== '') parts.push({ html: current + footer.html });
  return parts;
}

/** Whether a message is within the limits, with the reserve. */
export function fits(...contents: Html[]): boolean {
  const size = measure({ html: contents.map((content) => content.html).join('') });
  return size.units <= LIMIT.units && size.entities <= LIMIT.entities && size.bytes <= LIMIT.bytes;
}
