/**
 * Things worth trying, one tap each, so that nobody has to know a command, or to own a keyboard.
 */
import type { ChatView } from '../protocol.ts';
import type { Context } from './context.ts';
import { el } from './dom.ts';
import { en } from './en.ts';
import { vi } from './vi.ts';

export function suggestionChips(chat: ChatView, context: Context): HTMLElement {
  const { store, texts } = context;
  const { personId } = store.persona(chat);
  const theirs = store.person(personId)?.language === 'vi' ? vi : en;
  const said =
    chat.kind === 'channel'
      ? ['/subscribe', '/status']
      : ['/latest', theirs.suggestedSearch, '/subscribe', '/settings', '/digest', '/status'];
  if (chat.kind === 'private') said.push('/chats');
  const chip = (text: string, onClick: () => void): HTMLElement =>
    el('button', { class: 'suggestion', text, attrs: { type: 'button' }, on: { click: onClick } });
  const inline = `@${store.hello.bot.username} ${theirs.suggestedInline}`;
  return el('div', { class: 'chips', attrs: { role: 'group', 'aria-label': texts.suggestions } }, [
    ...said.map((text) => chip(text, () => context.say(text))),
    chat.kind === 'channel' ? null : chip(inline, () => context.suggest(inline)),
  ]);
}
