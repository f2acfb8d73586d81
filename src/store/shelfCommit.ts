/**
 * One transaction of the shelf: what each kind of change writes, and what follows from all of them together.
 *
 * Places and new articles are written with one statement for all, since a statement for each would hold up the event loop.
 */
import { type Transaction } from 'kysely';
import type { ArticleContent } from '../articles/article.ts';
import type { Change, Committed, Place } from '../articles/shelf.ts';
import type { Database } from './schema.ts';
import type { StoryPlacer } from './stories.ts';

type Trx = Transaction<Database>;
type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;

/** Hands out the numbers of changes, from the one after the last. */
type NextRev = () => number;

export async function applyChanges(
  trx: Trx,
  changes: readonly Change[],
  now: number,
  stories: StoryPlacer,
): Promise<Committed> {
  const ofKind = <K extends Change['kind']>(kind: K): Of<K>[] =>
    changes.filter((change): change is Of<K> => change.kind === kind);
  const [adds, edits, holds, refusals] = [ofKind('add'), ofKind('edit'), ofKind('hold'), ofKind('refuse')];
  const drops = ofKind('drop').map(({ path }) => path);
  const arrivals = [...adds, ...edits, ...holds];

  const nextRev = await revCounter(trx);
  const left = await articlesAt(trx, [...arrivals.map(({ place }) => place.path), ...drops]);
  await insertArticles(trx, adds, now, nextRev);
  for (const edit of edits) await updateArticle(trx, edit, nextRev);
  await stories.place(
    trx,
    [...adds, ...edits].map(({ id }) => id),
    now,
  );
  const returned = await restoreRemoved(
    trx,
    arrivals.map(({ id }) => id),
    nextRev,
  );
  await writePlaces(trx, arrivals);
  await writeRefusals(trx, refusals);
  if (drops.length > 0) await trx.deleteFrom('files').where('path', 'in', drops).execute();
  return { returned, removed: await removeWithoutPlace(trx, left, now, nextRev) };
}

async function revCounter(trx: Trx): Promise<NextRev> {
  const row = await trx
    .selectFrom('articles')
    .select((eb) => eb.fn.max('rev').as('rev'))
    .executeTakeFirst();
  let rev: number = row?.rev ?? 0;
  return () => ++rev;
}

/** The articles that these places hold before the change. */
async function articlesAt(trx: Trx, paths: string[]): Promise<number[]> {
  if (paths.length === 0) return [];
  const rows = await trx
    .selectFrom('files')
    .select('article_seq')
    .distinct()
    .where('path', 'in', paths)
    .where('article_seq', 'is not', null)
    .execute();
  return rows.flatMap(({ article_seq: seq }) => seq ?? []);
}

async function insertArticles(trx: Trx, adds: Of<'add'>[], now: number, nextRev: NextRev): Promise<void> {
  if (adds.length === 0) return;
  const rows = adds.map(({ id, content, contentHash, listedAt }) => ({
    id,
    rev: nextRev(),
    ...contentColumns(content),
    listed_at: listedAt,
    first_seen_at: now,
    content_hash: contentHash,
    story_id: null,
    removed_at: null,
  }));
  await trx.insertInto('articles').values(rows).execute();
}

async function updateArticle(trx: Trx, edit: Of<'edit'>, nextRev: NextRev): Promise<void> {
  const { id, content, contentHash, listedAt } = edit;
  await trx
    .updateTable('articles')
    .set({ ...contentColumns(content), listed_at: listedAt, content_hash: contentHash, rev: nextRev() })
    .where('id', '=', id)
    .execute();
}

function contentColumns({ publishedAt, ...columns }: ArticleContent) {
  const { title, summary, body, author, source, url, language } = columns;
  return { title, summary, body, author, source, url, language, published_at: publishedAt };
}

async function restoreRemoved(trx: Trx, ids: string[], nextRev: NextRev): Promise<number> {
  if (ids.length === 0) return 0;
  const removed = await trx
    .selectFrom('articles')
    .select('seq')
    .where('id', 'in', ids)
    .where('removed_at', 'is not', null)
    .execute();
  for (const { seq } of removed) {
    await trx
      .updateTable('articles')
      .set({ removed_at: null, rev: nextRev() })
      .where('seq', '=', seq)
      .execute();
  }
  return removed.length;
}

async function writePlaces(trx: Trx, arrivals: { id: string; place: Place }[]): Promise<void> {
  if (arrivals.length === 0) return;
  const ids = arrivals.map(({ id }) => id);
  const articles = await trx.selectFrom('articles').select(['id', 'seq']).where('id', 'in', ids).execute();
  const seqs = new Map(articles.map(({ id, seq }) => [id, seq]));
  const rows = arrivals.map(({ id, place }) => ({
    ...placeColumns(place),
    article_seq: seqs.get(id) ?? null,
    reason: null,
    detail: null,
  }));
  await trx
    .insertInto('files')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('path').doUpdateSet((eb) => ({
        size: eb.ref('excluded.size'),
        mtime_ms: eb.ref('excluded.mtime_ms'),
        article_seq: eb.ref('excluded.article_seq'),
        reason: null,
        detail: null,
      })),
    )
    .execute();
}

/** A place that turned bad keeps what it held. */
async function writeRefusals(trx: Trx, refusals: Of<'refuse'>[]): Promise<void> {
  if (refusals.length === 0) return;
  await trx
    .insertInto('files')
    .values(refusals.map(({ place, refusal }) => ({ ...placeColumns(place), article_seq: null, ...refusal })))
    .onConflict((conflict) =>
      conflict.column('path').doUpdateSet((eb) => ({
        size: eb.ref('excluded.size'),
        mtime_ms: eb.ref('excluded.mtime_ms'),
        reason: eb.ref('excluded.reason'),
        detail: eb.ref('excluded.detail'),
      })),
    )
    .execute();
}

function placeColumns({ path, size, mtimeMs }: Place) {
  return { path, size, mtime_ms: mtimeMs };
}

/** @returns the ids */
async function removeWithoutPlace(
  trx: Trx,
  seqs: number[],
  now: number,
  nextRev: NextRev,
): Promise<string[]> {
  if (seqs.length === 0) return [];
  const bare = await trx
    .selectFrom('articles')
    .select(['seq', 'id'])
    .where('seq', 'in', seqs)
    .where('removed_at', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(eb.selectFrom('files').select('path').whereRef('files.article_seq', '=', 'articles.seq')),
      ),
    )
    .execute();
  for (const { seq } of bare) {
    await trx
      .updateTable('articles')
      .set({ removed_at: now, rev: nextRev() })
      .where('seq', '=', seq)
      .execute();
  }
  return bare.map(({ id }) => id);
}
