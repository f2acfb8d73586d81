import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Person } from '../../src/playground/person.ts';
import type { Room } from '../../src/playground/room.ts';
import { checkChannel, mayManage } from '../../src/telegram/members.ts';
import type { Speaker } from '../../src/telegram/incoming.ts';
import type { ChatIdentity } from '../../src/telegram/services.ts';
import { startRig, type Rig } from './rig.ts';

let rig: Rig;
let api: BotApi;
let anne: Person;

beforeEach(async () => {
  rig = await startRig();
  api = rig.double;
  anne = api.world.addUser();
});

afterEach(() => rig.close());

const speaks = (person: Person): Speaker => ({
  userId: person.id,
  firstName: null,
  languageCode: undefined,
  speaksForChat: false,
});
const nobody: Speaker = { userId: null, firstName: null, languageCode: undefined, speaksForChat: false };

function identity(room: Room): ChatIdentity {
  const { id, type, title = null, username = null } = room.wire;
  return { id, type, title, username };
}

describe('who may change a subscription', () => {
  it('anybody in private, of whom Telegram is not even asked', async () => {
    const chat: ChatIdentity = { id: anne.id, type: 'private', title: null, username: null };
    expect(await mayManage(rig.client, chat, nobody)).toBe(true);
    expect(api.ledger.of('getChatMember')).toEqual([]);
  });

  it.each([
    ['creator', true],
    ['administrator', true],
    ['member', false],
    ['restricted', false],
    ['left', false],
    ['kicked', false],
  ] as const)('in a group, a %s: %s', async (status, expected) => {
    const group = api.world.addSupergroup({ bot: 'member' });
    group.setMember(anne, status);
    expect(await mayManage(rig.client, identity(group), speaks(anne))).toBe(expected);
  });

  it('an admin who is anonymous, but nobody else whom one cannot ask about', async () => {
    const group = identity(api.world.addSupergroup({ bot: 'member' }));
    expect(await mayManage(rig.client, group, { ...nobody, speaksForChat: true })).toBe(true);
    expect(await mayManage(rig.client, group, nobody)).toBe(false);
  });

  it('nobody of whom Telegram does not answer: the failure is told instead of guessed', async () => {
    const group = api.world.addSupergroup({ bot: 'member', owner: anne });
    api.faults.add({ kind: 'too-many', retryAfterSeconds: 3_600, method: 'getChatMember', times: Infinity });
    await expect(mayManage(rig.client, identity(group), speaks(anne))).rejects.toMatchObject({ code: 429 });
  });

  it('as Telegram says at that moment: an admin of yesterday is none', async () => {
    const group = api.world.addSupergroup({ bot: 'member' });
    group.setMember(anne, 'administrator');
    expect(await mayManage(rig.client, identity(group), speaks(anne))).toBe(true);
    group.setMember(anne, 'member');
    expect(await mayManage(rig.client, identity(group), speaks(anne))).toBe(false);
  });
});

describe('who may subscribe a channel by its name', () => {
  const check = (ref: string | number, person = anne) => checkChannel(rig.client, ref, person.id, api.bot.id);

  it('its admin, when the bot may post there', async () => {
    const channel = api.world.addChannel({
      owner: anne,
      username: 'tin_nong',
      title: 'Tin nóng',
      bot: 'administrator',
      botRights: 'all',
    });
    const expected = {
      kind: 'ok',
      chat: { id: channel.id, type: 'channel', title: 'Tin nóng', username: 'tin_nong' },
    };
    expect(await check('@tin_nong')).toEqual(expected);
    expect(await check(channel.id)).toEqual(expected);
  });

  it('nobody else, whatever the bot may do there', async () => {
    api.world.addChannel({ username: 'tin_nong', bot: 'administrator', botRights: 'all' });
    expect(await check('@tin_nong')).toMatchObject({ kind: 'not-yours' });
  });

  it('its reader, no more than a stranger', async () => {
    const channel = api.world.addChannel({ username: 'tin_nong', bot: 'administrator', botRights: 'all' });
    channel.setMember(anne, 'member');
    expect(await check('@tin_nong')).toMatchObject({ kind: 'not-yours' });
  });

  it.each([
    ['is an admin that may not post', 'administrator', 'bot-cannot-post'],
    // Of a channel in which the bot is not, Telegram does not tell who its admins are.
    ['is not there', 'left', 'bot-outside'],
    ['was thrown out', 'kicked', 'unknown'],
  ] as const)('its admin, but in vain when the bot %s', async (_, bot, expected) => {
    api.world.addChannel({ owner: anne, username: 'tin_nong', bot });
    expect((await check('@tin_nong')).kind).toBe(expected);
  });

  it('nobody of whom Telegram does not tell, though the bot may post', async () => {
    api.world.addChannel({ owner: anne, username: 'tin_nong', bot: 'administrator', botRights: 'all' });
    api.faults.add({
      kind: 'error',
      status: 400,
      description: 'Bad Request: member list is inaccessible',
      method: 'getChatMember',
    });
    expect((await check('@tin_nong')).kind).toBe('not-yours');
  });

  it('a group, when its admin asks', async () => {
    const group = api.world.addSupergroup({ owner: anne, bot: 'member' });
    expect(await check(group.id)).toMatchObject({ kind: 'ok' });
    group.setBot('restricted');
    expect(await check(group.id)).toMatchObject({ kind: 'bot-cannot-post' });
  });

  it.each(['@nobody_has_this_name', -1_009_999_999_999, 12_345])('there is no %s', async (ref) => {
    expect(await check(ref)).toEqual({ kind: 'unknown' });
  });

  it('a person is no channel', async () => {
    anne.says('/language');
    await api.nextMessage(anne);
    expect(await check(anne.id)).toEqual({ kind: 'unknown' });
  });

  it('a flood is no answer: nothing is said about the channel', async () => {
    api.world.addChannel({ owner: anne, username: 'tin_nong', bot: 'administrator', botRights: 'all' });
    api.faults.add({ kind: 'too-many', retryAfterSeconds: 3_600, method: 'getChat', times: Infinity });
    await expect(check('@tin_nong')).rejects.toMatchObject({ code: 429 });
  });
});
