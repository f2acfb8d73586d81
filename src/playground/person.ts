/**
 * A person with a Telegram account: writes, presses buttons, asks inline, blocks the bot. What a test or the console
 * does goes through here, so that the bot sees what it would see from Telegram.
 */
import { write } from './incoming.ts';
import type { Point, SendOptions } from './incoming.ts';
import type { Post } from './post.ts';
import type { InlineAsk, Press, Queries } from './queries.ts';
import type { Button, ChatMember, ChatType, User } from './wire.ts';
import type { Account, ChatState, World } from './world.ts';

/** A chat by its id, or anything that has one: a room, or a person for the private chat with the bot. */
export type Where = number | { readonly id: number };

export function chatAt(world: World, where: Where): ChatState {
  const id = typeof where === 'number' ? where : where.id;
  const chat = world.chats.get(id);
  if (chat === undefined) throw new Error(`there is no chat ${id}`);
  return chat;
}

export class Person {
  readonly user: User;
  readonly #world: World;
  readonly #queries: Queries;
  readonly #account: Account;

  constructor(world: World, queries: Queries, account: Account) {
    this.#world = world;
    this.#queries = queries;
    this.#account = account;
    this.user = account.user;
  }

  /** Also the id of the private chat with the bot. */
  get id(): number {
    return this.user.id;
  }

  /** Writes in a chat. Commands and links are found in the text as Telegram finds them. */
  sends(where: Where, text: string, options: SendOptions = {}): Post {
    return write(this.#world, chatAt(this.#world, where), this.user, text, options);
  }

  /** Writes to the bot in private. */
  says(text: string): Post {
    return this.sends(this.id, text);
  }

  /** Sends a place on the map. */
  sendsPlace(where: Where, point: Point, options: SendOptions = {}): Post {
    return write(this.#world, chatAt(this.#world, where), this.user, point, options);
  }

  /**
   * Presses a button under a message.
   *
   * @param which its callback data, its text, or its number from 1
   * @throws Error when there is no such button, or it is none that asks the bot
   */
  presses(post: Post, which: string | number): Press {
    const button = findButton(post, which);
    if (button.callback_data === undefined) {
      throw new Error(
        `the button "${button.text}" does not ask the bot, it opens ${button.url ?? 'something else'}`,
      );
    }
    return this.#press(post, button, button.callback_data);
  }

  /** Presses what stands under no message: with a program of one's own one may send any data for any message. */
  forges(post: Post, data: string): Press {
    return this.#press(post, { text: '', callback_data: data }, data);
  }

  #press(post: Post, button: Button, data: string): Press {
    const world = this.#world;
    const press: Press = { id: String(7_000_000_000_000_000 + world.nextId()), button, answer: null };
    this.#queries.callbacks.add(press);
    // A message that somebody sent through inline mode has a name of its own, and its chat stays unknown to the bot.
    const inlineId = world.inlineIdOf(post);
    // Of a message that is gone Telegram shows the place only.
    const message = post.deleted
      ? ({ chat: post.wire.chat, message_id: post.id, date: 0 } as const)
      : structuredClone(post.wire);
    world.updates.push('callback_query', {
      id: press.id,
      from: this.user,
      ...(inlineId === null ? { message } : { inline_message_id: inlineId }),
      chat_instance: String(9_000_000_000 + Math.abs(post.chatId)),
      data,
    });
    return press;
  }

  /** Types `@bot query` in some chat; the answer appears in the result when it comes. */
  asks(query: string, offset = '', chatType: ChatType | 'sender' = 'sender'): InlineAsk {
    const ask: InlineAsk = { id: String(8_000_000_000_000_000 + this.#world.nextId()), query, answer: null };
    this.#queries.inlines.add(ask);
    this.#world.updates.push('inline_query', {
      id: ask.id,
      from: this.user,
      query,
      offset,
      chat_type: chatType,
    });
    return ask;
  }

  /** Sends one of the inline results into a chat, as a message through the bot. */
  chooses(ask: InlineAsk, resultId: string, where: Where, options: SendOptions = {}): Post {
    const result = ask.answer?.results.find((candidate) => candidate.id === resultId);
    if (result === undefined) throw new Error(`there is no result "${resultId}" to choose`);
    const { bot } = this.#world;
    const { content, keyboard } = result;
    const post = this.sends(where, result.title, { ...options, via: { bot, content, keyboard } });
    // Only a message with buttons can be edited later, and so needs a name.
    const inlineId = keyboard === null ? null : this.#world.nameInline(post);
    this.#world.updates.push('chosen_inline_result', {
      result_id: resultId,
      from: this.user,
      query: ask.query,
      ...(inlineId === null ? {} : { inline_message_id: inlineId }),
    });
    return post;
  }

  blocks(): void {
    this.#setBlocked(true);
  }

  unblocks(): void {
    this.#setBlocked(false);
  }

  /** Deletes the account. */
  deactivates(): void {
    this.#account.deactivated = true;
    this.#world.changed();
  }

  #setBlocked(blocked: boolean): void {
    const world = this.#world;
    const chat = chatAt(world, this.id);
    if (chat.blocked === blocked) return;
    chat.blocked = blocked;
    const was: ChatMember = { status: 'member', user: world.bot };
    const is: ChatMember = { status: 'kicked', user: world.bot, until_date: 0 };
    world.updates.push('my_chat_member', {
      chat: chat.wire,
      from: this.user,
      date: world.date(),
      old_chat_member: blocked ? was : is,
      new_chat_member: blocked ? is : was,
    });
    world.changed();
  }
}

function findButton(post: Post, which: string | number): Button {
  const { buttons } = post;
  const found =
    typeof which === 'number'
      ? buttons[which - 1]
      : (buttons.find((button) => button.callback_data === which) ??
        buttons.find((button) => button.text === which));
  if (found !== undefined) return found;
  const there = buttons.map((button) => `"${button.text}" (${button.callback_data ?? button.url ?? '-'})`);
  throw new Error(`no button "${which}" under message ${post.id}; there are: ${there.join(', ') || 'none'}`);
}
