/**
 * What can be changed about the open chat: whether a person has blocked the bot, what the bot is in a group or channel, a
 * topic's door, and the upgrade of a group.
 */
import type { BotPlace, ChatView } from '../protocol.ts';
import type { Context } from './context.ts';
import { actButton, card } from './controls.ts';
import { el, replaceChildren, type Child } from './dom.ts';
import { act } from './server.ts';

export function chatCard(context: Context): HTMLElement {
  const { store, texts } = context;
  const name = el('p', { class: 'card-subject' });
  const choices = el('div', { class: 'choices' });
  /** What the choices were drawn from, so that they are not made anew under somebody's hand. */
  let drawn = '';
  const draw = (): void => {
    const chat = store.open;
    if (chat === null) return;
    const state = JSON.stringify([
      chat.id,
      chat.bot,
      chat.blocked,
      chat.started,
      chat.topics,
      chat.canUpgrade,
    ]);
    if (state === drawn) return;
    drawn = state;
    const person = chat.personId === null ? null : store.person(chat.personId);
    name.textContent = person === null ? chat.title : `${chat.title} · ${person.name}`;
    replaceChildren(choices, choicesFor(chat, context));
  };
  for (const change of ['hello', 'chats', 'place'] as const) store.on(change, draw);
  draw();
  return card('chat', texts.thisChat, [name, choices]);
}

function choicesFor(chat: ChatView, context: Context): Child[] {
  const { store, texts } = context;
  if (chat.personId !== null) {
    const personId = chat.personId;
    const name = store.person(personId)?.name ?? '';
    return [
      toggle(texts.block(name), chat.blocked, context, (blocked) => act('block', { personId, blocked })),
    ];
  }
  return [
    botPlace(chat, context),
    chat.canUpgrade
      ? actButton(texts.upgradeGroup, context, () => act('upgrade', { chatId: chat.id }))
      : null,
    ...chat.topics.map(({ id, name, closed }) =>
      actButton(closed ? texts.reopenTopic(name) : texts.closeTopic(name), context, () =>
        act('topic', { chatId: chat.id, threadId: id, closed: !closed }),
      ),
    ),
  ];
}

function botPlace(chat: ChatView, context: Context): HTMLElement {
  const { texts, fail } = context;
  const places: BotPlace[] = chat.kind === 'channel' ? ['out', 'admin', 'mute'] : ['out', 'member', 'admin'];
  const labels: Record<BotPlace, string> =
    chat.kind === 'channel' ? texts.botPlaces : { ...texts.botPlaces, admin: texts.roles.admin };
  return el('fieldset', { class: 'places' }, [
    el('legend', { text: texts.botIs }),
    ...places.map((bot) =>
      el('label', { class: 'option' }, [
        el('input', {
          attrs: { type: 'radio', name: 'bot-place', value: bot, checked: chat.bot === bot },
          on: {
            change: () => {
              act('place', { chatId: chat.id, bot, personId: null }).catch(fail);
            },
          },
        }),
        el('span', { text: labels[bot] }),
      ]),
    ),
  ]);
}

/** A switch that shows what is, and asks for the other. */
export function toggle(
  label: string,
  isOn: boolean,
  context: Context,
  change: (isOn: boolean) => Promise<unknown>,
): HTMLElement {
  const input = el('input', {
    attrs: { type: 'checkbox', role: 'switch' },
    on: {
      change: () => {
        change(input.checked).catch((error: unknown) => {
          input.checked = !input.checked;
          context.fail(error);
        });
      },
    },
  });
  input.checked = isOn;
  return el('label', { class: 'option switch' }, [input, el('span', { text: label })]);
}
