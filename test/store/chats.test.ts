import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createChatStore, type ChatIdentity } from '../../src/store/chats.ts';
import { Newsroom } from '../digest/newsroom.ts';

const GROUP: ChatIdentity = { id: -1_001_234_567_890, type: 'supergroup', title: 'Nhóm', username: 'nhom' };

let room: Newsroom;
let chats: ReturnType<typeof createChatStore>;

beforeEach(async () => {
  room = await Newsroom.open();
  chats = createChatStore(room.db);
});

afterEach(() => room.close());

async function rows() {
  return room.db.selectFrom('chats').selectAll().execute();
}

describe('a chat', () => {
  it('is known once it was met, under the name it has now', async () => {
    await chats.meet(GROUP, 1);
    await chats.meet({ ...GROUP, title: 'Nhóm mới', username: null }, 2);
    expect(await rows()).toMatchObject([
      { id: GROUP.id, type: 'supergroup', title: 'Nhóm mới', username: null, state: 'active', updated_at: 2 },
    ]);
  });

  it('stays gone when it is met: that it speaks does not say that it can be written to', async () => {
    await chats.meet(GROUP, 1);
    await room.outbox.chatGone(GROUP.id, 'no-rights', 2);
    await chats.meet(GROUP, 3);
    expect(await rows()).toMatchObject([{ state: 'gone', reason: 'no-rights' }]);
  });

  it('keeps its language when it is met again', async () => {
    await chats.meet(GROUP, 1);
    await chats.chooseLanguage(GROUP.id, 'en');
    await chats.meet(GROUP, 2);
    expect(await chats.language(GROUP.id)).toBe('en');
  });
});

describe('the language of a chat', () => {
  it('is null until it was chosen', async () => {
    expect(await chats.language(GROUP.id)).toBeNull();
    await chats.meet(GROUP, 1);
    expect(await chats.language(GROUP.id)).toBeNull();
  });

  it('holds for its digests too, and for nobody else', async () => {
    await room.subscribe(-100);
    await room.subscribe(-100, { thread: 7 });
    await room.subscribe(1);
    await chats.chooseLanguage(-100, 'en');
    const languageOf = async (chatId: number, thread = 0) =>
      (await room.store.find(chatId, thread))?.language;
    expect([await languageOf(-100), await languageOf(-100, 7), await languageOf(1)]).toEqual([
      'en',
      'en',
      'vi',
    ]);
  });
});

describe('who answers for a channel', () => {
  it('is whoever added the bot, with the name by which it is called', async () => {
    await chats.meet(GROUP, 1);
    expect(await chats.keeper(GROUP.id)).toBeNull();
    await chats.addedBy(GROUP.id, 7);
    expect(await chats.keeper(GROUP.id)).toEqual({ userId: 7, name: '@nhom' });
    await chats.meet({ ...GROUP, username: null }, 2);
    expect(await chats.keeper(GROUP.id)).toEqual({ userId: 7, name: 'Nhóm' });
    await chats.meet({ ...GROUP, username: null, title: null }, 3);
    expect(await chats.keeper(GROUP.id)).toEqual({ userId: 7, name: '-1001234567890' });
    expect(await chats.keeper(99)).toBeNull();
  });
});

describe('the figures for the operator', () => {
  it('count chats by state, and active subscriptions', async () => {
    expect(await chats.counts()).toEqual({ active: 0, gone: 0, subscriptions: 0 });
    for (const chatId of [1, 2, 3]) await room.subscribe(chatId);
    await room.outbox.chatGone(2, 'blocked', 5);
    await room.unsubscribe(3, 5);
    expect(await chats.counts()).toEqual({ active: 2, gone: 1, subscriptions: 1 });
  });
});
