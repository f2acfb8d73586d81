/**
 * The chats, at the left: who talks with the bot where, what was said last, and how much of it is unread. The topics of a
 * forum stand below it.
 */
import type { ChatView, PostView } from '../protocol.ts';
import { serviceText } from './bubble.ts';
import type { Context } from './context.ts';
import { el, icon, replaceChildren, setAttributes, type Child } from './dom.ts';
import { pointText } from './places.ts';
import { keyOf, type Place } from './store.ts';

export function chatList(context: Context): HTMLElement {
  const { store, texts } = context;
  const list = el('ul', { class: 'chats', attrs: { 'aria-label': texts.chats } });
  const rows = new Rows(context);
  let shape = '';
  const draw = (): void => {
    const { chats } = store.hello;
    const next = JSON.stringify(
      chats.map(({ id, title, topics }) => [id, title, topics.map((topic) => topic.id)]),
    );
    // While the same chats are there, their buttons stay: one may be about to be pressed.
    if (next !== shape) {
      shape = next;
      replaceChildren(
        list,
        chats.map((chat) => (chat.topics.length === 0 ? rows.of(chat, 0) : forum(chat, rows))),
      );
    }
    rows.draw();
  };
  store.on('hello', draw);
  store.on('chats', draw);
  list.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const buttons = [...list.querySelectorAll<HTMLElement>('.chat')];
    const at = buttons.findIndex((other) => other === document.activeElement);
    if (step === 0 || at < 0) return;
    event.preventDefault();
    buttons[at + step]?.focus();
  });
  draw();
  return list;
}

function forum(chat: ChatView, rows: Rows): HTMLElement {
  const heading = el('div', { class: 'forum-name' }, [avatar(chat), el('span', { text: chat.title })]);
  const topics = el(
    'ul',
    { class: 'topics', attrs: { 'aria-label': chat.title } },
    chat.topics.map(({ id }) => rows.of(chat, id)),
  );
  return el('li', { class: 'forum' }, [heading, topics]);
}

/** The buttons of the list, by conversation. */
class Rows {
  readonly #context: Context;
  readonly #buttons = new Map<string, { place: Place; button: HTMLElement }>();

  constructor(context: Context) {
    this.#context = context;
  }

  of(chat: ChatView, threadId: number): HTMLElement {
    const place: Place = { chatId: chat.id, threadId };
    const key = keyOf(place);
    const button =
      this.#buttons.get(key)?.button ??
      el('button', {
        class: `chat${chat.topics.length === 0 ? '' : ' topic'}`,
        attrs: { type: 'button' },
        on: { click: () => this.#context.store.openPlace(place) },
      });
    this.#buttons.set(key, { place, button });
    return el('li', {}, [button]);
  }

  draw(): void {
    const { store } = this.#context;
    for (const [key, { place, button }] of this.#buttons) {
      const chat = store.chat(place.chatId);
      if (chat === null) continue;
      const isOpen = store.place !== null && keyOf(store.place) === key;
      setAttributes(button, { 'aria-current': isOpen ? 'true' : null });
      replaceChildren(button, rowContent(chat, place, this.#context));
    }
  }
}

function rowContent(chat: ChatView, place: Place, context: Context): Child[] {
  const { store, texts, formats } = context;
  const topic = chat.topics.find(({ id }) => id === place.threadId);
  const newest = chat.newest.find((post) => topic === undefined || post.threadId === topic.id);
  const unread = store.unread.get(keyOf(place)) ?? 0;
  return [
    topic === undefined ? avatar(chat) : el('span', { class: 'topic-sign' }, [icon('hash')]),
    el('span', { class: 'chat-name' }, [
      el('span', { class: 'chat-title', text: topic?.name ?? chat.title }),
      chat.personId === null ? null : chip(chat.personId, context),
      topic?.closed === true ? el('span', { class: 'chip', text: texts.topicClosed }) : null,
    ]),
    el('span', { class: 'chat-time', text: newest === undefined ? '' : formats.time(newest.date * 1_000) }),
    el('span', {
      class: 'chat-last',
      text: newest === undefined ? texts.nothingYet : lastLine(newest, context),
    }),
    unread === 0
      ? null
      : el('span', { class: 'unread' }, [
          el('span', { text: String(unread), attrs: { 'aria-hidden': 'true' } }),
          el('span', { class: 'unseen', text: texts.unread(unread) }),
        ]),
  ];
}

function chip(personId: number, { store, texts }: Context): HTMLElement | null {
  const person = store.person(personId);
  if (person === null) return null;
  const { name, language } = person;
  return el('span', { class: 'chip', text: name, attrs: { title: `${name}, ${texts.speaks[language]}` } });
}

function lastLine(post: PostView, { texts, store }: Context): string {
  if (post.service !== null) return serviceText(post, store.hello.bot.name, texts);
  const said = post.point === null ? post.text : `📍 ${pointText(post.point)}`;
  const line = said.replace(/\s+/gu, ' ').slice(0, 90);
  const isMine = post.personId !== null && post.personId === store.chat(post.chatId)?.personId;
  return isMine ? `${texts.you}: ${line}` : line;
}

export function avatar(chat: ChatView): HTMLElement {
  const letters = chat.kind === 'private' ? 'ĐT' : chat.title.slice(0, 1).toUpperCase();
  return el('span', { class: `avatar ${chat.kind}`, text: letters, attrs: { 'aria-hidden': 'true' } });
}
