/**
 * What stands in the place of the composer when one cannot write: the START button of a chat that was never begun or that a
 * link asks to begin, the way back to a blocked bot, or a word on why only others write here.
 */
import type { ChatView } from '../protocol.ts';
import type { Context } from './context.ts';
import { el } from './dom.ts';
import { act } from './server.ts';

export interface Barrier {
  /** The same key, the same barrier. */
  key: string;
  show: () => HTMLElement;
}

/** Null when one can write. */
export function barrierFor(chat: ChatView, threadId: number, context: Context): Barrier | null {
  const { store, texts } = context;
  const { personId } = store.persona(chat);
  const name = store.person(personId)?.name ?? '';
  const big = (key: string, label: string, onClick: () => void): Barrier => ({
    key,
    show: () =>
      el('button', { class: 'big', text: label, attrs: { type: 'button' }, on: { click: onClick } }),
  });
  const words = (key: string, text: string): Barrier => ({
    key,
    show: () => el('p', { class: 'muted', text }),
  });
  if (chat.kind === 'private') {
    if (chat.blocked) {
      return big('blocked', texts.unblock, () => {
        act('block', { personId, blocked: false }).catch(context.fail);
      });
    }
    const payload = store.starts.get(personId);
    if (chat.started && payload === undefined) return null;
    return big(`start ${payload ?? ''}`, texts.start, () => {
      store.starts.delete(personId);
      context.say(payload === undefined || payload === '' ? '/start' : `/start ${payload}`);
      store.tell('start', undefined);
    });
  }
  const role = chat.members.find((member) => member.personId === personId)?.role ?? 'member';
  if (chat.kind === 'channel' && role === 'member') return words(`reads ${personId}`, texts.onlyReads(name));
  const isClosed = chat.topics.find(({ id }) => id === threadId)?.closed === true;
  return isClosed && role === 'member' ? words('closed', texts.closedTopic) : null;
}
