import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BotApi } from '../../src/playground/botApi.ts';
import { startDouble } from '../tools/double.ts';
import { Newsroom } from '../tools/program.ts';

let api: BotApi;
let room: Newsroom;

beforeAll(async () => {
  api = await startDouble();
  room = new Newsroom(api);
  room.publish('mot', 'Bài thứ nhất');
  const program = await room.start();
  await program.says('articles changed');
});

afterAll(async () => {
  await room.close();
  await api.close();
});

const bot = '@diemtin_bot';

describe('in a group', () => {
  it('anyone may read and search, with and without the name of the bot', async () => {
    const tom = api.world.addUser({ languageCode: 'en' });
    const group = api.world.addGroup({ bot: 'member' });
    group.setMember(tom, 'member');
    tom.sends(group, '/latest');
    expect((await api.nextMessage(group)).text).toContain('Latest');
    tom.sends(group, `/search${bot} bai thu nhat`);
    expect((await api.nextMessage(group)).text).toContain('Bài thứ nhất');
  });

  it('keeps silent about commands for other bots and about talk', async () => {
    const tom = api.world.addUser({ languageCode: 'en' });
    const group = api.world.addGroup({ bot: 'administrator' });
    group.setMember(tom, 'member');
    tom.sends(group, '/latest@other_bot');
    tom.sends(group, 'Bài thứ nhất là gì?');
    tom.sends(group, '/whatever');
    tom.sends(group, '/status');
    expect((await api.nextMessage(group)).text).toContain('Status');
    expect(api.messages(group)).toHaveLength(1);
  });

  it('only admins subscribe and unsubscribe', async () => {
    const owner = api.world.addUser({ languageCode: 'en' });
    const tom = api.world.addUser({ languageCode: 'en' });
    const group = api.world.addSupergroup({ owner, bot: 'member' });
    group.setMember(tom, 'member');
    tom.sends(group, '/subscribe');
    expect((await api.nextMessage(group)).text).toContain('Only admins');
    owner.sends(group, '/subscribe');
    expect((await api.nextMessage(group)).text).toContain('Subscribed.');
    tom.sends(group, '/unsubscribe');
    expect((await api.nextMessage(group)).text).toContain('Only admins');
    owner.sends(group, '/unsubscribe');
    expect((await api.nextMessage(group)).text).toContain('Unsubscribed.');
  });

  it('an anonymous admin is an admin', async () => {
    const owner = api.world.addUser({ languageCode: 'en' });
    const group = api.world.addSupergroup({ owner, bot: 'member' });
    owner.sends(group, '/subscribe', { anonymous: true });
    expect((await api.nextMessage(group)).text).toContain('Đã đăng ký.');
  });

  it('a button that changes something asks for the presser’s rights', async () => {
    const owner = api.world.addUser({ languageCode: 'en' });
    const tom = api.world.addUser({ languageCode: 'en' });
    const group = api.world.addSupergroup({ owner, bot: 'member' });
    group.setMember(tom, 'member');
    owner.sends(group, '/help');
    const help = await api.nextMessage(group);
    tom.presses(help, '🔔 Subscribe');
    expect((await api.nextMessage(group)).text).toContain('Only admins');
  });
});

describe('in a forum', () => {
  it('each topic is a subscription of its own, and is answered in place', async () => {
    const owner = api.world.addUser({ languageCode: 'en' });
    const forum = api.world.addSupergroup({ owner, forum: true, bot: 'member' });
    const sports = forum.createTopic('Sports');
    owner.sends(forum, '/subscribe', { threadId: sports });
    const first = await api.nextMessage(forum);
    expect(first.threadId).toBe(sports);
    expect(first.text).toContain('Subscribed.');
    owner.sends(forum, '/subscribe');
    const general = await api.nextMessage(forum);
    expect(general.threadId).toBeNull();
    expect(general.text).toContain('Subscribed.');
    owner.sends(forum, '/subscribe', { threadId: sports });
    expect((await api.nextMessage(forum)).text).toContain('Already subscribed');
  });
});

describe('a channel', () => {
  it('is subscribed by an admin’s post', async () => {
    const owner = api.world.addUser();
    const channel = api.world.addChannel({
      owner,
      bot: 'administrator',
      botRights: { can_post_messages: true },
    });
    owner.sends(channel, '/subscribe');
    expect((await api.nextMessage(channel)).text).toContain('Đã đăng ký.');
  });

  it('is subscribed from private by its admin, and by no one else', async () => {
    const owner = api.world.addUser({ languageCode: 'en' });
    const thief = api.world.addUser({ languageCode: 'en' });
    const channel = api.world.addChannel({
      owner,
      username: 'kenh_tin',
      bot: 'administrator',
      botRights: { can_post_messages: true },
    });
    thief.says('/subscribe @kenh_tin');
    expect((await api.nextMessage(thief)).text).toContain('does not confirm that you are an admin');
    owner.says('/subscribe @kenh_tin');
    expect((await api.nextMessage(owner)).text).toContain('@kenh_tin is subscribed');
    thief.says('/unsubscribe @kenh_tin');
    expect((await api.nextMessage(thief)).text).toContain('does not confirm');
    owner.says('/unsubscribe @kenh_tin');
    expect((await api.nextMessage(owner)).text).toContain('@kenh_tin is unsubscribed');
    expect(api.messages(channel)).toHaveLength(0);
  });

  it('that the bot cannot post in, or does not know, is explained', async () => {
    const owner = api.world.addUser({ languageCode: 'en' });
    api.world.addChannel({ owner, username: 'kenh_doc', bot: 'administrator', botRights: {} });
    owner.says('/subscribe @kenh_doc');
    expect((await api.nextMessage(owner)).text).toContain('cannot post in @kenh_doc');
    owner.says('/subscribe @khong_co_kenh');
    expect((await api.nextMessage(owner)).text).toContain('There is no channel');
    owner.says('/subscribe tin');
    expect((await api.nextMessage(owner)).text).toContain('There is no channel');
  });
});

describe('whoever added the bot to a channel', () => {
  it('is told in private when it can no longer post, and the digest goes on when it can', async () => {
    const owner = api.world.addUser({ languageCode: 'en', started: true });
    const channel = api.world.addChannel({ owner, title: 'Kênh Tin' });
    channel.setBot('administrator', { rights: { can_edit_messages: true }, by: owner });
    await api.settled();
    channel.setBot('administrator', { rights: { can_post_messages: true }, by: owner });
    owner.sends(channel, '/subscribe');
    await api.nextMessage(channel);
    const lost = (text: string): boolean => text.includes('không còn đăng được trong Kênh Tin');
    const told = api.messages(owner).filter(({ text }) => lost(text));
    expect(told, 'nothing was subscribed before, so nothing was missed').toEqual([]);
    channel.setBot('administrator', { rights: { can_edit_messages: true }, by: owner });
    await api.nextMessage(owner, ({ text }) => lost(text));
    channel.setBot('administrator', { rights: { can_post_messages: true }, by: owner });
    owner.sends(channel, '/status');
    const status = await api.nextMessage(channel, ({ text }) => text.includes('Lần tới'));
    expect(status.text).toContain('Lần tới');
  });
});

describe('inline mode', () => {
  it('offers cards in any chat and sends the one that is chosen', async () => {
    const tom = api.world.addUser({ languageCode: 'en', started: true });
    const ask = tom.asks('bai thu nhat');
    await api.waitFor(() => ask.answer);
    expect(ask.answer?.results[0]?.title).toBe('Bài thứ nhất');
    const [result] = ask.answer?.results ?? [];
    const sent = tom.chooses(ask, result?.id ?? '', tom);
    expect(sent.text).toContain('Bài thứ nhất');
  });
});
