/**
 * Above the messages: where one is, what the bot is doing, and who one is in a chat of several people.
 */
import type { ChatView } from '../protocol.ts';
import { avatar } from './chatList.ts';
import type { Context } from './context.ts';
import { el, iconButton, replaceChildren } from './dom.ts';
import { keyOf } from './store.ts';

/** Telegram shows it for so long, unless a message comes. */
const TYPING_MS = 5_000;

export function chatHeader(context: Context, onBack: () => void, controlsButton: HTMLElement): HTMLElement {
  const { store, texts } = context;
  const where = el('div', { class: 'where' });
  const who = el('div', { class: 'who' });
  const header = el('header', { class: 'chat-header' }, [
    iconButton('back', texts.back, onBack, 'back'),
    where,
    who,
    controlsButton,
  ]);
  let typing: ReturnType<typeof setTimeout> | undefined;
  let isTyping = false;
  let choiceKey = '';

  const draw = (): void => {
    const chat = store.open;
    if (chat === null) return;
    const topic = chat.topics.find(({ id }) => id === store.place?.threadId);
    replaceChildren(where, [
      avatar(chat),
      el('div', { class: 'where-text' }, [
        el('h1', { text: topic === undefined ? chat.title : `${chat.title} › ${topic.name}` }),
        el('p', { class: isTyping ? 'typing' : '', text: isTyping ? texts.typing : subtitle(chat, context) }),
      ]),
    ]);
    // An open choice must not close because something was said.
    const key = JSON.stringify([chat.id, chat.members, chat.canUpgrade, store.persona(chat)]);
    if (key !== choiceKey) replaceChildren(who, [personaChoice(chat, context)]);
    choiceKey = key;
  };
  const typingEnds = (): void => {
    clearTimeout(typing);
    isTyping = false;
    draw();
  };
  store.on('place', typingEnds);
  store.on('hello', draw);
  store.on('chats', draw);
  store.on('persona', draw);
  store.on('typing', (place) => {
    if (store.place === null || keyOf(place) !== keyOf(store.place)) return;
    clearTimeout(typing);
    typing = setTimeout(typingEnds, TYPING_MS);
    isTyping = true;
    draw();
  });
  store.on('post', (post) => {
    if (isTyping && post.own && store.place !== null && keyOf(post) === keyOf(store.place)) typingEnds();
  });
  return header;
}

function subtitle(chat: ChatView, { store, texts }: Context): string {
  const kind = texts.kinds[chat.kind];
  const person = chat.personId === null ? null : store.person(chat.personId);
  if (person !== null) return `${kind} · ${texts.youAre} ${person.name}, ${texts.speaks[person.language]}`;
  const count = chat.members.length + (chat.bot === 'out' || chat.kind === 'channel' ? 0 : 1);
  return `${kind} · ${chat.kind === 'channel' ? texts.readers(count) : texts.members(count)}`;
}

/** Null in a private chat, where one can be nobody else. */
function personaChoice(chat: ChatView, { store, texts }: Context): HTMLElement | null {
  if (chat.personId !== null) return null;
  const current = store.persona(chat);
  const options = chat.members.flatMap(({ personId, role }) => {
    const name = store.person(personId)?.name ?? '';
    const roles = chat.kind === 'channel' ? texts.channelRoles : texts.roles;
    const plain = { personId, anonymous: false, label: `${name} (${roles[role]})` };
    const mayHide = role !== 'member' && chat.kind !== 'channel' && !chat.canUpgrade;
    return mayHide ? [plain, { personId, anonymous: true, label: `${name} (${texts.anonymous})` }] : [plain];
  });
  const select = el(
    'select',
    {
      class: 'persona',
      attrs: { 'aria-label': texts.youAre, title: texts.youAre },
      on: {
        change: () => {
          const option = options[select.selectedIndex];
          if (option !== undefined) store.choosePersona(chat.id, option);
        },
      },
    },
    options.map(({ personId, anonymous, label }) =>
      el('option', {
        text: label,
        attrs: { selected: personId === current.personId && anonymous === current.anonymous },
      }),
    ),
  );
  return select;
}
