/**
 * Tells a chat about what may not have arrived, a digest or an article that was told at once, with the button that sends it again.
 */
import { catalogue, type Catalogue, type Language } from '../i18n/catalogue.ts';
import type { DoubtfulDelivery, Services } from './services.ts';
import type { Talk } from './talk.ts';
import { html } from './views/html.ts';
import { pressButton, view, type View } from './views/view.ts';
import { formatInstant } from './views/when.ts';

/** The notice for the oldest of a chat's doubtful deliveries; its button sends that edition again. */
export function unknownNotice(delivery: Omit<DoubtfulDelivery, 'threadId'>, t: Catalogue): View {
  const when = formatInstant(delivery.slot, t, delivery.zone);
  const words = delivery.isAlert ? t.unknownAlert : t.unknownDigest;
  return view(html`⚠️ ${words.notice(when)}`, [
    [pressButton(words.button, { do: 'redeliver', deliveryId: delivery.id })],
  ]);
}

/** The same, for the top of the next digest. */
export function noticeAbove(delivery: Omit<DoubtfulDelivery, 'threadId'>, language: Language): View {
  return unknownNotice(delivery, catalogue(language));
}

/** After an answer: what the chat or topic has not been told yet. */
export async function announceUnknown(services: Services, talk: Talk): Promise<void> {
  const { chat, threadId } = talk.place;
  const doubtful = await services.deliveries.doubtful(chat.id);
  const here = doubtful.filter((delivery) => delivery.threadId === threadId && !delivery.told);
  const bySlot = new Map(here.map((delivery) => [delivery.slot, delivery]));
  for (const delivery of bySlot.values()) {
    await talk.answer(unknownNotice(delivery, talk.t));
    const told = here.filter(({ slot }) => slot === delivery.slot).map(({ id }) => id);
    await services.deliveries.announced(told);
  }
}
