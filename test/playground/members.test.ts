/** What the bot may ask about chats and their members. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBotApi } from '../../src/playground/botApi.ts';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Person } from '../../src/playground/person.ts';
import type { Room } from '../../src/playground/room.ts';
import { callBotApi, refusalOf } from '../tools/botApiClient.ts';

let api: BotApi;
let lan: Person;
let group: Room;
let channel: Room;

beforeAll(async () => {
  api = await startBotApi();
  lan = api.world.addUser({ firstName: 'Lan', started: true });
  const owner = api.world.addUser({ firstName: 'Chủ' });
  group = api.world.addSupergroup({ title: 'Bạn đọc', bot: 'member', owner });
  channel = api.world.addChannel({ title: 'Tin', username: 'tin', bot: 'administrator', owner });
});
afterAll(() => api.close());

const result = async (method: string, params: object): Promise<unknown> =>
  (await callBotApi(api, method, params)).result;

describe('getChat', () => {
  it('describes a person, a group, a channel by its name', async () => {
    expect(await result('getChat', { chat_id: lan.id })).toMatchObject({
      type: 'private',
      first_name: 'Lan',
    });
    expect(await result('getChat', { chat_id: group.id })).toMatchObject({
      type: 'supergroup',
      title: 'Bạn đọc',
      permissions: { can_send_messages: true },
    });
    expect(await result('getChat', { chat_id: '@TIN' })).toMatchObject({
      id: channel.id,
      active_usernames: ['tin'],
      accent_color_id: 0,
    });
  });

  it('is open for public channels, closed for groups that the bot is not in', async () => {
    const publicChannel = api.world.addChannel({ username: 'khac' });
    expect(await refusalOf(api, 'getChat', { chat_id: publicChannel.id })).toBe('ok');
    expect(await refusalOf(api, 'getChat', { chat_id: api.world.addSupergroup().id })).toBe(
      '403 Forbidden: bot is not a member of the supergroup chat',
    );
  });
});

describe('getChatMember', () => {
  it.each<
    [status: 'creator' | 'administrator' | 'member' | 'restricted' | 'left' | 'kicked', expected: object]
  >([
    ['creator', { is_anonymous: false }],
    ['administrator', { can_manage_chat: true, can_delete_messages: true, can_pin_messages: false }],
    ['member', {}],
    ['restricted', { is_member: true, can_send_messages: false }],
    ['left', {}],
    ['kicked', { until_date: 0 }],
  ])('shows %s', async (status, expected) => {
    group.setMember(lan, status, { rights: { can_delete_messages: true } });
    expect(await result('getChatMember', { chat_id: group.id, user_id: lan.id })).toMatchObject({
      status,
      user: { id: lan.id },
      ...expected,
    });
  });

  it('gives channel rights in channels and group rights in groups only', async () => {
    const rights = { can_post_messages: true, can_pin_messages: true };
    channel.setMember(lan, 'administrator', { rights });
    const inChannel = await result('getChatMember', { chat_id: channel.id, user_id: lan.id });
    expect(inChannel).toMatchObject({ can_post_messages: true });
    expect(inChannel).not.toHaveProperty('can_pin_messages');
    group.setMember(lan, 'administrator', { rights });
    expect(await result('getChatMember', { chat_id: group.id, user_id: lan.id })).not.toHaveProperty(
      'can_post_messages',
    );
  });

  it('knows the bot, somebody who never was there, and the other side of a private chat', async () => {
    const stranger = api.world.addUser();
    expect(await result('getChatMember', { chat_id: group.id, user_id: api.bot.id })).toMatchObject({
      status: 'member',
    });
    expect(await result('getChatMember', { chat_id: group.id, user_id: stranger.id })).toMatchObject({
      status: 'left',
    });
    expect(await result('getChatMember', { chat_id: lan.id, user_id: lan.id })).toMatchObject({
      status: 'member',
    });
  });

  it('refuses what it cannot know', async () => {
    const asking = (chat_id: unknown, user_id: unknown): Promise<string> =>
      refusalOf(api, 'getChatMember', { chat_id, user_id });
    expect(await asking(group.id, 0)).toBe('400 Bad Request: invalid user_id specified');
    expect(await asking(group.id, 4)).toBe('400 Bad Request: user not found');
    expect(await asking('@no_such_channel', lan.id)).toBe('400 Bad Request: chat not found');
    const foreign = api.world.addChannel({ username: 'bao_khac' });
    expect(await asking(foreign.id, lan.id)).toBe('400 Bad Request: member list is inaccessible');
    const closed = api.world.addChannel();
    expect(await asking(closed.id, lan.id)).toBe('403 Forbidden: bot is not a member of the channel chat');
  });
});

describe('administrators and numbers', () => {
  it('are those who are there, without bots', async () => {
    group.setMember(lan, 'administrator');
    group.setMember(api.world.addUser(), 'member');
    group.setMember(api.world.addUser(), 'kicked');
    const admins = (await result('getChatAdministrators', { chat_id: group.id })) as { status: string }[];
    expect(admins.map((admin) => admin.status)).toEqual(['creator', 'administrator']);
    expect(await result('getChatMemberCount', { chat_id: group.id })).toBe(4);
    expect(await result('getChatMemberCount', { chat_id: lan.id })).toBe(2);
    expect(await refusalOf(api, 'getChatAdministrators', { chat_id: lan.id })).toBe(
      '400 Bad Request: there are no administrators in the private chat',
    );
  });
});

describe('leaveChat', () => {
  it('is for groups and channels, and final', async () => {
    const left = api.world.addGroup({ bot: 'member' });
    expect(await refusalOf(api, 'leaveChat', { chat_id: left.id })).toBe('ok');
    expect(await refusalOf(api, 'leaveChat', { chat_id: left.id })).toBe(
      '403 Forbidden: bot is not a member of the group chat',
    );
    expect(await refusalOf(api, 'leaveChat', { chat_id: lan.id })).toBe(
      "400 Bad Request: chat member status can't be changed in private chats",
    );
  });
});
