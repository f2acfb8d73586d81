import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Person } from '../../src/playground/person.ts';
import { tellKeeper } from '../../src/telegram/keepers.ts';
import { DAY, SEVEN } from '../digest/newsroom.ts';
import { startRig, type Rig } from './rig.ts';

let rig: Rig;
let api: BotApi;
let anne: Person;

beforeEach(async () => {
  rig = await startRig();
  api = rig.double;
  anne = api.world.addUser({ languageCode: 'en', started: true });
});

afterEach(async () => {
  await rig.close();
  expect(api.bugs).toEqual([]);
});

/** A digest of so many parts that nobody confirmed. */
async function doubtful(chatId: number, slot = SEVEN): Promise<void> {
  await rig.room.publish(15, (name) => name.padEnd(300, '.'));
  await rig.room.subscribe(chatId);
  await rig.room.tick(slot, 15);
  for (;;) {
    const message = await rig.room.takeOne(chatId, slot);
    if (message === null) return;
    await rig.room.outbox.settle([{ kind: 'unknown', id: message.id, reason: 'ECONNRESET' }], slot, []);
  }
}

const NOTICE = 'The digest of 07:00 Tue 24 Nov 2026 may not have arrived: Telegram did not confirm it.';

describe('a digest that may not have arrived', () => {
  it('is spoken of after the next answer, once, however many parts it has', async () => {
    await doubtful(anne.id);
    anne.says('/language');
    expect((await api.nextMessage(anne)).text).toBe('Choose a language:');
    expect((await api.nextMessage(anne)).text).toBe(`⚠️ ${NOTICE}`);
    anne.says('/language');
    await api.nextMessage(anne);
    anne.says('/language');
    expect((await api.nextMessage(anne)).text).toBe('Choose a language:');
    expect(api.messages(anne).filter(({ text }) => text.includes(NOTICE))).toHaveLength(1);
  });

  it('is sent again at one tap, and not at a second one', async () => {
    await doubtful(anne.id);
    anne.says('/language');
    const notice = await api.nextMessage(anne, (post) => post.text.includes(NOTICE));
    const first = anne.presses(notice, 1);
    expect(await api.waitFor(() => first.answer)).toMatchObject({ text: 'Sending it again.' });
    expect((await rig.room.deliveries(anne.id)).map(({ state }) => state)).toEqual(['planned', 'planned']);
    const second = anne.presses(notice, 1);
    expect(await api.waitFor(() => second.answer)).toMatchObject({
      text: 'That has been sent again already.',
    });
  });

  it('is called an alert when it was one', async () => {
    await doubtful(anne.id);
    await rig.room.db.updateTable('editions').set({ alert: 1 }).execute();
    anne.says('/language');
    await api.nextMessage(anne);
    const notice = await api.nextMessage(anne);
    expect(notice.text).toContain('The alert of 07:00 Tue 24 Nov 2026 may not have arrived');
    expect(notice.buttons.map(({ text }) => text)).toEqual(['📨 Send that alert again']);
    anne.says('/status');
    expect((await api.nextMessage(anne)).buttons[0]?.text).toContain('Send that alert again (07:00');
  });

  it('each has its own notice when there are several', async () => {
    await doubtful(anne.id);
    await doubtful(anne.id, SEVEN + DAY);
    anne.says('/language');
    const notices = [await api.nextMessage(anne, hasNotice), await api.nextMessage(anne, hasNotice)];
    expect(notices.map(({ text }) => /\d+ Nov/u.exec(text)?.[0])).toEqual(['24 Nov', '25 Nov']);
  });

  it('of a topic is spoken of in that topic', async () => {
    const forum = api.world.addSupergroup({ owner: anne, forum: true, bot: 'member' });
    const topic = forum.createTopic('Tin');
    await doubtful(forum.id);
    await rig.room.db.updateTable('subscriptions').set({ thread_id: topic }).execute();
    anne.sends(forum, '/language');
    await api.nextMessage(forum);
    anne.sends(forum, '/language', { threadId: topic });
    expect((await api.nextMessage(forum, hasNotice)).threadId).toBe(topic);
    expect(api.messages(forum).filter(hasNotice)).toHaveLength(1);
  });

  it('is offered by /status for as long as it stays unknown', async () => {
    await doubtful(anne.id);
    anne.says('/status');
    const status = await api.nextMessage(anne);
    expect(status.text).toContain('not confirmed by Telegram');
    expect(status.buttons.map(({ text }) => text)).toEqual([
      '📨 Send that digest again (07:00 Tue 24 Nov 2026)',
      '⚙️ Settings',
    ]);
  });
});

function hasNotice({ text }: { text: string }): boolean {
  return text.startsWith('⚠️');
}

describe('whoever added the bot to a channel', () => {
  it('is told when the channel cannot be written to any more, in their language', async () => {
    const channel = { id: -1_001_234_567_890, type: 'channel' as const, title: '<Tin>', username: null };
    await rig.room.chats.meet(channel, 0);
    await rig.room.chats.addedBy(channel.id, anne.id);
    await tellKeeper(rig.services, rig.client, channel.id);
    expect((await api.nextMessage(anne)).text).toContain('<Tin>');
  });

  it('is not told when nobody knows who it was', async () => {
    await tellKeeper(rig.services, rig.client, -1_001_234_567_890);
    expect(api.ledger.of('sendMessage')).toEqual([]);
  });

  it('may not be there: that is no error', async () => {
    const stranger = api.world.addUser();
    await rig.room.chats.meet({ id: -100, type: 'supergroup', title: 'Nhóm', username: null }, 0);
    await rig.room.chats.addedBy(-100, stranger.id);
    await tellKeeper(rig.services, rig.client, -100);
    expect(rig.log()).not.toContain('keeper');
  });
});
