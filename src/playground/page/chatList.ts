/**
 * The chats, at the left: who talks with the bot where, what was said last, and how much of it is unread. The topics of a
 * forum stand below it.
 */
import type { ChatView, PostView } from '../protocol.ts';
import { serviceText } from './bubble.ts';
import type { Context } from './context.ts';
import { el, icon, replaceChildren } from './dom.ts';
import { keyOf, type Place } from './store.ts';

export function chatList(context: Context): HTMLElement {
  const { store, texts } = context;
  const list = el('ul', { class: 'chats', attrs: { 'aria-label': texts.chats } });
  const draw = (): void => {
    const focused = (document.activeElement as HTMLElement | null)?.dataset.key;
    replaceChildren(
      list,
      store.hello.chats.flatMap((chat) =>
        chat.topics.length === 0 ? [row(chat, 0, context)] : [forum(chat, context)],
      ),
    );
    if (focused !== undefined) list.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
  };
  store.on('hello', draw);
  store.on('chats', draw);
  list.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const rows = [...list.querySelectorAll<HTMLElement>('.chat')];
    const at = rows.findIndex((other) => other === document.activeElement);
    if (step === 0 || at < 0) return;
    event.preventDefault();
    rows[at + step]?.focus();
  });
  draw();
  return list;
}

function forum(chat: ChatView, context: Context): HTMLElement {
  const heading = el('div', { class: 'forum-name' }, [avatar(chat), el('span', { text: chat.title })]);
  const topics = el(
    'ul',
    { class: 'topics', attrs: { 'aria-label': chat.title } },
    chat.topics.map(({ id }) => row(chat, id, context)),
  );
  return el('li', { class: 'forum' }, [heading, topics]);
}

function row(chat: ChatView, threadId: number, context: Context): HTMLElement {
  const { store, texts, formats } = context;
  const place: Place = { chatId: chat.id, threadId };
  const key = keyOf(place);
  const topic = chat.topics.find(({ id }) => id === threadId);
  const newest = chat.newest.find((post) => chat.topics.length === 0 || post.threadId === threadId);
  const unread = store.unread.get(key) ?? 0;
  const isOpen = store.place !== null && keyOf(store.place) === key;
  const name = topic?.name ?? chat.title;
  const button = el(
    'button',
    {
      class: `chat${topic === undefined ? '' : ' topic'}`,
      attrs: { type: 'button', 'aria-current': isOpen ? 'true' : null, 'data-key': key },
      on: { click: () => store.openPlace(place) },
    },
    [
      topic === undefined ? avatar(chat) : el('span', { class: 'topic-sign' }, [icon('hash')]),
      el('span', { class: 'chat-name' }, [
        el('span', { class: 'chat-title', text: name }),
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
    ],
  );
  return el('li', {}, [button]);
}

function chip(personId: number, { store, texts }: Context): HTMLElement | null {
  const person = store.person(personId);
  if (person === null) return null;
  const { name, language } = person;
  return el('span', { class: 'chip', text: name, attrs: { title: `${name}, ${texts.speaks[language]}` } });
}

function lastLine(post: PostView, { texts, store }: Context): string {
  if (post.service !== null) return serviceText(post, store.hello.bot.name, texts);
  const line = post.text.replace(/\s+/gu, ' ').slice(0, 90);
  const isMine = post.personId !== null && post.personId === store.chat(post.chatId)?.personId;
  return isMine ? `${texts.you}: ${line}` : line;
}

export function avatar(chat: ChatView): HTMLElement {
  const letters = chat.kind === 'private' ? 'ĐT' : chat.title.slice(0, 1).toUpperCase();
  return el('span', { class: `avatar ${chat.kind}`, text: letters, attrs: { 'aria-hidden': 'true' } });
}
