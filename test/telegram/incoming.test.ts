import type { Chat, Message, Update } from 'telegraf/types';
import { describe, expect, it } from 'vitest';
import {
  askerOf,
  concerns,
  isEcho,
  orderKey,
  placeOf,
  readCommand,
  speakerOf,
  textOf,
} from '../../src/telegram/incoming.ts';

const ANNE = { id: 7, is_bot: false, first_name: 'Anne', language_code: 'en' };
/** How Telegram shows an admin who speaks as the group. */
const ANONYMOUS = { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };
/** How Telegram shows what it forwards from a linked channel. */
const TELEGRAM = { id: 777_000, is_bot: false, first_name: 'Telegram' };
/** How Telegram shows a member who speaks as a channel of theirs. */
const CHANNEL_BOT = { id: 136_817_688, is_bot: true, first_name: 'Channel', username: 'Channel_Bot' };

const PRIVATE = { id: 7, type: 'private', first_name: 'Anne', username: 'anne' };
const GROUP = { id: -1_001_234_567_890, type: 'supergroup', title: 'Nhóm', username: 'nhom' };
const CHANNEL = { id: -1_009_876_543_210, type: 'channel', title: 'Kênh' };

/** Only the fields that matter, in the shape that Telegram sends. */
function message(fields: object): Message {
  return { message_id: 1, date: 0, chat: GROUP, from: ANNE, ...fields } as unknown as Message;
}

describe('a command', () => {
  it.each([
    ['/latest', 'latest', ''],
    ['/latest 10', 'latest', '10'],
    ['/search tong thong my', 'search', 'tong thong my'],
    // For this bot by name, in any letter case.
    ['/latest@diemtin_bot 10', 'latest', '10'],
    ['/LATEST@DiemTin_Bot', 'latest', ''],
    ['/Search Hội nghị', 'search', 'Hội nghị'],
    // The words may stand on a line of their own.
    ['/search\nhội nghị\n\nG20', 'search', 'hội nghị\n\nG20'],
    ['/search@diemtin_bot\nlũ', 'search', 'lũ'],
    ['  /help  ', 'help', ''],
    ['/search\u00a0lũ', 'search', 'lũ'],
    ['/start a_article00001', 'start', 'a_article00001'],
    ['/unknown_2 x', 'unknown_2', 'x'],
  ])('%j is %s with %j', (text, name, args) => {
    expect(readCommand(text, 'diemtin_bot')).toEqual({ name, args });
  });

  it.each([
    ['for another bot', '/latest@other_bot'],
    ['for a bot whose name only begins like ours', '/latest@diemtin_bot2'],
    ['no command at all', 'tong thong'],
    ['a command in the middle', 'try /latest'],
    ['a slash', '/'],
    ['a path', '/usr/bin'],
    ['a date', '/2025-12-24'],
    ['longer than commands are', `/${'x'.repeat(33)}`],
    ['nothing', ''],
  ])('is not %s', (_, text) => {
    expect(readCommand(text, 'diemtin_bot')).toBeNull();
  });
});

describe('the place of a message', () => {
  it.each([
    ['a private chat', PRIVATE, {}, { id: 7, type: 'private', title: null, username: 'anne' }, 0],
    ['a group', GROUP, {}, { ...GROUP }, 0],
    ['a channel without a name', CHANNEL, {}, { ...CHANNEL, username: null }, 0],
    ['a topic', GROUP, { is_topic_message: true, message_thread_id: 42 }, { ...GROUP }, 42],
    // In General there is no thread id, and none may be sent.
    ['the General topic', GROUP, {}, { ...GROUP }, 0],
    [
      'the General topic, named all the same',
      GROUP,
      { is_topic_message: true, message_thread_id: 1 },
      { ...GROUP },
      0,
    ],
    // Replies carry a thread id as well, which is no topic.
    ['a thread of replies', GROUP, { message_thread_id: 42 }, { ...GROUP }, 0],
  ])('is %s', (_, chat, fields, expected, threadId) => {
    const place = placeOf(chat as Chat, message({ chat, ...fields }));
    expect(place).toEqual({ chat: expected, threadId });
  });

  it('is the chat itself when there is no message', () => {
    expect(placeOf(CHANNEL as Chat).threadId).toBe(0);
  });
});

describe('who speaks', () => {
  it.each([
    ['a person', {}, { userId: 7, firstName: 'Anne', languageCode: 'en', speaksForChat: false }],
    [
      'a person whose language Telegram does not tell',
      { from: { ...ANNE, language_code: undefined } },
      { userId: 7, firstName: 'Anne', languageCode: undefined, speaksForChat: false },
    ],
    [
      'an anonymous admin, who is known to be one',
      { from: ANONYMOUS, sender_chat: GROUP },
      { userId: null, firstName: null, languageCode: undefined, speaksForChat: true },
    ],
    [
      'a linked channel whose post Telegram forwards: nobody of the group',
      { from: TELEGRAM, sender_chat: CHANNEL, is_automatic_forward: true },
      { userId: null, firstName: null, languageCode: undefined, speaksForChat: false },
    ],
    [
      'a member who speaks as a channel: not an admin for that',
      { from: CHANNEL_BOT, sender_chat: CHANNEL },
      { userId: null, firstName: null, languageCode: undefined, speaksForChat: false },
    ],
    [
      'a post in a channel: only admins post there',
      { chat: CHANNEL, from: undefined, sender_chat: CHANNEL },
      { userId: null, firstName: null, languageCode: undefined, speaksForChat: true },
    ],
    [
      'another bot',
      { from: CHANNEL_BOT },
      { userId: null, firstName: null, languageCode: undefined, speaksForChat: false },
    ],
    [
      'a bot that pretends to be the group without being its anonymous admin',
      { from: CHANNEL_BOT, sender_chat: GROUP },
      { userId: null, firstName: null, languageCode: undefined, speaksForChat: false },
    ],
  ])('is %s', (_, fields, expected) => {
    expect(speakerOf(message(fields))).toEqual(expected);
  });
});

describe('a message counts against', () => {
  it.each([
    ['the person', {}, ANNE.id],
    ['the group, for its anonymous admins', { from: ANONYMOUS, sender_chat: GROUP }, GROUP.id],
    ['the channel, for a member who speaks as one', { from: CHANNEL_BOT, sender_chat: CHANNEL }, CHANNEL.id],
    ['nobody, for a post in a channel', { chat: CHANNEL, from: undefined, sender_chat: CHANNEL }, null],
  ])('%s', (_, fields, expected) => {
    expect(askerOf(message(fields))).toBe(expected);
  });
});

describe('an echo', () => {
  it.each([
    [
      'a post that Telegram forwards',
      { from: TELEGRAM, sender_chat: CHANNEL, is_automatic_forward: true },
      true,
    ],
    ['what another bot says', { from: { ...ANNE, is_bot: true } }, true],
    ['not what a person says', {}, false],
    ['not what an anonymous admin says', { from: ANONYMOUS, sender_chat: GROUP }, false],
    ['not what a member says as a channel', { from: CHANNEL_BOT, sender_chat: CHANNEL }, false],
    ['not a post in a channel', { chat: CHANNEL, from: undefined, sender_chat: CHANNEL }, false],
  ])('is %s', (_, { from, ...fields }: Record<string, unknown>, expected) => {
    const given = message(fields);
    expect(isEcho(from === undefined ? given : ({ ...given, from } as Message))).toBe(expected);
  });
});

describe('the text of a message', () => {
  it.each([
    ['its text', { text: '/latest' }, '/latest'],
    ['the caption of its picture', { photo: [], caption: '/search lũ' }, '/search lũ'],
    ['none for a picture without', { photo: [] }, null],
    ['none for a sticker', { sticker: {} }, null],
  ])('is %s', (_, fields, expected) => {
    expect(textOf(message(fields))).toBe(expected);
  });
});

describe('updates are handled in order', () => {
  const inGroup = message({ text: 'x' });
  it.each([
    ['of a chat, for messages', { message: inGroup }, GROUP.id],
    ['of a channel, for posts', { channel_post: message({ chat: CHANNEL }) }, CHANNEL.id],
    ['of the chat, for buttons', { callback_query: { id: '1', from: ANNE, message: inGroup } }, GROUP.id],
    ['of the person, for buttons under inline results', { callback_query: { id: '1', from: ANNE } }, ANNE.id],
    ['of the chat, for what becomes of the bot', { my_chat_member: { chat: GROUP, from: ANNE } }, GROUP.id],
    ['of the person, for inline queries', { inline_query: { id: '1', from: ANNE } }, ANNE.id],
    ['of nobody, for what the bot did not ask for', { poll: { id: '1' } }, 0],
    // Telegram promises more than this; an update that threw here would take its whole batch along.
    ['of nobody, for nothing', {}, 0],
    ['of nobody, for a message that is null', { message: null }, 0],
    ['of nobody, for a message without a chat', { message: { message_id: 1 } }, 0],
    [
      'of the person, for a button whose message has no chat',
      { callback_query: { from: ANNE, message: {} } },
      ANNE.id,
    ],
  ])('%s', (_, fields, expected) => {
    expect(orderKey({ update_id: 1, ...fields } as unknown as Update)).toBe(expected);
  });
});

describe('an update', () => {
  const said = (text: string, fields: object = {}): object => ({ message: message({ text, ...fields }) });
  const posted = (text: string): object => ({
    channel_post: { message_id: 1, date: 0, text, chat: CHANNEL, sender_chat: CHANNEL },
  });
  it.each<[what: string, update: object, isForTheBot: boolean]>([
    ['a command in a group', said('/latest'), true],
    ['a command for this bot by name', said('/latest@diemtin_bot'), true],
    ['a command under a picture', { message: message({ photo: [], caption: '/search lũ' }) }, true],
    ['words in private', said('lũ', { chat: PRIVATE }), true],
    ['a group that becomes a supergroup', { message: message({ migrate_to_chat_id: -1_001 }) }, true],
    ['a supergroup that was a group', { message: message({ migrate_from_chat_id: -1 }) }, true],
    ['an admin’s command in a channel', posted('/subscribe'), true],
    ['a button', { callback_query: { id: '1', from: ANNE, chat_instance: '1' } }, true],
    ['a membership', { my_chat_member: {} }, true],
    ['an inline query', { inline_query: {} }, true],
    ['what nobody can read', { message: null }, true],
    ['talk in a group', said('chào cả nhà'), false],
    ['a command for another bot', said('/latest@other_bot'), false],
    ['a picture in a group', { message: message({ photo: [] }) }, false],
    ['a picture in private', { message: message({ chat: PRIVATE, photo: [] }) }, false],
    ['another command in a channel', posted('/latest'), false],
    ['a post in a channel', posted('tin'), false],
    ['what another bot says', said('/latest', { from: CHANNEL_BOT }), false],
    ['what was sent through a bot', said('/latest', { via_bot: CHANNEL_BOT }), false],
    ['somebody who comes', { message: message({ new_chat_members: [ANNE] }) }, false],
  ])('that is %s', (_what, update, isForTheBot) => {
    expect(
      concerns({ update_id: 1, ...update } as unknown as Update, { id: 1, username: 'diemtin_bot' }),
    ).toBe(isForTheBot);
  });
});
