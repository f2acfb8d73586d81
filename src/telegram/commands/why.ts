/**
 * /why: why each article is in a digest, and why others are not; and the rest of a digest in which follows had a say.
 */
import { bestReport } from '../../digest/bestReport.ts';
import { editionKey, type EditionFrame } from '../../digest/edition.ts';
import { accountFor, type EditionRecord } from '../../follows/account.ts';
import { matcherOf } from '../../follows/matcher.ts';
import { queriesOf, readFilter } from '../../follows/filter.ts';
import { createSieve } from '../../follows/sieve.ts';
import type { Services } from '../services.ts';
import type { Talk } from '../talk.ts';
import { html } from '../views/html.ts';
import { listView, PAGE_SIZE } from '../views/listView.ts';
import { view, type View } from '../views/view.ts';
import { storyNote } from '../views/storyLine.ts';
import { whyView } from '../views/whyView.ts';

/** @param repliedTo the message that the command replies to; null for none */
export async function whyCommand(services: Services, talk: Talk, repliedTo: number | null): Promise<void> {
  const { place, t } = talk;
  const { accounts } = services;
  const record =
    repliedTo === null
      ? await accounts.last(place.chat.id, place.threadId)
      : await accounts.ofMessage(place.chat.id, repliedTo);
  if (record === null) {
    return talk.answer(view(html`${repliedTo === null ? t.follows.whyNone : t.follows.whyNotDigest}`));
  }
  await talk.answer(await explained(services, talk, record, 0));
}

/** Null when this chat was sent no such edition, or it was forgotten. */
export async function whyPage(
  services: Services,
  talk: Talk,
  press: { editionId: number; page: number },
): Promise<View | null> {
  const record = await services.accounts.byId(talk.place.chat.id, press.editionId);
  return record === null ? null : explained(services, talk, record, press.page);
}

async function explained(
  { library, bot, settings }: Services,
  { t }: Talk,
  record: EditionRecord,
  wanted: number,
): Promise<View> {
  const account = await accountFor(record, library);
  const page = Math.max(0, Math.min(wanted, Math.ceil(account.items.length / PAGE_SIZE) - 1));
  const items = account.items.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE);
  const articles = new Map((await library.bySeqs(items.map(({ seq }) => seq))).map((one) => [one.seq, one]));
  const shown = items.flatMap(({ seq, verdict }) => {
    const article = articles.get(seq);
    return article === undefined ? [] : [{ article, verdict }];
  });
  return whyView({ t, bot: bot.username, zone: settings.timezone, record, account, shown, page });
}

/** A digest that is only shown is not frozen, so what it is made of is kept for its button. */
export async function keepMesh({ queries, now }: Services, frame: EditionFrame): Promise<void> {
  const { fromSeq, toSeq, filter, told = [] } = frame;
  await queries.keep(editionKey(frame), JSON.stringify({ fromSeq, toSeq, filter, told }), now());
}

function readMesh(text: string | null): Awaited<ReturnType<Services['accounts']['mesh']>> {
  return text === null ? null : (JSON.parse(text) as Awaited<ReturnType<Services['accounts']['mesh']>>);
}

/** The articles of an edition by its key; null when it was forgotten. */
export async function siftedPage(
  { library, accounts, queries, settings }: Services,
  { t, language }: Talk,
  press: { key: string; page: number },
): Promise<View | null> {
  const mesh = (await accounts.mesh(press.key)) ?? readMesh(await queries.recall(press.key));
  if (mesh === null) return null;
  const sieve = createSieve(library, matcherOf(queriesOf(readFilter(mesh.filter))));
  const sifted = sieve.through(mesh);
  const { total } = await sifted.stories(mesh.fromSeq, mesh.toSeq, { offset: 0, limit: 0 });
  if (total === 0) return view(html`${t.articleGone}`);
  const page = Math.min(press.page, Math.ceil(total / PAGE_SIZE) - 1);
  const at = { offset: page * PAGE_SIZE, limit: PAGE_SIZE };
  const { stories } = await sifted.stories(mesh.fromSeq, mesh.toSeq, at);
  return listView({
    t,
    zone: settings.timezone,
    head: html`🗞 <b>${t.editionTitle}</b>`,
    entries: stories.map((story) => ({
      ...{ article: bestReport(story.reports, language), title: null, passage: null },
      note: storyNote(story, t),
    })),
    page,
    total,
    range: t.story.range,
    turn: (to) => ({ do: 'turnSifted', key: press.key, page: to }),
  });
}
