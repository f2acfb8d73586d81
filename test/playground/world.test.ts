/** What people do, and what the bot gets to know of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBotApi } from '../../src/playground/botApi.ts';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Person } from '../../src/playground/person.ts';
import type { Message, Update } from '../../src/playground/wire.ts';
import { callBotApi, refusalOf } from '../tools/botApiClient.ts';

let api: BotApi;
let reader: Person;
let taken = 0;

beforeEach(async () => {
  api = await startBotApi();
  reader = api.world.addUser({ firstName: 'Lan', languageCode: 'vi', username: 'lan' });
});
afterEach(async () => {
  await api.close();
  expect(api.bugs).toEqual([]);
});

/** Everything that is waiting, taken off the queue. */
async function updates(): Promise<Update[]> {
  // An offset that is repeated within half a second gets one update only.
  const { result } = await callBotApi(api, 'getUpdates', { offset: -100 - ++taken });
  api.updates.clear();
  return result as Update[];
}

async function send(chat_id: number, params: object = {}): Promise<Message> {
  return (await callBotApi(api, 'sendMessage', { chat_id, text: 'a', ...params })).result as Message;
}

describe('a message in private', () => {
  it('carries who wrote it and the command in it, and opens the chat for the bot', async () => {
    reader.says('/start read_1');
    const [update] = await updates();
    expect(update?.message).toEqual({
      message_id: 1,
      from: { id: reader.id, is_bot: false, first_name: 'Lan', username: 'lan', language_code: 'vi' },
      chat: { id: reader.id, type: 'private', first_name: 'Lan', username: 'lan' },
      date: expect.any(Number) as number,
      text: '/start read_1',
      entities: [{ type: 'bot_command', offset: 0, length: 6 }],
    });
    expect(await refusalOf(api, 'sendMessage', { chat_id: reader.id, text: 'a' })).toBe('ok');
  });
});

describe('a message in a group', () => {
  it('is seen in privacy mode only when it is meant for the bot', async () => {
    const group = api.world.addSupergroup({ bot: 'member' });
    const own = await send(group.id);
    const mine = api.messages(group).find((post) => post.id === own.message_id);
    for (const text of ['chào', '/latest', '/latest@other_bot', '/latest@DiemTin_bot', '@diemtin_bot ơi']) {
      reader.sends(group, text);
    }
    if (mine !== undefined) reader.sends(group, 'trả lời', { replyTo: mine });
    expect((await updates()).map((update) => update.message?.text)).toEqual([
      '/latest',
      '/latest@DiemTin_bot',
      '@diemtin_bot ơi',
      'trả lời',
    ]);
  });

  it('is always seen by an admin, and by a bot without privacy mode', async () => {
    const group = api.world.addGroup({ bot: 'administrator' });
    reader.sends(group, 'một');
    group.setBot('member');
    reader.sends(group, 'không thấy');
    api.setPrivacyMode(false);
    reader.sends(group, 'hai');
    const texts = (await updates()).flatMap((update) => update.message?.text ?? []);
    expect(texts).toEqual(['một', 'hai']);
  });

  it('is not seen from outside', async () => {
    reader.sends(api.world.addGroup(), '/latest');
    expect(await updates()).toEqual([]);
  });

  it('of an anonymous admin comes from the group', async () => {
    const group = api.world.addSupergroup({ bot: 'member', title: 'Bạn đọc' });
    group.setMember(reader, 'administrator', { anonymous: true, title: 'Biên tập' });
    reader.sends(group, '/subscribe');
    expect((await updates())[0]?.message).toMatchObject({
      from: { id: 1_087_968_824, username: 'GroupAnonymousBot', is_bot: true },
      sender_chat: { id: group.id, title: 'Bạn đọc' },
      author_signature: 'Biên tập',
    });
    expect(() => api.world.addUser().sends(group, 'x', { anonymous: true })).toThrow('is no admin');
  });

  it('of a topic says which, and shows the topic’s beginning as what it answers', async () => {
    const forum = api.world.addSupergroup({ bot: 'member', forum: true });
    const topic = forum.createTopic('Thời sự');
    await updates();
    reader.sends(forum, '/latest', { threadId: topic });
    expect((await updates())[0]?.message).toMatchObject({
      message_thread_id: topic,
      is_topic_message: true,
      chat: { is_forum: true },
      reply_to_message: { message_id: topic, forum_topic_created: { name: 'Thời sự' } },
    });
  });
});

describe('a channel post', () => {
  it('has no author, and only admins who may post can make one', async () => {
    const channel = api.world.addChannel({ bot: 'administrator', username: 'tin' });
    channel.setMember(reader, 'administrator', { rights: { can_post_messages: true } });
    reader.sends(channel, '/subscribe');
    const [update] = await updates();
    expect(update?.channel_post).toMatchObject({ sender_chat: { id: channel.id }, text: '/subscribe' });
    expect(update?.channel_post).not.toHaveProperty('from');
    expect(() => api.world.addUser().sends(channel, 'x')).toThrow('may not post');
  });
});

describe('a pressed button', () => {
  const BUTTONS = {
    inline_keyboard: [[{ text: 'Đọc', callback_data: 'read:1' }], [{ text: 'Mở', url: 'a.vn' }]],
  };

  it('asks with its data and the message as it is now, found by data, text or number', async () => {
    reader.says('/start');
    const { message_id } = await send(reader.id, { reply_markup: BUTTONS });
    const post = await api.nextMessage(reader);
    await callBotApi(api, 'editMessageText', {
      chat_id: reader.id,
      message_id,
      text: 'b',
      reply_markup: BUTTONS,
    });
    await updates();
    for (const which of ['read:1', 'Đọc', 1]) reader.presses(post, which);
    const asked = await updates();
    expect(asked).toHaveLength(3);
    expect(asked[0]?.callback_query).toMatchObject({
      from: { id: reader.id },
      data: 'read:1',
      message: {
        message_id,
        text: 'b',
        reply_markup: { inline_keyboard: [[{ callback_data: 'read:1' }], [{}]] },
      },
    });
    expect(() => reader.presses(post, 'Mở')).toThrow('does not ask the bot');
    expect(() => reader.presses(post, 'x')).toThrow('there are: "Đọc" (read:1), "Mở" (http://a.vn/)');
  });

  it('under a message that was deleted shows only where it was', async () => {
    reader.says('/start');
    const { message_id } = await send(reader.id, { reply_markup: BUTTONS });
    const post = await api.nextMessage(reader);
    await callBotApi(api, 'deleteMessage', { chat_id: reader.id, message_id });
    await updates();
    reader.presses(post, 1);
    expect((await updates())[0]?.callback_query?.message).toEqual({
      chat: post.wire.chat,
      message_id,
      date: 0,
    });
  });

  it('is answered once, in time, in two hundred characters', async () => {
    let now = Date.now();
    const timed = await startBotApi({ now: () => now });
    const person = timed.world.addUser({ started: true });
    await callBotApi(timed, 'sendMessage', { chat_id: person.id, text: 'a', reply_markup: BUTTONS });
    const post = await timed.nextMessage(person);
    const press = person.presses(post, 1);
    const answer = (callback_query_id: string, params: object = {}): Promise<string> =>
      refusalOf(timed, 'answerCallbackQuery', { callback_query_id, ...params });
    const TOO_OLD = '400 Bad Request: query is too old and response timeout expired or query ID is invalid';
    expect(await answer('1')).toBe(TOO_OLD);
    expect(await answer(press.id, { text: 'x'.repeat(201) })).toBe('400 Bad Request: MESSAGE_TOO_LONG');
    expect(await answer(press.id, { url: 'https://e.vn' })).toBe('400 Bad Request: URL_INVALID');
    expect(await answer(press.id, { text: 'x'.repeat(200), show_alert: true })).toBe('ok');
    expect(press.answer).toEqual({ text: 'x'.repeat(200), showAlert: true, url: '' });
    expect(await answer(press.id)).toBe(TOO_OLD);
    const late = person.presses(post, 1);
    now += 61_000;
    expect(await answer(late.id)).toBe(TOO_OLD);
    await timed.close();
  });
});

describe('what happens to the bot itself', () => {
  it('is told: blocked and unblocked in private', async () => {
    reader.says('/start');
    await updates();
    reader.blocks();
    reader.blocks();
    reader.unblocks();
    expect((await updates()).map((update) => update.my_chat_member)).toMatchObject([
      {
        chat: { id: reader.id },
        old_chat_member: { status: 'member' },
        new_chat_member: { status: 'kicked' },
      },
      { old_chat_member: { status: 'kicked' }, new_chat_member: { status: 'member' } },
    ]);
  });

  it('is told: added, promoted, removed from a group; leaving is told as well', async () => {
    const group = api.world.addSupergroup();
    group.setBot('member', { by: reader });
    group.setBot('administrator', { rights: { can_delete_messages: true } });
    await callBotApi(api, 'leaveChat', { chat_id: group.id });
    const all = await updates();
    const seen = all.map((update) => update.my_chat_member).filter((change) => change !== undefined);
    expect(seen.map((change) => change.new_chat_member.status)).toEqual(['member', 'administrator', 'left']);
    expect(seen[0]?.from).toEqual(reader.user);
    expect(seen[1]?.new_chat_member).toMatchObject({ can_manage_chat: true, can_delete_messages: true });
    expect(seen[2]?.from.id).toBe(api.bot.id);
    const said = all.map((update) => update.message).filter((message) => message !== undefined);
    expect(said.map((message) => message.new_chat_members?.[0]?.id)).toEqual([api.bot.id]);
    expect(group.posts.at(-1)?.wire.left_chat_member?.id).toBe(api.bot.id);
  });

  it('is told of nothing that was there before', async () => {
    api.world.addChannel({ bot: 'administrator', botRights: 'all' });
    expect(await updates()).toEqual([]);
  });
});

describe('a group that becomes a supergroup', () => {
  it('says so on both sides and takes its members along', async () => {
    const group = api.world.addGroup({ bot: 'member', title: 'Nhóm' });
    group.setMember(reader, 'administrator');
    const supergroup = group.migrate();
    const [before, after] = await updates();
    expect(before?.message).toMatchObject({
      chat: { id: group.id, type: 'group' },
      migrate_to_chat_id: supergroup.id,
    });
    expect(after?.message).toMatchObject({
      chat: { id: supergroup.id, type: 'supergroup', title: 'Nhóm' },
      migrate_from_chat_id: group.id,
    });
    const member = await callBotApi(api, 'getChatMember', { chat_id: supergroup.id, user_id: reader.id });
    expect(member.result).toMatchObject({ status: 'administrator' });
    expect(() => reader.sends(group, 'x')).toThrow('gone');
  });
});

describe('groups that become supergroups', () => {
  it('each get an id of their own, however close theirs are', () => {
    const groups = Array.from({ length: 12 }, (_, n) => api.world.addGroup({ id: -400_000_001 - n }));
    // In any order.
    const ids = [...groups.slice(5), ...groups.slice(0, 5).reverse()].map((group) => group.migrate().id);
    expect(new Set(ids).size).toBe(12);
  });
});

describe('many chats', () => {
  it('are made at once', async () => {
    api.world.addPrivateChats(100_000, 10_000_000);
    const chat_id = 10_099_999;
    expect(await refusalOf(api, 'sendMessage', { chat_id, text: 'a' })).toBe('ok');
    expect(api.accepted(chat_id)).toBe(1);
    expect(api.world.person(chat_id).user.first_name).toBe('Reader');
  });
});

describe('a message of the bot', () => {
  it('shows its links, those written out as well', async () => {
    reader.says('/start');
    await send(reader.id, { text: '<a href="a.vn">a</a> https://b.vn/1', parse_mode: 'HTML' });
    expect((await api.nextMessage(reader)).links).toEqual(['http://a.vn/', 'https://b.vn/1']);
  });
});

describe('waiting', () => {
  it('for the next message misses none that came early and sees none twice', async () => {
    reader.says('/start');
    await send(reader.id, { text: 'one' });
    await send(reader.id, { text: 'two' });
    expect((await api.nextMessage(reader)).text).toBe('one');
    expect((await api.nextMessage(reader)).text).toBe('two');
    const third = api.nextMessage(reader, (post) => post.text === 'four');
    await send(reader.id, { text: 'three' });
    await send(reader.id, { text: 'four' });
    expect((await third).text).toBe('four');
  });

  it('gives up in time and says what was there instead', async () => {
    reader.says('/start');
    await send(reader.id, { text: 'something else' });
    await expect(api.nextMessage(reader, (post) => post.text === 'x', 20)).rejects.toThrow(
      `nothing came within 20 ms: chat ${reader.id} has ["something else"]`,
    );
    await expect(api.waitFor(() => false, 20)).rejects.toThrow('the condition never held');
    await expect(api.settled(20)).rejects.toThrow('1 updates are waiting');
  });

  it('stops with the error of what it looks at', async () => {
    const failing = api.waitFor(() => {
      throw new Error('broken');
    }, 1000);
    await expect(failing).rejects.toThrow('broken');
  });
});
