/**
 * How many bots send: call first, write down afterwards, try again when anything goes wrong. It stands here to show that
 * the oracle notices.
 */
import type { Clock } from '../../src/delivery/clock.ts';
import type { Courier } from '../../src/delivery/courier.ts';
import { judge } from '../../src/delivery/outcome.ts';
import type { Outbox, Intent } from '../../src/delivery/outbox.ts';
import type { Db } from '../../src/store/database.ts';
import { SqlOutbox } from '../../src/store/outbox.ts';

const TRIES = 3;

export async function sendCarelessly(
  db: Db,
  outbox: Outbox,
  courier: Courier,
  clock: Clock & { sleep(ms: number): Promise<void> },
): Promise<void> {
  // What an earlier run left half done is simply done again.
  await db.updateTable('deliveries').set({ state: 'planned' }).where('state', '=', 'inflight').execute();
  const reader = new SqlOutbox(db, () => null);
  for (;;) {
    const [candidate] = await reader.planned(0, 1);
    const [intent] =
      candidate === undefined ? [] : await reader.take([candidate.id], 'careless', clock.now());
    if (intent === undefined) return;
    const arrived = await tryToSend(intent, courier, clock);
    const { id } = intent;
    await outbox.settle(
      [
        arrived
          ? { kind: 'sent', id, messageId: null, announced: [] }
          : { kind: 'dead', id, reason: 'gave up' },
      ],
      clock.now(),
      [],
    );
  }
}

async function tryToSend(
  intent: Intent,
  courier: Courier,
  clock: { sleep(ms: number): Promise<void> },
): Promise<boolean> {
  const { chatId, threadId, content: part, silent } = intent;
  if (part === null) return false;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const parcel = { chatId, threadId, part, silent, plain: false, notice: null };
    const happening = await courier.carry(parcel, AbortSignal.timeout(60_000));
    if (judge(happening).kind === 'sent') return true;
    await clock.sleep(1_000);
  }
  return false;
}
