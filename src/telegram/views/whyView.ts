/**
 * Why articles are in a digest, and why others are not, page by page.
 */
import type { Article } from '../../articles/article.ts';
import type { Account, EditionRecord, Verdict } from '../../follows/account.ts';
import { MAX_SPAN } from '../../follows/sieve.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import { EMPTY, html, join, shorten, type Html } from './html.ts';
import { byline, PAGE_SIZE } from './listView.ts';
import { pager, startLink, view, type View } from './view.ts';
import { formatInstant } from './when.ts';

const MAX_TITLE_UNITS = 200;
const MAX_FOLLOW_UNITS = 100;
const MAX_NAMED = 3;

export interface WhyOptions {
  t: Catalogue;
  bot: string;
  zone: string;
  record: EditionRecord;
  account: Account;
  /** Of this page. */
  shown: { article: Article; verdict: Verdict }[];
  /** From 0. */
  page: number;
}

export function whyView({ t, bot, zone, record, account, shown, page }: WhyOptions): View {
  const texts = t.follows;
  const outside = account.items.length - account.inside;
  const blocks = shown.map(({ article, verdict }) => {
    const url = startLink(bot, { open: 'article', id: article.id });
    const seen = texts.seenAt(formatInstant(article.firstSeenAt, t, record.zone));
    return join(
      [
        html`${sign(verdict)} <a href="${url}">${shorten(article.title, MAX_TITLE_UNITS)}</a>`,
        html`<i>${byline(article, t, zone)}, ${seen}</i>`,
        html`${reason(verdict, record.fromSeq === null, t)}`,
      ],
      '\n',
    );
  });
  const head: Html[] = [
    html`🧭 <b>${texts.whyTitle(formatInstant(record.slot, t, record.zone))}</b>`,
    html`${texts.whyCounts(account.inside, outside)}`,
    ...(record.fromSeq === null ? [html`<i>${texts.whyFirst}</i>`] : []),
    ...(account.isCut ? [html`<i>${texts.whySpan(MAX_SPAN)}</i>`] : []),
    EMPTY,
  ];
  const pages = Math.ceil(account.items.length / PAGE_SIZE);
  return view(html`${join(head, '\n')}\n${join(blocks, '\n\n')}`, [
    pager(page, pages, { previous: t.previous, next: t.next }, (to) => ({
      do: 'why',
      editionId: record.id,
      page: to,
    })),
  ]);
}

function sign({ kind }: Verdict): string {
  return kind === 'in' ? '✅' : '▫️';
}

function reason(verdict: Verdict, isFirst: boolean, t: Catalogue): string {
  switch (verdict.kind) {
    case 'in':
      return verdict.texts.length === 0
        ? t.follows[isFirst ? 'inAsNewest' : 'inAsNew']
        : t.follows.inFor(verdict.texts.slice(0, MAX_NAMED).map((text) => shorten(text, MAX_FOLLOW_UNITS)));
    case 'filtered':
      return t.follows.outFiltered;
    case 'beyond':
      return t.follows.outBeyond;
    case 'told':
      return t.follows.outTold;
  }
}
