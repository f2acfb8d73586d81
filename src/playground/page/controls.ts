/**
 * The controls, at the right: what a person at a telephone cannot do. Time, the newsroom, this chat, Telegram's moods, a
 * crowd, the ledger, and starting over.
 */
import { chatCard } from './chatCard.ts';
import { clockCard } from './clockCard.ts';
import type { Context } from './context.ts';
import { el, icon, iconButton, type Child, type IconName } from './dom.ts';
import { ledgerCard } from './ledgerCard.ts';
import { moodCard } from './moodCard.ts';
import { newsCard } from './newsCard.ts';
import { act } from './server.ts';

export function controls(context: Context, onClose: () => void): HTMLElement {
  const { texts } = context;
  return el('aside', { class: 'controls', attrs: { 'aria-label': texts.controls } }, [
    el('header', { class: 'controls-header' }, [
      el('h2', { text: texts.controls }),
      iconButton('close', texts.closeControls, onClose, 'close-controls'),
    ]),
    el('div', { class: 'cards', attrs: { tabindex: 0, role: 'region', 'aria-label': texts.controls } }, [
      clockCard(context),
      chatCard(context),
      newsCard(context),
      moodCard(context),
      crowdCard(context),
      ledgerCard(context),
      endCard(context),
    ]),
  ]);
}

/** A titled part of the controls. */
export function card(sign: IconName, title: string, children: Child[]): HTMLElement {
  return el('section', { class: 'card' }, [el('h3', {}, [icon(sign), title]), ...children]);
}

/** A button that acts once at a time; what goes wrong is told. */
export function actButton(
  label: string,
  context: Context,
  work: () => Promise<unknown>,
  className = '',
): HTMLButtonElement {
  const button = el('button', {
    class: `button ${className}`.trim(),
    text: label,
    attrs: { type: 'button' },
    on: {
      click: () => {
        button.disabled = true;
        work()
          .catch(context.fail)
          .finally(() => {
            button.disabled = false;
          });
      },
    },
  });
  return button;
}

const CROWD = 1_000;

function crowdCard(context: Context): HTMLElement {
  const { store, texts } = context;
  const counts = el('p', { class: 'muted' });
  const bar = el('progress', { class: 'progress', attrs: { 'aria-label': texts.crowd, hidden: true } });
  const draw = (): void => {
    const { readers, subscribed, reached } = store.hello.backstage.crowd;
    counts.textContent = readers === 0 ? texts.crowdAbout : texts.crowdCounts(readers, subscribed, reached);
    bar.hidden = readers === 0;
    bar.max = Math.max(1, readers);
    bar.value = subscribed < readers ? subscribed : reached;
  };
  store.on('backstage', draw);
  store.on('hello', draw);
  draw();
  return card('people', texts.crowd, [
    counts,
    bar,
    actButton(texts.addCrowd(CROWD), context, () => act('crowd', { count: CROWD })),
  ]);
}

function endCard(context: Context): HTMLElement {
  const { texts, dialogs } = context;
  return card('restart', texts.startOver, [
    actButton(
      texts.startOver,
      context,
      async () => {
        if (!(await dialogs.confirm(texts.startOverSure, texts.startOver))) return;
        await act('startOver', {});
        dialogs.toast(texts.startOverDone);
      },
      'danger',
    ),
    el('h4', { text: texts.goLive }),
    el('p', { class: 'muted', text: texts.goLiveHow }),
  ]);
}
