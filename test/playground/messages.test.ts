/** Sending, editing, deleting: who may, where to, and what comes of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBotApi } from '../../src/playground/botApi.ts';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Person } from '../../src/playground/person.ts';
import type { Room } from '../../src/playground/room.ts';
import type { Message } from '../../src/playground/wire.ts';
import { callBotApi, refusalOf } from '../tools/botApiClient.ts';

let api: BotApi;
let reader: Person;

beforeEach(async () => {
  api = await startBotApi();
  reader = api.world.addUser({ firstName: 'Lan', username: 'lan_doc_bao', started: true });
});
afterEach(async () => {
  await api.close();
  expect(api.bugs).toEqual([]);
});

async function send(chat: Person | Room, params: object = {}): Promise<Message> {
  const { result, description } = await callBotApi(api, 'sendMessage', {
    chat_id: chat.id,
    text: 'a',
    ...params,
  });
  if (result === undefined) throw new Error(description);
  return result as Message;
}

const sending = (chat_id: unknown, params: object = {}): Promise<string> =>
  refusalOf(api, 'sendMessage', { chat_id, text: 'a', ...params });

describe('a chat that cannot be written to', () => {
  it.each<[because: string, scene: () => unknown, refusal: string]>([
    ['no id', () => undefined, '400 Bad Request: chat_id is empty'],
    ['an empty id', () => '', '400 Bad Request: chat_id is empty'],
    ['nobody has the id', () => 4, '400 Bad Request: chat not found'],
    ['no number', () => 'lan', '400 Bad Request: chat not found'],
    ['persons are not found by name', () => '@lan_doc_bao', '400 Bad Request: chat not found'],
    [
      'the person never wrote',
      () => api.world.addUser().id,
      "403 Forbidden: bot can't initiate conversation with a user",
    ],
    [
      'the person blocked the bot',
      () => {
        reader.blocks();
        return reader.id;
      },
      '403 Forbidden: bot was blocked by the user',
    ],
    [
      'the account is gone',
      () => {
        reader.deactivates();
        return reader.id;
      },
      '403 Forbidden: user is deactivated',
    ],
    [
      'outside a group',
      () => api.world.addGroup().id,
      '403 Forbidden: bot is not a member of the group chat',
    ],
    [
      'kicked from a supergroup',
      () => api.world.addSupergroup({ bot: 'kicked' }).id,
      '403 Forbidden: bot was kicked from the supergroup chat',
    ],
    [
      'outside a public channel',
      () => {
        api.world.addChannel({ username: 'tin_nhanh' });
        return '@Tin_Nhanh';
      },
      '403 Forbidden: bot is not a member of the channel chat',
    ],
    [
      'no right to post in a channel',
      () => api.world.addChannel({ bot: 'administrator' }).id,
      '400 Bad Request: need administrator rights in the channel chat',
    ],
    [
      'a group where only admins write',
      () => {
        const group = api.world.addSupergroup({ bot: 'member' });
        group.setOpen(false);
        return group.id;
      },
      '400 Bad Request: not enough rights to send text messages to the chat',
    ],
    [
      'restricted in a group',
      () => api.world.addSupergroup({ bot: 'restricted' }).id,
      '400 Bad Request: not enough rights to send text messages to the chat',
    ],
    [
      'a deleted group',
      () => {
        const group = api.world.addGroup({ bot: 'member' });
        group.delete();
        return group.id;
      },
      '403 Forbidden: the group chat was deleted',
    ],
  ])('%s', async (_because, scene, refusal) => {
    expect(await sending(scene())).toBe(refusal);
  });

  it('tells the new id of a group that became a supergroup', async () => {
    const group = api.world.addGroup({ bot: 'member' });
    const supergroup = group.migrate();
    const answer = await callBotApi(api, 'sendMessage', { chat_id: group.id, text: 'a' });
    expect(answer).toMatchObject({
      status: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: supergroup.id },
    });
    expect(supergroup.id).toBeLessThan(-1_000_000_000_000);
    expect(await sending(supergroup.id)).toBe('ok');
  });

  it('is found out about after mistakes in the text and in the keyboard', async () => {
    expect(await refusalOf(api, 'sendMessage', {})).toBe('400 Bad Request: message text is empty');
    expect(await sending(4, { text: '<p>', parse_mode: 'HTML' })).toContain('Unsupported start tag "p"');
    expect(await sending(4, { reply_markup: { inline_keyboard: [[{}]] } })).toContain(
      'Can\'t find field "text"',
    );
    expect(await sending(4, { text: 'x'.repeat(5000) })).toBe('400 Bad Request: chat not found');
  });
});

describe('a message that is sent', () => {
  it('looks as in the documentation: in private, in a group, in a channel', async () => {
    const channel = api.world.addChannel({
      title: 'Tin nhanh',
      username: 'tin_nhanh',
      bot: 'administrator',
      botRights: { can_post_messages: true },
    });
    expect(await send(reader)).toEqual({
      message_id: 1,
      from: api.bot,
      chat: { id: reader.id, type: 'private', first_name: 'Lan', username: 'lan_doc_bao' },
      date: expect.any(Number) as number,
      text: 'a',
    });
    const post = (await callBotApi(api, 'sendMessage', { chat_id: '@TIN_nhanh', text: 'a' }))
      .result as Message;
    expect(post).toMatchObject({ message_id: 1, sender_chat: { id: channel.id, title: 'Tin nhanh' } });
    expect(post).not.toHaveProperty('from');
  });

  it('is numbered for the whole bot in private chats and groups, for itself in supergroups and channels', async () => {
    const other = api.world.addUser({ started: true });
    const group = api.world.addGroup({ bot: 'member' });
    const first = api.world.addSupergroup({ bot: 'member' });
    const second = api.world.addSupergroup({ bot: 'member' });
    const ids = [];
    for (const chat of [reader, other, group, first, first, second]) ids.push((await send(chat)).message_id);
    expect(ids).toEqual([1, 2, 3, 1, 2, 1]);
  });

  it('can be silent, protected, with or without a preview', async () => {
    const message = await send(reader, {
      disable_notification: true,
      protect_content: 'true',
      link_preview_options: { is_disabled: true, url: 'e.vn' },
    });
    expect(message).toMatchObject({
      has_protected_content: true,
      link_preview_options: { is_disabled: true, url: 'http://e.vn/' },
    });
    expect(api.messages(reader)[0]?.silent).toBe(true);
    expect(await sending(reader.id, { link_preview_options: { is_disabled: 'yes' } })).toBe(
      '400 Bad Request: field "is_disabled" must be of type Boolean',
    );
    expect(await sending(reader.id, { link_preview_options: { url: 'no' } })).toBe(
      '400 Bad Request: WEBPAGE_URL_INVALID',
    );
  });

  it('pays for speed only when it can', async () => {
    expect(await sending(reader.id, { allow_paid_broadcast: true })).toBe(
      '400 Bad Request: FLOODSKIP_NOT_ALLOWED',
    );
    const rich = await startBotApi({ paidBroadcast: true });
    const chat_id = rich.world.addUser({ started: true }).id;
    expect(await refusalOf(rich, 'sendMessage', { chat_id, text: 'a', allow_paid_broadcast: true })).toBe(
      'ok',
    );
    await rich.close();
  });

  it('answers another one, or goes without when that is allowed', async () => {
    const asked = reader.says('câu hỏi');
    const answer = await send(reader, { reply_parameters: { message_id: asked.id } });
    expect(answer.reply_to_message).toMatchObject({ message_id: asked.id, text: 'câu hỏi' });
    expect(await sending(reader.id, { reply_parameters: { message_id: 999 } })).toBe(
      '400 Bad Request: message to be replied not found',
    );
    const alone = await send(reader, {
      reply_parameters: { message_id: 999, allow_sending_without_reply: true },
    });
    expect(alone).not.toHaveProperty('reply_to_message');
    expect(await sending(reader.id, { reply_parameters: { allow_sending_without_reply: true } })).toBe(
      '400 Bad Request: can\'t find field "message_id"',
    );
  });
});

describe('topics', () => {
  let forum: Room;
  let topic: number;

  beforeEach(() => {
    forum = api.world.addSupergroup({ forum: true, bot: 'member' });
    topic = forum.createTopic('Thời sự');
  });

  it('take messages by their number, General without one', async () => {
    expect(await send(forum, { message_thread_id: topic })).toMatchObject({
      message_thread_id: topic,
      is_topic_message: true,
    });
    expect(await send(forum)).not.toHaveProperty('message_thread_id');
    expect(api.messages(forum).map((post) => post.threadId)).toEqual([topic, null]);
  });

  it('are answered in when their messages are answered', async () => {
    const asked = reader.sends(forum, '/latest', { threadId: topic });
    const answer = await send(forum, { reply_parameters: { message_id: asked.id } });
    expect(answer.message_thread_id).toBe(topic);
  });

  it('that are not there are refused, and so is General by its number', async () => {
    for (const message_thread_id of [1, 999]) {
      expect(await sending(forum.id, { message_thread_id })).toBe(
        '400 Bad Request: message thread not found',
      );
    }
    expect(await sending(reader.id, { message_thread_id: topic })).toBe(
      '400 Bad Request: message thread not found',
    );
    forum.deleteTopic(topic);
    expect(await sending(forum.id, { message_thread_id: topic })).toBe(
      '400 Bad Request: message thread not found',
    );
  });

  it('that are closed are for those who manage topics', async () => {
    forum.closeTopic(topic);
    expect(await sending(forum.id, { message_thread_id: topic })).toBe('400 Bad Request: TOPIC_CLOSED');
    forum.setBot('administrator', { rights: { can_manage_topics: true } });
    expect(await sending(forum.id, { message_thread_id: topic })).toBe('ok');
    forum.setBot('member');
    forum.reopenTopic(topic);
    expect(await sending(forum.id, { message_thread_id: topic })).toBe('ok');
    forum.setGeneralClosed(true);
    expect(await sending(forum.id)).toBe('400 Bad Request: TOPIC_CLOSED');
  });
});

describe('an edit', () => {
  const MARKUP = { inline_keyboard: [[{ text: '›', callback_data: 'p:2' }]] };
  const NOT_MODIFIED =
    '400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

  const editing = (params: object): Promise<string> =>
    refusalOf(api, 'editMessageText', { chat_id: reader.id, text: 'b', ...params });

  it('changes text and buttons, and what is not given again is gone', async () => {
    const { message_id } = await send(reader, { reply_markup: MARKUP, text: '<b>a</b>', parse_mode: 'HTML' });
    const { result } = await callBotApi(api, 'editMessageText', {
      chat_id: reader.id,
      message_id,
      text: 'b',
    });
    expect(result).toMatchObject({ message_id, text: 'b', edit_date: expect.any(Number) as number });
    const post = api.messages(reader)[0];
    expect(post).toMatchObject({ text: 'b', entities: [], buttons: [], edits: 1 });
    expect(post?.earlier[0]).toMatchObject({ text: 'a', reply_markup: MARKUP });
  });

  it('that changes nothing is refused', async () => {
    const { message_id } = await send(reader, { text: '<b>a</b>', parse_mode: 'HTML', reply_markup: MARKUP });
    const same = { message_id, text: '<strong>a</strong> ', parse_mode: 'HTML', reply_markup: MARKUP };
    expect(await editing(same)).toBe(NOT_MODIFIED);
    expect(await editing({ ...same, text: 'a' })).toBe('ok');
    expect(await editing({ message_id, text: 'a' })).toBe('ok');
  });

  it('of the buttons alone leaves the text', async () => {
    const { message_id } = await send(reader, { reply_markup: MARKUP });
    const without = { chat_id: reader.id, message_id };
    expect(await refusalOf(api, 'editMessageReplyMarkup', { ...without, reply_markup: MARKUP })).toBe(
      NOT_MODIFIED,
    );
    expect(await refusalOf(api, 'editMessageReplyMarkup', without)).toBe('ok');
    expect(api.messages(reader)[0]).toMatchObject({ text: 'a', buttons: [] });
  });

  it.each<[because: string, params: () => object, refusal: string]>([
    ['no message is named', () => ({}), 'message identifier is not specified'],
    ['there is none', () => ({ message_id: 999 }), 'message to edit not found'],
    ['it is somebody else’s', () => ({ message_id: reader.says('x').id }), "message can't be edited"],
    ['no text', () => ({ message_id: 1, text: '' }), 'message text is empty'],
    ['an inline message', () => ({ chat_id: '', inline_message_id: 'x' }), 'MESSAGE_ID_INVALID'],
    [
      'a keyboard that is none of a message',
      () => ({ message_id: 1, reply_markup: { force_reply: true } }),
      'inline keyboard expected',
    ],
  ])('is refused: %s', async (_because, params, refusal) => {
    await send(reader);
    expect(await editing(params())).toBe(`400 Bad Request: ${refusal}`);
  });

  it('of a deleted message, or where the bot is no longer, is refused', async () => {
    const group = api.world.addSupergroup({ bot: 'member' });
    const { message_id } = await send(group);
    group.setBot('kicked');
    expect(await editing({ chat_id: group.id, message_id })).toBe(
      '403 Forbidden: bot was kicked from the supergroup chat',
    );
    const mine = await send(reader);
    await callBotApi(api, 'deleteMessage', { chat_id: reader.id, message_id: mine.message_id });
    expect(await editing({ message_id: mine.message_id })).toBe('400 Bad Request: message to edit not found');
  });
});

describe('deleting', () => {
  const deleting = (chat_id: number, message_id: number): Promise<string> =>
    refusalOf(api, 'deleteMessage', { chat_id, message_id });

  it('works once, on own messages and in private on all', async () => {
    const { message_id } = await send(reader);
    expect(await deleting(reader.id, message_id)).toBe('ok');
    expect(await deleting(reader.id, message_id)).toBe('400 Bad Request: message to delete not found');
    expect(await deleting(reader.id, reader.says('x').id)).toBe('ok');
    expect(api.messages(reader)).toEqual([]);
  });

  it('wants a right for other people’s messages in a group', async () => {
    const group = api.world.addSupergroup({ bot: 'member' });
    const theirs = reader.sends(group, 'x');
    expect(await deleting(group.id, theirs.id)).toBe("400 Bad Request: message can't be deleted");
    group.setBot('administrator', { rights: { can_delete_messages: true } });
    expect(await deleting(group.id, theirs.id)).toBe('ok');
  });

  it('of several skips those that are gone', async () => {
    const { message_id } = await send(reader);
    const params = { chat_id: reader.id, message_ids: [message_id, 999] };
    expect(await refusalOf(api, 'deleteMessages', params)).toBe('ok');
    expect(api.messages(reader)).toEqual([]);
  });
});

describe('sendChatAction', () => {
  it('wants a known action and a chat that can be written to', async () => {
    expect(await refusalOf(api, 'sendChatAction', { chat_id: reader.id, action: 'typing' })).toBe('ok');
    expect(await refusalOf(api, 'sendChatAction', { chat_id: reader.id, action: 'dance' })).toBe(
      '400 Bad Request: wrong parameter action in request',
    );
    reader.blocks();
    expect(await refusalOf(api, 'sendChatAction', { chat_id: reader.id, action: 'typing' })).toBe(
      '403 Forbidden: bot was blocked by the user',
    );
  });
});
