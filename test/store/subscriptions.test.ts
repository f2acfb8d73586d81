import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, Newsroom, SEVEN } from '../digest/newsroom.ts';

const ANNE = 1;
const GROUP = -100;
const CHANNEL = -1_001;

const EDITION = {
  ...{ key: 'k', fromSeq: null, toSeq: 1, filter: null, articleIds: [] },
  parts: [{ html: 'Tin', buttons: [] }],
};

let room: Newsroom;

beforeEach(async () => {
  room = await Newsroom.open();
});

afterEach(() => room.close());

const long = (name: string): string => name.padEnd(300, '.');

async function states(chatId: number): Promise<string[]> {
  return (await room.deliveries(chatId)).map(({ part, state, reason }) =>
    reason === null ? `${part} ${state}` : `${part} ${state} ${reason}`,
  );
}

async function row(chatId: number) {
  return room.db
    .selectFrom('subscriptions')
    .selectAll()
    .where('chat_id', '=', chatId)
    .executeTakeFirstOrThrow();
}

describe('subscribing', () => {
  it('makes a subscription as it was wished for', async () => {
    expect(await room.subscribe(ANNE, { cron: '30 6 * * 1-5', zone: 'Europe/Paris', language: 'en' })).toBe(
      true,
    );
    expect(await room.store.find(ANNE, 0)).toEqual({
      id: 1,
      chatId: ANNE,
      threadId: 0,
      surface: 'chat',
      cron: '30 6 * * 1-5',
      zone: 'Europe/Paris',
      language: 'en',
      filter: null,
      style: 'normal',
      maxItems: null,
      silent: false,
      quiet: null,
      tellsQuietDay: false,
      pausedUntil: null,
      cursor: null,
      toldSeq: null,
      nextAt: Date.parse('2026-11-24T05:30:00Z'),
    });
  });

  it('again changes nothing', async () => {
    await room.subscribe(ANNE);
    const before = await row(ANNE);
    expect(await room.subscribe(ANNE, { cron: '0 8 * * *', language: 'en', at: SEVEN + DAY })).toBe(false);
    expect(await row(ANNE)).toEqual(before);
  });

  it('knows a channel, where buttons answer nobody', async () => {
    await room.subscribe(CHANNEL);
    await room.subscribe(GROUP);
    expect((await room.store.find(CHANNEL, 0))?.surface).toBe('channel');
    expect((await room.store.find(GROUP, 0))?.surface).toBe('chat');
  });

  it('keeps a chat and its topics apart', async () => {
    await room.subscribe(GROUP, { thread: 7 });
    expect(await room.store.find(GROUP, 0)).toBeNull();
    expect(await room.subscribe(GROUP)).toBe(true);
    expect(await room.unsubscribe(GROUP, SEVEN, 7)).toBe(true);
    expect(await room.store.find(GROUP, 7)).toBeNull();
    expect(await room.store.find(GROUP, 0)).not.toBeNull();
  });

  it('takes ids beyond 32 bits', async () => {
    const id = -1_001_234_567_890_123;
    await room.subscribe(id);
    expect((await room.store.find(id, 0))?.chatId).toBe(id);
  });
});

describe('the question who is due', () => {
  it('is answered with the longest waiting first, as many as were asked for', async () => {
    await room.subscribe(3, { cron: '0 8 * * *' });
    await room.subscribe(1, { cron: '0 6 * * *', at: SEVEN - 2 * HOUR });
    await room.subscribe(2);
    const due = async (at: number, limit = 10) =>
      (await room.store.due(at, limit)).map(({ chatId }) => chatId);
    expect(await due(SEVEN - HOUR - 1)).toEqual([]);
    expect(await due(SEVEN)).toEqual([1, 2]);
    expect(await due(SEVEN + HOUR)).toEqual([1, 2, 3]);
    expect(await due(SEVEN + HOUR, 2)).toEqual([1, 2]);
  });
});

describe('unsubscribing', () => {
  it('says whether there was a subscription', async () => {
    await room.subscribe(ANNE);
    expect(await room.unsubscribe(ANNE, SEVEN)).toBe(true);
    expect(await room.unsubscribe(ANNE, SEVEN)).toBe(false);
    expect(await room.unsubscribe(GROUP, SEVEN)).toBe(false);
  });

  it('takes back what is planned, with the cursor, so that its articles are still to come', async () => {
    await room.publish(2);
    await room.subscribe(ANNE);
    await room.tick(SEVEN);
    await room.send(ANNE, SEVEN);
    const fresh = await room.publish(2);
    await room.tick(SEVEN + DAY);
    await room.unsubscribe(ANNE, SEVEN + DAY + MINUTE);
    expect(await states(ANNE)).toEqual(['0 sent', '0 dead unsubscribed']);
    expect(await row(ANNE)).toMatchObject({ state: 'stopped', cursor: 2, next_at: null });
    expect(await room.send(ANNE, SEVEN + DAY)).toEqual([]);

    await room.subscribe(ANNE, { at: SEVEN + DAY + HOUR });
    await room.tick(SEVEN + 2 * DAY);
    const last = (await room.deliveries(ANNE)).at(-1);
    expect(last?.articles).toEqual([...fresh].reverse());
  });

  it('takes back several editions at once, the cursor to before the first of them', async () => {
    await room.publish(1);
    await room.subscribe(ANNE);
    await room.tick(SEVEN);
    await room.send(ANNE, SEVEN);
    for (const day of [1, 2]) {
      await room.publish(1);
      await room.tick(SEVEN + day * DAY);
    }
    await room.unsubscribe(ANNE, SEVEN + 2 * DAY + MINUTE);
    expect((await row(ANNE)).cursor).toBe(1);
  });

  it('takes back a first edition whole: the next one is a first edition again', async () => {
    await room.publish(1);
    await room.subscribe(ANNE);
    await room.tick(SEVEN);
    await room.unsubscribe(ANNE, SEVEN);
    expect((await row(ANNE)).cursor).toBeNull();
  });

  it('leaves a message that is on its way, and what had been sent', async () => {
    await room.publish(1);
    await room.subscribe(ANNE);
    await room.tick(SEVEN);
    const message = await room.takeOne(ANNE, SEVEN);
    await room.unsubscribe(ANNE, SEVEN);
    expect(await states(ANNE)).toEqual(['0 inflight']);
    expect((await row(ANNE)).cursor).toBe(1);
    await room.settleSent(message?.id ?? 0, SEVEN);
    expect(await states(ANNE)).toEqual(['0 sent']);
  });

  it('keeps the rest of an edition that had begun to leave, for the day on which the chat is back', async () => {
    await room.publish(15, long);
    await room.subscribe(ANNE);
    await room.tick(SEVEN, 15);
    const [first = ''] = await room.send(ANNE, SEVEN, 1);
    await room.unsubscribe(ANNE, SEVEN + MINUTE);
    expect(await states(ANNE)).toEqual(['0 sent', '1 dead kept:unsubscribed']);
    expect(await room.send(ANNE, SEVEN + HOUR)).toEqual([]);

    await room.subscribe(ANNE, { at: SEVEN + 3 * DAY });
    const [rest = ''] = await room.send(ANNE, SEVEN + 3 * DAY);
    for (let n = 1; n <= 15; n++) {
      expect([first, rest].filter((message) => message.includes(`>Tin ${n}.`))).toHaveLength(1);
    }
  });

  it('keeps the cursor for those who come back later', async () => {
    await room.publish(1);
    await room.subscribe(ANNE);
    await room.tick(SEVEN);
    await room.send(ANNE, SEVEN);
    await room.unsubscribe(ANNE, SEVEN + HOUR);
    const missed = await room.publish(2);
    expect(await room.tick(SEVEN + DAY)).toBe(0);
    expect(await room.subscribe(ANNE, { at: SEVEN + 5 * DAY })).toBe(true);
    await room.tick(SEVEN + 6 * DAY);
    expect((await room.deliveries(ANNE)).at(-1)?.articles).toEqual([...missed].reverse());
  });

  it('is remembered, so that the settings do not subscribe a channel against its admins', async () => {
    await room.subscribe(CHANNEL);
    expect(await room.store.wasStopped(CHANNEL)).toBe(false);
    await room.unsubscribe(CHANNEL, SEVEN);
    expect(await room.store.wasStopped(CHANNEL)).toBe(true);
    await room.subscribe(CHANNEL);
    expect(await room.store.wasStopped(CHANNEL)).toBe(false);
    await room.subscribe(GROUP, { thread: 7 });
    await room.unsubscribe(GROUP, SEVEN, 7);
    expect(await room.store.wasStopped(GROUP)).toBe(false);
  });
});

describe('an edition', () => {
  it('is used again by whoever gets the same later on the day', async () => {
    await room.publish(1);
    await room.subscribe(1);
    await room.subscribe(2, { cron: '0 8 * * *' });
    await room.tick(SEVEN);
    await room.tick(SEVEN + HOUR);
    const [first, second] = await room.deliveries();
    expect(second?.editionId).toBe(first?.editionId);
    expect(await room.db.selectFrom('editions').select('id').execute()).toHaveLength(1);
  });

  it('stays as it was frozen: who gets it later gets all of its parts, though it would be shorter now', async () => {
    const [first = ''] = await room.publish(15, long);
    await room.subscribe(1);
    await room.subscribe(2, { cron: '0 8 * * *' });
    await room.tick(SEVEN, 15);
    await room.db.updateTable('articles').set({ title: 'Ngắn' }).where('id', '!=', first).execute();
    await room.tick(SEVEN + HOUR, 15);
    expect((await room.deliveries(2)).map(({ part }) => part)).toEqual([0, 1]);
  });

  it('stays as it was frozen: nothing is planned that it does not have, though it would be longer now', async () => {
    await room.publish(15);
    await room.subscribe(1);
    await room.subscribe(2, { cron: '0 8 * * *' });
    await room.tick(SEVEN, 15);
    await room.db
      .updateTable('articles')
      .set({ title: 'Dài'.repeat(100) })
      .execute();
    await room.tick(SEVEN + HOUR, 15);
    expect((await room.deliveries(2)).map(({ part }) => part)).toEqual([0]);
  });

  it('comes back to whoever left and returned in the second before their slot', async () => {
    await room.publish(1);
    await room.subscribe(ANNE);
    // A heart that beats a little early plans before the slot.
    await room.store.commit(
      [
        {
          subscriptionIds: [1],
          cursor: null,
          toldSeq: null,
          coveredTo: 1,
          slot: SEVEN,
          nextAt: SEVEN + DAY,
          silent: false,
          edition: 'k',
        },
      ],
      [EDITION],
      SEVEN,
    );
    await room.unsubscribe(ANNE, SEVEN - 500);
    await room.subscribe(ANNE, { at: SEVEN - 400 });
    await room.tick(SEVEN);
    expect(await states(ANNE)).toEqual(['0 dead unsubscribed', '0 planned']);
    expect((await room.send(ANNE, SEVEN))[0]).toContain('Tin 1.');
  });
});

describe('a clock that was set back', () => {
  it('brings a slot twice, and what is new comes with the second one', async () => {
    await room.publish(15, long);
    await room.subscribe(ANNE);
    await room.tick(SEVEN, 15);
    await room.send(ANNE, SEVEN);
    const [fresh = ''] = await room.publish(1);
    await room.unsubscribe(ANNE, SEVEN - HOUR);
    await room.subscribe(ANNE, { at: SEVEN - HOUR });
    await room.tick(SEVEN, 15);
    const [message = '', ...others] = await room.send(ANNE, SEVEN);
    expect(others).toEqual([]);
    expect(message).toContain('Tin 16.');
    expect((await room.deliveries(ANNE)).at(-1)).toMatchObject({ articles: [fresh], part: 0 });
  });

  it('to the slot of a digest that Telegram refused: the new one has its markup, and the refusal stays listed', async () => {
    await room.publish(1);
    await room.subscribe(ANNE);
    await room.tick(SEVEN);
    const refused = await room.takeOne(ANNE, SEVEN);
    const id = refused?.id ?? 0;
    const plain = { notBefore: null, reason: 'refused', plain: true, offTopic: false, doubt: false };
    await room.outbox.settle([{ kind: 'again', id, ...plain }], SEVEN, []);
    await room.outbox.take([id], 'boot', SEVEN);
    await room.outbox.settle([{ kind: 'dead', id, reason: 'refused: markup' }], SEVEN, []);
    await room.publish(1);
    await room.unsubscribe(ANNE, SEVEN - HOUR);
    await room.subscribe(ANNE, { at: SEVEN - HOUR });
    await room.tick(SEVEN);
    expect(await states(ANNE)).toEqual(['0 dead refused: markup', '0 planned']);
    const [fresh] = await room.outbox.planned(0, 10);
    expect(await room.outbox.take([fresh?.id ?? 0], 'boot', SEVEN)).toMatchObject([
      { plain: false, attempt: 1 },
    ]);
  });
});

describe('a commit', () => {
  it('happens whole or not at all', async () => {
    await room.publish(1);
    await room.subscribe(1);
    await room.subscribe(2);
    const group = {
      ...{ cursor: null, toldSeq: null, coveredTo: 1 },
      ...{ slot: SEVEN, silent: false, nextAt: SEVEN + DAY },
    };
    const broken = { ...EDITION, key: 'other', parts: [{ html: 1n as unknown as string, buttons: [] }] };
    const groups = [
      { ...group, subscriptionIds: [1], edition: 'k' },
      { ...group, subscriptionIds: [2], edition: 'other' },
    ];
    await expect(room.store.commit(groups, [EDITION, broken], SEVEN)).rejects.toThrow();
    await expect(room.store.commit(groups, [EDITION], SEVEN)).rejects.toThrow('edition other');
    expect(await room.deliveries()).toEqual([]);
    expect(await room.store.due(SEVEN, 10)).toHaveLength(2);
  });
});
