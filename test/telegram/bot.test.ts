import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Person } from '../../src/playground/person.ts';
import { startRig, type Rig } from './rig.ts';

let rig: Rig;
let api: BotApi;
let anne: Person;

async function begin(change?: Parameters<typeof startRig>[0]): Promise<void> {
  rig = await startRig(change);
  api = rig.double;
  anne = api.world.addUser({ languageCode: 'en', started: true });
}

beforeEach(() => begin());

afterEach(async () => {
  await rig.close();
  expect(api.bugs).toEqual([]);
});

/** Replaces the rig of this test by one with other services. */
async function beginAnew(change: Parameters<typeof startRig>[0]): Promise<void> {
  await rig.close();
  await begin(change);
}

async function answerTo(text: string): Promise<string> {
  anne.says(text);
  return (await api.nextMessage(anne)).text;
}

describe('when a handler fails', () => {
  it('the person reads one calm sentence, the operator what happened, and the next question is answered', async () => {
    await beginAnew(({ searcher }) => ({
      searcher: { ...searcher, search: () => Promise.reject(new Error('the index is on fire')) },
    }));
    expect(await answerTo('/search lũ')).toBe(
      'Something went wrong on our side. Please try again in a moment.',
    );
    expect(rig.log()).toContain('the index is on fire');
    expect(await answerTo('/latest')).toContain('There are no articles yet');
  });

  it('under a button, the spinner ends all the same', async () => {
    await beginAnew(({ queries }) => ({
      queries: { ...queries, recall: () => Promise.reject(new Error('the disk is full')) },
    }));
    await rig.room.publish(12);
    anne.says('/search Tin');
    const press = anne.presses(await api.nextMessage(anne), 'Next ▶️');
    await api.waitFor(() => press.answer);
    expect((await api.nextMessage(anne)).text).toContain('Something went wrong');
    expect(rig.log()).toContain('the disk is full');
  });

  it('because the person has blocked the bot, nobody is told of an error', async () => {
    anne.says('/latest');
    await api.nextMessage(anne);
    api.faults.add({
      kind: 'error',
      status: 403,
      description: 'Forbidden: bot was blocked by the user',
      method: 'sendMessage',
    });
    anne.says('/latest');
    expect(await answerTo('/help')).toContain('How to use the bot');
    expect(rig.log()).not.toContain('"level":"error"');
  });
});

describe('how fast one may ask', () => {
  it('too many commands get one answer that says so, and then none', async () => {
    for (let n = 0; n < 45; n++) anne.says('/language');
    await api.settled();
    const fast = await api.nextMessage(anne, (post) => post.text.includes('a little fast'));
    expect(api.messages(anne)).toHaveLength(41);
    expect(api.messages(anne).at(-1)?.id).toBe(fast.id);
  });

  it('too many presses are told so above the chat', async () => {
    anne.says('/language');
    const post = await api.nextMessage(anne);
    const presses = Array.from({ length: 41 }, () => anne.presses(post, '🇬🇧 English'));
    const answers = await api.waitFor(() => {
      const given = presses.flatMap(({ answer }) => (answer === null ? [] : [answer.text]));
      return given.length === presses.length && given;
    });
    expect(answers.filter((text) => text !== '')).toEqual([
      'That was a little fast. The bot answers again in a few seconds.',
      'That was a little fast. The bot answers again in a few seconds.',
    ]);
  });
});

describe('a button', () => {
  it('that says what no button of ours says has expired', async () => {
    // Whoever speaks to the Bot API of Telegram may send anything at all as callback data.
    anne.says('/language');
    const press = anne.forges(await api.nextMessage(anne), 'l:-1:DROP TABLE:');
    expect(await api.waitFor(() => press.answer)).toMatchObject({
      text: 'This button is too old. Please send the command again.',
    });
  });

  it.each([
    ['a page of the newest articles', 'l:0:c:', 'Tin 12.'],
    ['the rest of an edition', 'm:1:c:0', 'Tin 12.'],
  ])(
    'that stands under another message changes none: %s comes in a message of its own',
    async (_what, data, shown) => {
      await rig.room.publish(12);
      anne.says('/help');
      const post = await api.nextMessage(anne);
      const before = post.text;
      anne.forges(post, data);
      expect((await api.nextMessage(anne)).text).toContain(shown);
      expect(post.text).toBe(before);
      expect(api.ledger.of('editMessageText')).toEqual([]);
    },
  );

  it('under a message that is too old to be shown is answered in a new one', async () => {
    await rig.room.publish(12);
    anne.says('/latest');
    const post = await api.nextMessage(anne);
    post.deleted = true;
    anne.presses(post, 'Next ▶️');
    expect((await api.nextMessage(anne)).text).toContain('6–10 of 12');
    expect(api.ledger.of('editMessageText')).toEqual([]);
  });

  it('whose message shows the same already does nothing, without an error', async () => {
    await rig.room.publish(12);
    anne.says('/latest');
    const post = await api.nextMessage(anne);
    // The same press again, from a second telephone that still shows the first page.
    api.faults.add({
      kind: 'error',
      status: 400,
      description: 'Bad Request: message is not modified: specified new message content is exactly the same',
      method: 'editMessageText',
    });
    const press = anne.presses(post, 'Next ▶️');
    expect(await api.waitFor(() => press.answer)).toMatchObject({ text: '' });
    expect(api.messages(anne)).toHaveLength(1);
    expect(rig.log()).not.toContain('"level":"error"');
  });

  it('under a message that can be edited no more answers with a new one', async () => {
    await rig.room.publish(12);
    anne.says('/latest');
    const post = await api.nextMessage(anne);
    api.faults.add({
      kind: 'error',
      status: 400,
      description: "Bad Request: message can't be edited",
      method: 'editMessageText',
    });
    anne.presses(post, 'Next ▶️');
    expect((await api.nextMessage(anne)).text).toContain('6–10 of 12');
  });

  it('that was pressed too long ago is no error', async () => {
    anne.says('/language');
    const post = await api.nextMessage(anne);
    api.faults.add({
      kind: 'error',
      status: 400,
      description: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
      method: 'answerCallbackQuery',
    });
    anne.presses(post, '🇻🇳 Tiếng Việt');
    expect((await api.nextMessage(anne)).text).toContain('tiếng Việt');
    await api.settled();
    expect(rig.log()).not.toContain('"level":"error"');
  });

  it('to a page of a search that has fewer pages now shows the last one', async () => {
    const ids = await rig.room.publish(12);
    anne.says('/search Tin');
    const post = await api.nextMessage(anne);
    anne.presses(post, 'Next ▶️');
    await api.edited(post);
    expect(post.text).toContain('6–10 of 12');
    for (const id of ids.slice(0, 8)) await rig.room.remove(id);
    anne.presses(post, 'Next ▶️');
    await api.edited(post, 1);
    expect(post.text).toContain('1–4 of 4');
  });
});

describe('what is not for the bot', () => {
  it('is a message that somebody sent through it', async () => {
    await rig.room.publish(1);
    const ask = anne.asks('Tin');
    const answer = await api.waitFor(() => ask.answer);
    anne.chooses(ask, answer.results[0]?.id ?? '', anne);
    expect(await answerTo('/language')).toBe('Choose a language:');
    expect(api.messages(anne)).toHaveLength(1);
  });

  it('is a message without words', async () => {
    api.updates.push('message', {
      message_id: 1,
      date: 0,
      chat: { id: anne.id, type: 'private', first_name: 'Anne' },
      from: anne.user,
    });
    expect(await answerTo('/language')).toBe('Choose a language:');
    expect(api.messages(anne)).toHaveLength(1);
  });

  it('in a channel is all that would turn pages for its readers', async () => {
    const channel = api.world.addChannel({ owner: anne, bot: 'administrator', botRights: 'all' });
    anne.sends(channel, '/latest');
    anne.sends(channel, '/help');
    anne.sends(channel, 'Tin nóng!');
    anne.sends(channel, '/status');
    expect((await api.nextMessage(channel)).text).toContain('Trạng thái');
    expect(api.messages(channel)).toHaveLength(1);
  });
});

describe('in a channel', () => {
  // A program of one's own sends what it likes; the answer would stand before all readers.
  it.each(['c:latest', 'c:status', 'c:subscribe', 'g:en', 'l:0:z:', 'n::z:0', 'm::z:0'])(
    'a reader cannot make the bot write with a forged press %s',
    async (data) => {
      await rig.room.publish(3);
      const channel = api.world.addChannel({ bot: 'administrator', botRights: 'all' });
      await rig.client.request('sendMessage', {
        chat_id: channel.id,
        text: 'Điểm tin',
        reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: data }]] },
      });
      const post = await api.nextMessage(channel);
      const press = anne.presses(post, 1);
      await api.waitFor(() => press.answer);
      expect(press.answer?.text).toContain('too old');
      expect([api.messages(channel).length, post.edits]).toEqual([1, 0]);
    },
  );
});

describe('who speaks as a channel in a group', () => {
  it('may ask no more than a person', async () => {
    const group = api.world.addSupergroup({ bot: 'administrator' });
    for (let i = 0; i < 45; i++) {
      api.updates.push('message', {
        message_id: 1_000 + i,
        date: 0,
        chat: group.wire,
        from: { id: 136_817_688, is_bot: true, first_name: 'Channel' },
        sender_chat: { id: -1_009_999, type: 'channel', title: 'Kênh' },
        text: '/language',
      });
    }
    await api.settled();
    await api.waitFor(() => api.messages(group).some(({ text }) => text.includes('hơi nhanh')));
    expect(api.messages(group)).toHaveLength(41);
  });
});

describe('what a person writes', () => {
  it('without a command is searched for', async () => {
    await rig.room.publish(3);
    expect(await answerTo('Tin 2')).toContain('Search “Tin 2”');
  });

  it.each(['/tìm bão', '/', '/latest@other_bot', ' /2025-12-24'])(
    'as if it were a command, %j, is answered in private with the way to the help',
    async (text) => {
      expect(await answerTo(text)).toContain('/help');
    },
  );

  it('with an unknown command in private is answered with the way to the help', async () => {
    expect(await answerTo('/whatever')).toContain('/help');
  });

  it('in reply to a message, with /search alone, searches for that message', async () => {
    await rig.room.publish(3);
    const group = api.world.addSupergroup({ owner: anne, bot: 'administrator' });
    const quoted = anne.sends(group, 'Tin 3');
    anne.sends(group, '/search', { replyTo: quoted });
    expect((await api.nextMessage(group)).text).toContain('Search “Tin 3”');
  });
});

describe('what becomes of the bot in a chat', () => {
  async function stateOf(chatId: number): Promise<string> {
    const row = await rig.room.db.selectFrom('chats').selectAll().where('id', '=', chatId).executeTakeFirst();
    return row === undefined ? 'unknown' : `${row.state} ${row.reason ?? ''}`.trim();
  }

  it.each([
    ['added to a group as a member', 'member', 'none', 'active'],
    ['made an admin', 'administrator', 'all', 'active'],
    ['muted', 'restricted', 'none', 'gone no-rights'],
    ['thrown out', 'kicked', 'none', 'gone kicked'],
    ['taken out', 'left', 'none', 'gone left'],
  ] as const)('%s: %s', async (_, status, rights, expected) => {
    const group = api.world.addSupergroup({ owner: anne, bot: status === 'member' ? 'left' : 'member' });
    group.setBot(status, { rights: rights === 'all' ? 'all' : {}, by: anne });
    await api.settled();
    await expect.poll(() => stateOf(group.id)).toBe(expected);
  });

  it('an admin of a channel who may not post there', async () => {
    const channel = api.world.addChannel({ owner: anne });
    channel.setBot('administrator', { rights: { can_edit_messages: true }, by: anne });
    await expect.poll(() => stateOf(channel.id)).toBe('gone no-rights');
    channel.setBot('administrator', { rights: 'all', by: anne });
    await expect.poll(() => stateOf(channel.id)).toBe('active');
    expect(await rig.room.chats.keeper(channel.id)).toMatchObject({ userId: anne.id });
  });

  it('blocked by a person, and unblocked', async () => {
    anne.says('/language');
    await api.nextMessage(anne);
    anne.blocks();
    await expect.poll(() => stateOf(anne.id)).toBe('gone blocked');
    anne.unblocks();
    await expect.poll(() => stateOf(anne.id)).toBe('active');
  });

  it('the group that it is in becomes a supergroup: its subscription goes along', async () => {
    const group = api.world.addGroup({ owner: anne, bot: 'member' });
    anne.sends(group, '/subscribe');
    await api.nextMessage(group);
    const supergroup = group.migrate();
    await expect.poll(() => stateOf(supergroup.id)).toBe('active');
    expect(await rig.room.store.find(supergroup.id, 0)).not.toBeNull();
    expect(await stateOf(group.id)).toBe('unknown');
  });
});

describe('inline', () => {
  it('offers the newest, twenty at a time, and what comes after them', async () => {
    await rig.room.publish(25);
    const ask = anne.asks('');
    const answer = await api.waitFor(() => ask.answer);
    expect(answer.results.map(({ title }) => title).slice(0, 2)).toEqual(['Tin 25.', 'Tin 24.']);
    expect(answer.results).toHaveLength(20);
    const next = anne.asks('', answer.nextOffset);
    const rest = await api.waitFor(() => next.answer);
    expect(rest.results).toHaveLength(5);
    expect(rest.nextOffset).toBe('');
  });

  it('finds, and links into the bot', async () => {
    await rig.room.publish(3);
    const ask = anne.asks('Tin 2');
    const { results } = await api.waitFor(() => ask.answer);
    expect(results.map(({ title }) => title)).toEqual(['Tin 2.']);
    expect(results[0]?.keyboard?.inline_keyboard).toEqual([
      [{ text: '📖 Read in Telegram', url: 'https://t.me/diemtin_bot?start=a_article00002' }],
    ]);
  });

  it('that finds nothing shows a way to the same search in the chat with the bot', async () => {
    await rig.room.publish(3);
    const ask = anne.asks('<b>Tim');
    const { results, button } = await api.waitFor(() => ask.answer);
    expect([results, button?.text]).toEqual([[], 'No article matches. Search in the bot']);
    anne.says(`/start ${button?.startParameter ?? ''}`);
    expect((await api.nextMessage(anne)).text).toContain('No article matches “<b>Tim”.');
    anne.says('/start w_unknown000');
    expect((await api.nextMessage(anne)).text).toContain('too old');
  });

  it.each([
    [{}, undefined],
    [{ understood: 'Tin\n1' }, 'Understood as: Tin 1'],
    [{ notes: ['unbalanced-quote' as const] }, 'See how this was understood'],
    [{ catchingUp: true }, 'See how this was understood'],
    [{ suggestions: ['giá vàng'] }, 'Did you mean: giá vàng'],
    [{ hits: [], suggestions: ['gia vang '.repeat(40)] }, `Did you mean: ${'gia vang '.repeat(5)}gia…`],
    [{ hits: [], catchingUp: true }, 'The index is catching up. Search in the bot'],
  ])('says beside the cards what is to be said (%j)', async (change, label) => {
    await beginAnew(({ searcher }) => ({
      searcher: {
        ...searcher,
        search: async (request) => ({ ...(await searcher.search(request)), ...change }),
      },
    }));
    await rig.room.publish(30);
    const ask = anne.asks('Tin');
    const { button, nextOffset, cacheTime, isPersonal } = await api.waitFor(() => ask.answer);
    expect(button?.text).toBe(label);
    expect([isPersonal, cacheTime]).toEqual([true, 'catchingUp' in change ? 0 : 60]);
    if (nextOffset === '') return;
    const next = anne.asks('Tin', nextOffset);
    expect((await api.waitFor(() => next.answer)).button).toBeNull();
  });

  it('leads to what may have been meant', async () => {
    await beginAnew(({ searcher }) => ({
      searcher: {
        ...searcher,
        search: async (request) => {
          const result = await searcher.search(request);
          return result.hits.length > 0 ? result : { ...result, suggestions: ['Tin 2'] };
        },
      },
    }));
    await rig.room.publish(3);
    const ask = anne.asks('Tim 2');
    const { button } = await api.waitFor(() => ask.answer);
    anne.says(`/start ${button?.startParameter ?? ''}`);
    expect((await api.nextMessage(anne)).text).toContain('Search “Tin 2” · 1 article');
  });

  it('keeps no more queries of one person than a lively reader has', async () => {
    const buttons = new Set<boolean>();
    for (let i = 0; i < 45; i++) {
      const ask = anne.asks(`không có ${i}`);
      buttons.add((await api.waitFor(() => ask.answer)).button !== null);
    }
    expect([...buttons]).toEqual([true, false]);
    const { n } = await rig.room.db
      .selectFrom('queries')
      .select((e) => e.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    expect(n).toBe(40);
  });

  it.each(['-1', 'x', '999999999', '1e3'])(
    'an offset that nobody gave out (%s) begins anew',
    async (offset) => {
      await rig.room.publish(1);
      const ask = anne.asks('', offset);
      expect((await api.waitFor(() => ask.answer)).results).toHaveLength(1);
    },
  );

  it('is left alone when it is switched off', async () => {
    await beginAnew(({ settings }) => ({ settings: { ...settings, inlineMode: false } }));
    const ask = anne.asks('Tin');
    await api.settled();
    await answerTo('/language');
    expect(ask.answer).toBeNull();
  });
});
