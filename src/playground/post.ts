/**
 * One message in a chat as its readers see it now, with what it said before. The wire object is replaced, never
 * changed, so that an answer that went out stays what it was.
 */
import type { Button, Entity, Message } from './wire.ts';

/** A page-turning message is edited many times; the first hundred versions are enough for any test. */
const MAX_EARLIER = 100;

/** What `force_reply` asks for. */
export interface ReplyAsk {
  /** Stands in the empty field; may be empty. */
  placeholder: string;
  /** Only those who are mentioned, or whose message is answered. */
  selective: boolean;
}

export class Post {
  readonly chatId: number;
  readonly id: number;
  /** Written by the bot, not by a person or a channel's admin. */
  readonly own: boolean;
  /** Delivered without a sound. */
  readonly silent: boolean;
  /** Clients open the field for a reply to it; null for most messages. */
  readonly asks: ReplyAsk | null;
  wire: Message;
  /** What it said before each edit, oldest first; bounded. */
  readonly earlier: Message[] = [];
  edits = 0;
  deleted = false;

  constructor(wire: Message, own: boolean, silent: boolean, asks: ReplyAsk | null) {
    this.asks = asks;
    this.chatId = wire.chat.id;
    this.id = wire.message_id;
    this.wire = wire;
    this.own = own;
    this.silent = silent;
  }

  get text(): string {
    return this.wire.text ?? '';
  }

  get entities(): Entity[] {
    return this.wire.entities ?? [];
  }

  /** Null outside topics. */
  get threadId(): number | null {
    return this.wire.is_topic_message === true ? (this.wire.message_thread_id ?? null) : null;
  }

  get rows(): Button[][] {
    return this.wire.reply_markup?.inline_keyboard ?? [];
  }

  /** All buttons, row by row. */
  get buttons(): Button[] {
    return this.rows.flat();
  }

  /** The targets of the links in the text, in its order. */
  get links(): string[] {
    return this.entities.flatMap((entity) => {
      if (entity.url !== undefined) return [entity.url];
      return entity.type === 'url' ? [this.text.slice(entity.offset, entity.offset + entity.length)] : [];
    });
  }

  replace(wire: Message): void {
    if (this.earlier.length < MAX_EARLIER) this.earlier.push(this.wire);
    this.wire = wire;
    this.edits++;
  }
}
