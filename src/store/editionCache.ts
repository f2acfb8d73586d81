/**
 * The messages of editions, read once: a hundred thousand chats share one edition. Editions never change, so nothing
 * here goes stale.
 */
import type { Kysely } from 'kysely';
import type { DigestPart } from '../delivery/courier.ts';
import type { Database } from './schema.ts';

/** Some hundred kilobytes each at most; filters make more of them, used by few chats each. */
const MOST_EDITIONS = 64;

export class EditionCache {
  private readonly parts = new Map<number, DigestPart[]>();

  /** Every id that exists is in the answer; an edition that cannot be read has no parts. */
  async read(
    db: Pick<Kysely<Database>, 'selectFrom'>,
    ids: readonly number[],
  ): Promise<ReadonlyMap<number, DigestPart[]>> {
    const found = new Map<number, DigestPart[]>();
    const missing = new Set<number>();
    for (const id of ids) {
      const parts = this.parts.get(id);
      if (parts === undefined) missing.add(id);
      else found.set(id, parts);
    }
    if (missing.size === 0) return found;
    const rows = await db
      .selectFrom('editions')
      .select(['id', 'parts'])
      .where('id', 'in', [...missing])
      .execute();
    for (const row of rows) {
      const parts = parse(row.parts);
      found.set(row.id, parts);
      this.parts.set(row.id, parts);
    }
    for (const id of this.parts.keys()) {
      if (this.parts.size <= MOST_EDITIONS) break;
      this.parts.delete(id);
    }
    return found;
  }
}

function parse(text: string): DigestPart[] {
  try {
    const parts: unknown = JSON.parse(text);
    return Array.isArray(parts) ? (parts as DigestPart[]) : [];
  } catch {
    // A broken edition is one edition's trouble: its deliveries die with a reason, the others go on.
    return [];
  }
}
