/**
 * The bot's clock, and the ways to move it on.
 */
import type { Context } from './context.ts';
import { actButton, card } from './controls.ts';
import { el } from './dom.ts';
import { act } from './server.ts';

const HOUR_MS = 3_600_000;

export function clockCard(context: Context): HTMLElement {
  const { store, texts, formats, dialogs } = context;
  const time = el('time', { class: 'clock-time' });
  const day = el('span', { class: 'clock-day' });
  const ahead = el('span', { class: 'chip' });
  const next = el('p', { class: 'muted' });

  const go = async (days: number): Promise<void> => {
    const { moved } = await act('time', { days });
    if (!moved) dialogs.toast(texts.noDigest);
    else context.showChat();
  };
  const jump = actButton(texts.toNextDigest, context, () => go(0), 'primary');

  const draw = (): void => {
    const now = store.now();
    time.textContent = formats.time(now);
    time.dateTime = new Date(now).toISOString();
    day.textContent = formats.day(now);
    ahead.textContent = texts.ahead(Math.round(store.hello.clockOffsetMs / HOUR_MS));
  };
  const drawNext = (): void => {
    const { nextSlot } = store.hello.backstage;
    next.textContent = nextSlot === null ? texts.noDigest : texts.nextDigest(formats.moment(nextSlot));
    draw();
  };
  store.on('clock', draw);
  store.on('hello', drawNext);
  store.on('backstage', drawNext);
  setInterval(draw, 1_000);
  drawNext();
  return card('clock', texts.clock, [
    el('p', { class: 'clock-face' }, [time, day, ahead]),
    next,
    el('div', { class: 'buttons' }, [
      jump,
      actButton(texts.skipDay, context, () => go(1)),
      actButton(texts.skipWeek, context, () => go(7)),
    ]),
  ]);
}
