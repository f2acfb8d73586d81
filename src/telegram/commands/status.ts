/**
 * /status and /digest: what this chat gets, when, and whether it came; for operators also how the program is.
 */
import { composeEdition, isNarrow } from '../../digest/edition.ts';
import { frameFor } from '../../digest/planner.ts';
import { dayFinder } from '../../digest/schedule.ts';
import { DEFAULT_STYLE } from '../../digest/subscription.ts';
import { queriesOf, readFilter } from '../../follows/filter.ts';
import { matcherOf } from '../../follows/matcher.ts';
import { createSieve } from '../../follows/sieve.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import type { LastDelivery, OperatorReport, Services } from '../services.ts';
import type { Place } from '../incoming.ts';
import type { Talk } from '../talk.ts';
import { keepMesh } from './why.ts';
import { digestViews } from '../views/digestView.ts';
import { html, join, shorten, type Html } from '../views/html.ts';
import { nextLines } from '../views/settingsView.ts';
import { pressButton, view, type Button, type View } from '../views/view.ts';
import { describeSchedule, formatInstant } from '../views/when.ts';

const MAX_REFUSED_UNITS = 200;
const MAX_DOUBT_BUTTONS = 3;

/** The next edition of a chat, as it would be now. Changes nothing. */
export async function digestCommand(services: Services, talk: Talk, place: Place): Promise<void> {
  for (const part of await digestFor(services, talk, place)) await talk.answer(part);
}

export async function digestFor(services: Services, { t, ...talk }: Talk, place: Place): Promise<View[]> {
  const { settings, library } = services;
  const found = await services.subscriptions.find(place.chat.id, place.threadId);
  const surface = place.chat.type === 'channel' ? ('channel' as const) : ('chat' as const);
  const zone = found?.zone ?? settings.timezone;
  const nextAt = found?.nextAt ?? null;
  const day = dayFinder()(nextAt ?? services.now(), zone);
  const none = { cursor: null, surface, filter: null, style: DEFAULT_STYLE, maxItems: null, zone };
  const asked = found ?? { ...none, language: talk.language };
  const lastSeq = await library.lastSeq();
  const frame = frameFor(asked, settings.digestMaxItems, lastSeq, false, day);
  const told = found === null ? [] : ((await services.subscriptions.told([found])).get(found.id) ?? []);
  const narrow = { ...frame, told };
  const sieve = createSieve(library, matcherOf(queriesOf(readFilter(frame.filter))));
  const edition = await composeEdition(narrow, isNarrow(narrow) ? sieve.through(narrow) : library);
  if (isNarrow(narrow) && edition !== null && edition.more > 0) await keepMesh(services, narrow);
  if (edition !== null) {
    const [first, ...rest] = digestViews(edition, { bot: services.bot.username });
    // `pack` left room for a line above.
    const above =
      nextAt === null ? '' : html`<i>${t.edition.preview(formatInstant(nextAt, t, zone))}</i>\n\n`.html;
    return first === undefined ? [] : [{ ...first, html: above + first.html }, ...rest];
  }
  const last = await services.deliveries.last(place.chat.id, place.threadId);
  const since = last === null ? null : formatInstant(last.slot, t, zone);
  return [
    view(html`${t.nothingNew(since)}`, [[pressButton(t.latestButton, { do: 'command', name: 'latest' })]]),
  ];
}

export async function statusCommand(services: Services, talk: Talk): Promise<void> {
  const { t, place, speaker } = talk;
  const lines = [html`<b>${t.statusTitle}</b>`, ...(await subscriptionLines(services, talk))];
  lines.push(html`${t.statusLanguage}`);
  const isOperator = speaker.userId !== null && services.settings.adminIds.includes(speaker.userId);
  // In a group the figures would be everybody's.
  if (isOperator && place.chat.type === 'private') {
    lines.push(html``, ...operatorLines(await services.operator(), t, services.settings.timezone));
  }
  // In a channel the button would stand before all readers.
  const open = pressButton(t.settings.openButton, { do: 'command', name: 'settings' });
  const settings = place.chat.type === 'channel' ? [] : [[open]];
  await talk.answer(view(join(lines, '\n'), [...(await doubtButtons(services, talk)), ...settings]));
}

async function subscriptionLines(services: Services, { t, place }: Talk): Promise<Html[]> {
  const { subscriptions, deliveries, settings } = services;
  const subscription = await subscriptions.find(place.chat.id, place.threadId);
  const last = await deliveries.last(place.chat.id, place.threadId);
  const zone = subscription?.zone ?? settings.timezone;
  const lastLine =
    last === null
      ? html`${t.statusNever}`
      : html`${t.statusLast(formatInstant(last.slot, t, zone), outcomeText(last, t))}`;
  if (subscription === null)
    return last === null ? [html`${t.statusNone}`] : [html`${t.statusNone}`, lastLine];
  const schedule = html`${t.statusSchedule(describeSchedule(subscription.cron, zone, t))}`;
  return [schedule, ...nextLines(subscription, t, services.now()), lastLine];
}

/** A button for all that may not have arrived in this chat or topic. */
async function doubtButtons(services: Services, { t, place }: Talk): Promise<Button[][]> {
  const doubtful = await services.deliveries.doubtful(place.chat.id);
  const here = doubtful.filter(({ threadId }) => threadId === place.threadId);
  const bySlot = [...new Map(here.map((delivery) => [delivery.slot, delivery])).values()];
  return bySlot.slice(-MAX_DOUBT_BUTTONS).map(({ id, slot, zone, isAlert }) => {
    const { button } = isAlert ? t.unknownAlert : t.unknownDigest;
    const label = `${button} (${formatInstant(slot, t, zone)})`;
    return [pressButton(label, { do: 'redeliver', deliveryId: id })];
  });
}

function outcomeText(last: LastDelivery, t: Catalogue): string {
  switch (last.outcome) {
    case 'sent':
      return t.outcomeSent;
    case 'waiting':
      return t.outcomeWaiting;
    case 'unknown':
      return t.outcomeUnknown;
    case 'dead':
      return t.outcomeDead(last.reason ?? '?');
  }
}

function operatorLines(report: OperatorReport, t: Catalogue, zone: string): Html[] {
  const lines = report.figures.map(([figure, value]) => html`${t.operatorLine[figure](value)}`);
  const refused = report.refused.map((line) => html`• ${shorten(line, MAX_REFUSED_UNITS)}`);
  const unknown = report.unknown.map(
    ({ chatId, slot }) => html`• ${String(chatId)}, ${formatInstant(slot, t, zone)}`,
  );
  return [
    html`<b>${t.operatorTitle}</b>`,
    ...lines,
    ...(unknown.length === 0 ? [] : [html`${t.unknownTitle}`, ...unknown]),
    ...(refused.length === 0 ? [] : [html`${t.refusedTitle}`, ...refused]),
  ];
}
