import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planDue, type PlannedGroup, type PlannerStore } from '../../src/digest/planner.ts';
import { HOUR, MINUTE, Newsroom, SEVEN } from './newsroom.ts';

const ANNE = 1;
const BINH = 2;

let room: Newsroom;

beforeEach(async () => {
  room = await Newsroom.open();
});

afterEach(() => room.close());

/** What each delivery of a chat holds: the articles of the edition, newest first. */
async function editionsOf(chatId: number): Promise<string[][]> {
  return (await room.deliveries(chatId)).filter(({ part }) => part === 0).map(({ articles }) => articles);
}

describe('planning for many', () => {
  it('goes in transactions of two hundred and fifty', async () => {
    await room.publish(1);
    await sql`
      with recursive n (id) as (select 1 union all select id + 1 from n where id < 2100)
      insert into chats (id, type, state, updated_at) select id, 'private', 'active', 0 from n`.execute(
      room.db,
    );
    await sql`
      insert into subscriptions
        (chat_id, thread_id, cron, zone, language, style, silent, next_at, state, created_at)
      select id, 0, '0 7 * * *', 'Asia/Ho_Chi_Minh', 'vi', 'list', 0, ${SEVEN}, 'active', 0 from chats`.execute(
      room.db,
    );
    const sizes: number[] = [];
    let turns = 0;
    const turn = setInterval(() => (turns += 1), 0);
    const counting: PlannerStore = {
      ...room.store,
      commit: (groups, editions, now) => {
        sizes.push(groups.reduce((sum, group) => sum + group.subscriptionIds.length, 0));
        return room.store.commit(groups, editions, now);
      },
    };
    const planned = await planDue(SEVEN, { ...options(counting), signal: new AbortController().signal });
    expect(planned).toEqual({ due: 2_100, digests: 2_100 });
    clearInterval(turn);
    expect(sizes).toEqual([...Array<number>(8).fill(250), 100]);
    expect(turns, 'times that others had their turn').toBeGreaterThanOrEqual(2);
    expect(await room.deliveries()).toHaveLength(2_100);
    expect(new Set((await room.deliveries()).map(({ editionId }) => editionId)).size).toBe(1);
  });

  it('stops between two transactions when it is asked to, and the rest is still due', async () => {
    await room.publish(1);
    await room.subscribe(ANNE);
    expect(await room.tick(SEVEN, 10, AbortSignal.abort())).toBe(0);
    expect(await room.deliveries()).toEqual([]);
    expect(await room.tick(SEVEN + MINUTE)).toBe(1);
  });

  it('leaves a subscription alone that was changed between the question and the commit, and plans it anew', async () => {
    await room.publish(3);
    await room.subscribe(ANNE);
    await room.subscribe(BINH);
    let first = true;
    const racing: PlannerStore = {
      ...room.store,
      async commit(groups, editions, now) {
        // Another hand moves Anne's cursor at the worst moment.
        if (first)
          await room.db.updateTable('subscriptions').set({ cursor: 2 }).where('chat_id', '=', ANNE).execute();
        first = false;
        await room.store.commit(groups, editions, now);
      },
    };
    await planDue(SEVEN, { ...options(racing), signal: new AbortController().signal });
    expect(await editionsOf(ANNE)).toEqual([['article00003']]);
    expect(await editionsOf(BINH)).toEqual([['article00003', 'article00002', 'article00001']]);
  });

  it('leaves a subscription alone that was stopped between the question and the commit', async () => {
    await room.publish(1);
    await room.subscribe(ANNE);
    const racing: PlannerStore = {
      ...room.store,
      async commit(groups, editions, now) {
        await room.unsubscribe(ANNE, now);
        await room.store.commit(groups, editions, now);
      },
    };
    await planDue(SEVEN, { ...options(racing), signal: new AbortController().signal });
    expect(await room.deliveries()).toEqual([]);
    expect((await room.db.selectFrom('subscriptions').select(['state', 'cursor']).execute())[0]).toEqual({
      state: 'stopped',
      cursor: null,
    });
  });

  it('renders each edition once, whatever the number of transactions', async () => {
    await room.publish(2);
    for (const chatId of [1, 2, 3]) await room.subscribe(chatId);
    let rendered = 0;
    const byOne: PlannerStore = {
      ...room.store,
      due: (now) => room.store.due(now, 1),
      commit: (groups: PlannedGroup[], editions, now) => room.store.commit(groups, editions, now),
    };
    await planDue(SEVEN, {
      ...options(byOne),
      render: () => {
        rendered += 1;
        return [{ html: 'Tin', buttons: [] }];
      },
      signal: new AbortController().signal,
    });
    expect(rendered).toBe(1);
    expect(await room.deliveries()).toHaveLength(3);
  });
});

function options(store: PlannerStore) {
  return {
    store,
    articles: room.articles,
    sieve: room.sieve,
    render: () => [{ html: 'Tin', buttons: [] }],
    maxItems: 10,
    lateLimitMs: 6 * HOUR,
  };
}
