/**
 * One message as a bubble, with what it answers, its text, its buttons and its marks; and the line that tells of a change
 * in the chat.
 */
import type { ChatView, PostView } from '../protocol.ts';
import type { Button } from '../wire.ts';
import type { Context } from './context.ts';
import { el, icon, iconButton, type IconName } from './dom.ts';
import { pointText } from './places.ts';
import { press } from './pressing.ts';
import { richText } from './richText.ts';
import type { Texts } from './texts.ts';

/** Colours of names; which one is the person's own affair. */
const NAME_COLOURS = 6;

export function bubble(post: PostView, chat: ChatView, context: Context): HTMLElement {
  if (post.service !== null) return serviceLine(post, context);
  const { store, texts, formats } = context;
  const persona = store.persona(chat);
  const isMine = !post.own && post.personId === persona.personId;
  const time = formats.time(post.date * 1_000);
  const showsName = chat.kind !== 'private' && !isMine;
  const article = el('article', {
    class: `message${isMine ? ' mine' : ''}${post.own ? ' bot' : ''}`,
    attrs: { 'data-id': post.id, 'aria-label': `${isMine ? texts.you : post.author}, ${time}` },
  });
  const body = el('div', { class: 'bubble', attrs: { dir: 'auto' } }, [
    showsName ? author(post) : null,
    post.viaBot ? el('div', { class: 'via', text: `${texts.via} @${store.hello.bot.username}` }) : null,
    post.reply === null ? null : quoted(post.reply),
    post.point === null
      ? el('div', { class: 'text' }, richText(post, chat, context))
      : el('div', { class: 'text point' }, [icon('pin'), pointText(post.point)]),
    marks(post, time, context),
  ]);
  const reply = iconButton('reply', texts.reply, () => context.replyTo(post), 'reply');
  article.append(
    el('div', { class: 'said' }, [body, post.rows.length > 0 ? keyboard(post, chat, context) : null]),
  );
  if (chat.kind !== 'channel') article.append(reply);
  return article;
}

function author(post: PostView): HTMLElement {
  const number = Math.abs(post.personId ?? post.author.length) % NAME_COLOURS;
  return el('div', {
    class: 'author',
    text: post.author,
    attrs: { 'data-colour': post.own ? 'bot' : number },
  });
}

function quoted({ author: name, text, id }: NonNullable<PostView['reply']>): HTMLElement {
  return el('div', { class: 'quoted', attrs: { 'data-reply': id } }, [
    el('span', { class: 'quoted-author', text: name }),
    el('span', { class: 'quoted-text', text }),
  ]);
}

function marks(post: PostView, time: string, { texts }: Context): HTMLElement {
  const bell = el(
    'span',
    { class: 'silent', attrs: { role: 'img', 'aria-label': texts.silent, title: texts.silent } },
    [icon('bellOff')],
  );
  return el('div', { class: 'marks' }, [
    post.silent ? bell : null,
    post.edited ? el('span', { class: 'edited', text: texts.edited }) : null,
    el('time', { text: time, attrs: { datetime: new Date(post.date * 1_000).toISOString() } }),
  ]);
}

function keyboard(post: PostView, chat: ChatView, context: Context): HTMLElement {
  let number = 0;
  return el(
    'div',
    { class: 'keyboard' },
    post.rows.map((row) =>
      el(
        'div',
        { class: 'keyboard-row' },
        row.map((button) => {
          const at = number++;
          const sign = signOf(button);
          const key = el(
            'button',
            {
              class: `key ${button.style ?? ''}`.trim(),
              attrs: { type: 'button' },
              on: { click: () => void press(key, { post, button, at, chat }, context) },
            },
            [
              el('span', { text: button.text }),
              sign === null ? null : el('span', { class: 'sign' }, [icon(sign)]),
            ],
          );
          return key;
        }),
      ),
    ),
  );
}

function signOf(button: Button): IconName | null {
  if (button.url !== undefined) return 'out';
  if (button.copy_text !== undefined) return 'copy';
  return button.callback_data === undefined ? 'at' : null;
}

function serviceLine(post: PostView, { texts, store }: Context): HTMLElement {
  const text = serviceText(post, store.hello.bot.name, texts);
  return el('div', { class: 'service', attrs: { 'data-id': post.id } }, [el('span', { text })]);
}

export function serviceText({ service, author: who }: PostView, bot: string, texts: Texts): string {
  switch (service?.kind) {
    case 'joined':
      return texts.joined(who, bot);
    case 'left':
      return texts.left(bot);
    case 'topicCreated':
      return texts.topicCreated(service.name);
    case 'topicClosed':
      return texts.topicClosed;
    case 'topicReopened':
      return texts.topicReopened;
    default:
      return texts.upgraded;
  }
}
