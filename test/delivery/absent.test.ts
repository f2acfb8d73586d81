/**
 * The table of what may become of a chat: what Telegram says of it, what is remembered, what the next step is, and the way
 * back. What happens to editions that were begun stands in `chats.test.ts`, what updates say in `bot.test.ts`.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRig, type Rig } from '../tools/deliveryRig.ts';
import { moved, no, yes, type Reaction } from '../tools/outside.ts';
import { addChat, planEdition, SLOT } from '../tools/plan.ts';

const PERSON = 7;
const GROUP = -500;
const SUPERGROUP = -1_001_000_000_500;
const CHANNEL = -1_001_000_000_900;
const DAY = 86_400_000;

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

const refusal = (code: number, why: string): Reaction =>
  no(code, `${code === 403 ? 'Forbidden' : 'Bad Request'}: ${why}`);

describe('a chat that cannot be written to', () => {
  it.each<[chatId: number, code: number, why: string, reason: string]>([
    [PERSON, 403, 'bot was blocked by the user', 'blocked'],
    [PERSON, 403, 'user is deactivated', 'deactivated'],
    [PERSON, 403, "bot can't initiate conversation with a user", 'never-started'],
    [GROUP, 403, 'bot was kicked from the group chat', 'kicked'],
    [SUPERGROUP, 403, 'bot was kicked from the supergroup chat', 'kicked'],
    [CHANNEL, 403, 'bot was kicked from the channel chat', 'kicked'],
    [SUPERGROUP, 403, 'bot is not a member of the supergroup chat', 'left'],
    [CHANNEL, 403, 'bot is not a member of the channel chat', 'left'],
    [GROUP, 403, 'the group chat was deleted', 'deleted'],
    [CHANNEL, 400, 'chat not found', 'not-found'],
    [CHANNEL, 400, 'need administrator rights in the channel chat', 'no-rights'],
    [SUPERGROUP, 400, 'not enough rights to send text messages to the chat', 'no-rights'],
    [SUPERGROUP, 400, 'have no write access to the chat', 'no-rights'],
    [GROUP, 400, 'group chat was upgraded to a supergroup chat', 'upgraded'],
  ])(
    '%i, %i %s: it is remembered as %s, and goes on with its preferences when it is back',
    async (chatId, code, why, reason) => {
      const wishes = { cron: '30 6 * * *', zone: 'Europe/Paris', language: 'en' as const, silent: 1 };
      await addChat(rig.db, chatId, wishes);
      await planEdition(rig.db, { fromSeq: 0, toSeq: 10 });
      rig.outside.react = () => refusal(code, why);
      const delivery = await rig.begin();
      await rig.clock.advance(60_000);
      expect(rig.outside.calls, 'no call after the refusal').toHaveLength(1);
      expect(await remembered(chatId)).toEqual({
        chat: `gone ${reason}`,
        subscription: { ...wishes, state: 'stopped', reason: `gone:${reason}`, cursor: 0, next_at: null },
      });

      // A `my_chat_member` update, or whatever was answered in this chat.
      rig.outside.react = () => yes();
      expect(await delivery.chatBack(chatId)).toBe(1);
      const back = await remembered(chatId);
      expect(back).toMatchObject({
        chat: 'active',
        subscription: { ...wishes, state: 'active', reason: null, cursor: 0 },
      });
      // Half past six in Paris.
      expect(back.subscription?.next_at).toBe(SLOT + 5.5 * 3_600_000);
    },
  );

  it('a group that was upgraded goes on under its new id, at once', async () => {
    await addChat(rig.db, GROUP);
    await planEdition(rig.db);
    rig.outside.react = ({ chatId }) => (chatId === GROUP ? moved(SUPERGROUP) : yes());
    await rig.begin();
    await rig.clock.advance(5_000);
    expect(rig.outside.arrived()).toEqual([`${SUPERGROUP}:e1p0`]);
    expect((await remembered(GROUP)).chat).toBe('unknown');
    expect((await remembered(SUPERGROUP)).chat).toBe('active');
  });
});

describe('a topic that cannot be written to', () => {
  it.each<[code: number, why: string, generalToo: boolean, expected: object]>([
    [400, 'TOPIC_CLOSED', false, { state: 'active', thread_id: 9 }],
    [400, 'TOPIC_CLOSED', true, { state: 'stopped', reason: 'gone:topic-closed', thread_id: 9 }],
    [400, 'message thread not found', false, { state: 'active', thread_id: 0 }],
    [400, 'TOPIC_DELETED', false, { state: 'active', thread_id: 0 }],
  ])('%i %s, General too: %s', async (code, why, generalToo, expected) => {
    await addChat(rig.db, SUPERGROUP, { thread_id: 9 });
    await planEdition(rig.db, { fromSeq: 0, toSeq: 10 });
    rig.outside.react = ({ threadId }) => (threadId === 9 || generalToo ? refusal(code, why) : yes());
    const delivery = await rig.begin();
    await rig.clock.advance(60_000);
    const row = await rig.db.selectFrom('subscriptions').selectAll().executeTakeFirst();
    expect(row).toMatchObject(expected);
    expect(rig.outside.arrived()).toHaveLength(generalToo ? 0 : 1);
    expect((await remembered(SUPERGROUP)).chat, 'the chat is there').toBe('active');

    rig.outside.react = () => yes();
    await delivery.chatBack(SUPERGROUP);
    await planEdition(rig.db, { slot: SLOT + DAY });
    delivery.wake();
    await rig.clock.advance(60_000);
    const last = rig.outside.calls.at(-1);
    expect([last?.html, last?.threadId]).toEqual(['e2p0', (expected as { thread_id: number }).thread_id]);
  });
});

async function remembered(chatId: number) {
  const chat = await rig.db.selectFrom('chats').selectAll().where('id', '=', chatId).executeTakeFirst();
  const subscription = await rig.db
    .selectFrom('subscriptions')
    .select(['cron', 'zone', 'language', 'silent', 'state', 'reason', 'cursor', 'next_at'])
    .where('chat_id', '=', chatId)
    .executeTakeFirst();
  return {
    chat: chat === undefined ? 'unknown' : `${chat.state} ${chat.reason ?? ''}`.trim(),
    subscription: subscription ?? null,
  };
}
