/**
 * The ledger as it is being written: what was to be delivered where and what became of it, and under it the calls that the
 * double of Telegram saw.
 */
import type { Backstage, CallView, DeliveryView } from '../protocol.ts';
import type { Context } from './context.ts';
import { card } from './controls.ts';
import { el, replaceChildren, type Child } from './dom.ts';

const SHOWN = 40;
const CROWD_FIRST = 600_000_001;

export function ledgerCard(context: Context): HTMLElement {
  const { store, texts } = context;
  const counts = el('p', { class: 'counts' });
  const rows = el('tbody');
  const empty = el('p', { class: 'muted', text: texts.ledgerEmpty });
  const table = el('table', { class: 'ledger' }, [
    el('caption', { class: 'unseen', text: texts.ledger }),
    el('thead', {}, [
      el('tr', {}, [
        el('th', { text: texts.columns.chat, attrs: { scope: 'col' } }),
        el('th', { text: texts.columns.slot, attrs: { scope: 'col' } }),
        el('th', { text: texts.columns.state, attrs: { scope: 'col' } }),
      ]),
    ]),
    rows,
  ]);
  const calls = el('ol', { class: 'calls' });
  let drawn = '';
  const draw = (): void => {
    const { deliveries, counts: states, calls: made } = store.hello.backstage;
    const state = JSON.stringify([deliveries, states, made]);
    if (state === drawn) return;
    drawn = state;
    replaceChildren(counts, countChips(states, context));
    replaceChildren(
      rows,
      deliveries.slice(0, SHOWN).map((delivery) => row(delivery, context)),
    );
    replaceChildren(
      calls,
      made.map((call) => callLine(call, context)),
    );
    empty.hidden = deliveries.length > 0;
    table.hidden = deliveries.length === 0;
  };
  store.on('backstage', draw);
  store.on('hello', draw);
  draw();
  return card('list', texts.ledger, [
    counts,
    empty,
    table,
    el('details', { class: 'calls-host' }, [el('summary', { text: texts.calls }), calls]),
  ]);
}

function countChips(counts: Backstage['counts'], { texts }: Context): Child[] {
  return (Object.keys(counts) as DeliveryView['state'][])
    .filter((state) => counts[state] > 0)
    .map((state) => el('span', { class: `state ${state}`, text: `${counts[state]} ${texts.states[state]}` }));
}

function row(delivery: DeliveryView, { texts, formats }: Context): HTMLElement {
  const { chatId, title, slot, part, state, attempt, reason, notBefore } = delivery;
  const more = [
    part > 1 ? texts.part(part) : '',
    attempt > 1 ? texts.attempt(attempt) : '',
    reason ?? '',
    state === 'deferred' && notBefore !== null ? formats.time(notBefore) : '',
  ].filter((piece) => piece !== '');
  return el('tr', {}, [
    el('td', { text: title ?? texts.reader(chatId - CROWD_FIRST + 1) }),
    el('td', { text: formats.moment(slot) }),
    el('td', {}, [
      el('span', { class: `state ${state}`, text: texts.states[state] }),
      more.length === 0 ? null : el('span', { class: 'muted small', text: more.join(' · ') }),
    ]),
  ]);
}

function callLine({ method, status, description, lost }: CallView, { texts }: Context): HTMLElement {
  const result = status === null ? (lost ? '–' : texts.running) : String(status);
  return el('li', { class: status === 200 && !lost ? '' : 'bad' }, [
    el('span', { class: 'call-status', text: result }),
    el('span', { text: method }),
    lost ? el('span', { class: 'muted small', text: texts.lost }) : null,
    description === '' ? null : el('span', { class: 'muted small', text: description }),
  ]);
}
