/**
 * Telegram's moods: a refusal, a lost answer, an outage, its real limits.
 */
import type { Mood } from '../protocol.ts';
import { toggle } from './chatCard.ts';
import type { Context } from './context.ts';
import { actButton, card } from './controls.ts';
import { el, replaceChildren } from './dom.ts';
import { act } from './server.ts';

/** Long enough to be seen, short enough to wait for. */
const WAIT_SECONDS = 10;

export function moodCard(context: Context): HTMLElement {
  const { store, texts } = context;
  const set = (mood: Mood): Promise<unknown> => act('mood', { mood, seconds: WAIT_SECONDS });
  const switches = el('div', { class: 'choices' });
  const waiting = el('p', { class: 'muted' });
  let drawn = '';
  const draw = (): void => {
    const { moods } = store.hello.backstage;
    const state = JSON.stringify(moods);
    if (state === drawn) return;
    drawn = state;
    waiting.textContent = moods.waiting === 0 ? '' : texts.waitingTroubles(moods.waiting);
    replaceChildren(switches, [
      toggle(texts.outage, moods.down, context, (isOn) => set(isOn ? 'outage' : 'recover')),
      toggle(texts.realLimits, moods.limits, context, (isOn) => set(isOn ? 'limits' : 'noLimits')),
    ]);
  };
  store.on('backstage', draw);
  store.on('hello', draw);
  draw();
  return card('cloud', texts.moods, [
    el('div', { class: 'buttons column' }, [
      actButton(texts.refuseNext, context, () => set('refuse')),
      actButton(texts.loseNext, context, () => set('lose')),
    ]),
    switches,
    waiting,
    actButton(texts.recover, context, () => set('recover'), 'quiet'),
  ]);
}
