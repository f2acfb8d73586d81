import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Person } from '../../src/playground/person.ts';
import type { Post } from '../../src/playground/post.ts';
import { DAY, SEVEN } from '../digest/newsroom.ts';
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
  expect(rig.log()).not.toContain('"level":"error"');
});

async function answerTo(text: string): Promise<Post> {
  anne.says(text);
  return api.nextMessage(anne);
}

async function toastOf(post: Post, which: string | number): Promise<string | undefined> {
  const press = anne.presses(post, which);
  await api.waitFor(() => press.answer);
  return press.answer?.text;
}

describe('/start', () => {
  it('opens the article of a link', async () => {
    await rig.room.publish(2);
    expect((await answerTo('/start a_article00002')).text).toContain('Tin 2.');
  });

  it('opens the edition of a link', async () => {
    await rig.room.publish(12);
    const page = await answerTo('/start n_1_c');
    expect(page.text).toContain('1–5 of 11');
    await toastOf(page, 'Next ▶️');
    expect(page.text).toContain('6–10 of 11');
  });

  it.each(['', ' nonsense', ' a_', ' <b>'])('with%s says what the bot does', async (payload) => {
    expect((await answerTo(`/start${payload}`)).text).toContain('@diemtin_bot lets you read');
  });

  it('says when the article of a link is gone', async () => {
    const [id = ''] = await rig.room.publish(1);
    await rig.room.remove(id);
    expect((await answerTo(`/start a_${id}`)).text).toBe('This article is no longer there.');
    expect((await answerTo('/start n_1_2')).text).toBe('This article is no longer there.');
  });
});

/** An article of several pages, opened. */
async function openLong(): Promise<{ id: string; article: Post }> {
  const [id = ''] = await rig.room.publish(1);
  await rig.room.db
    .updateTable('articles')
    .set({ body: 'Một câu. '.repeat(900) })
    .execute();
  return { id, article: await answerTo(`/start a_${id}`) };
}

describe('an article', () => {
  it('opens in a message of its own, and turns its pages in place', async () => {
    const [id = ''] = await rig.room.publish(1);
    const body = Array.from({ length: 40 }, (_, n) => `Đoạn ${n}. ${'chữ '.repeat(60)}`).join('\n\n');
    await rig.room.db.updateTable('articles').set({ body }).where('id', '=', id).execute();
    const list = await answerTo('/latest');
    anne.presses(list, '1');
    const article = await api.nextMessage(anne);
    expect(article.text).toContain('Đoạn 0.');
    await toastOf(article, 'Next ▶️');
    expect(article.text).not.toContain('Đoạn 0.');
    expect(list.edits).toBe(0);
  });

  it('that is gone says so above the chat when its pages are turned', async () => {
    const { id, article } = await openLong();
    await rig.room.remove(id);
    expect(await toastOf(article, 'Next ▶️')).toBe('This article is no longer there.');
  });

  it('asks for related ones when its last page is shown, not before', async () => {
    await rig.close();
    const asked: number[] = [];
    await begin(({ searcher }) => ({
      searcher: {
        ...searcher,
        related(seq) {
          asked.push(seq);
          return Promise.resolve([]);
        },
      },
    }));
    const { article } = await openLong();
    expect(asked).toEqual([]);
    while (article.buttons.some(({ text }) => text === 'Next ▶️')) {
      expect(asked).toEqual([]);
      await toastOf(article, 'Next ▶️');
    }
    expect(asked).toHaveLength(1);
  });

  it('offers related ones under its last page; without them it is worth reading too', async () => {
    await rig.close();
    await begin(({ searcher }) => ({
      searcher: { ...searcher, related: () => Promise.resolve(['article00001']) },
    }));
    await rig.room.publish(2);
    const article = await answerTo('/start a_article00002');
    expect(article.text).toContain('Related');
    expect(await toastOf(article, 'Tin 1.')).toBe('');
    expect((await api.nextMessage(anne)).text).toContain('Tin 1.');

    await rig.close();
    await begin(({ searcher }) => ({
      searcher: { ...searcher, related: () => Promise.reject(new Error('the index is down')) },
    }));
    await rig.room.publish(1);
    expect((await answerTo('/start a_article00001')).text).toContain('Tin 1.');
    expect(rig.log()).toContain('the index is down');
  });
});

describe('/digest', () => {
  it('shows the edition that this chat would get now, and changes nothing', async () => {
    await rig.room.publish(3);
    await rig.room.subscribe(anne.id, { language: 'en', at: SEVEN - DAY });
    const before = await rig.room.store.find(anne.id, 0);
    expect((await answerTo('/digest')).text).toContain('News digest, Tuesday 24 November 2026');
    expect(await rig.room.store.find(anne.id, 0)).toEqual(before);
    expect(await rig.room.deliveries()).toEqual([]);
  });

  it('has the rest behind its button, in a message of its own', async () => {
    await rig.room.publish(1);
    await rig.room.subscribe(anne.id, { language: 'en' });
    await rig.room.tick(SEVEN);
    await rig.room.publish(13);
    const digest = await answerTo('/digest');
    anne.presses(digest, '3 more');
    expect((await api.nextMessage(anne)).text).toContain('11–13 of 13');
    expect(digest.edits).toBe(0);
  });

  it('has one entry a story, whose reports open by a link, and the same on the pages of the rest', async () => {
    await rig.room.publish(1);
    await rig.room.subscribe(anne.id, { language: 'en' });
    await rig.room.db.updateTable('subscriptions').set({ max_items: 3 }).execute();
    await rig.room.tick(SEVEN);
    await rig.room.publish(13);
    const inStory = rig.room.db.updateTable('articles').set({ story_id: 1, source: 'AFP' });
    await inStory.where('seq', 'in', [1, 13, 14]).execute();
    await rig.room.db.updateTable('articles').set({ source: 'TASS' }).where('seq', '=', 13).execute();
    const digest = await answerTo('/digest');
    expect(digest.text).toContain('1. Tin 14.\nAFP · 23 Nov\nNew development (earlier report) · 2 sources');
    anne.presses(digest, '9 more');
    const rest = await api.nextMessage(anne);
    expect(rest.text).toContain('1–5 of 12 stories');
    expect(rest.text).toContain('New development · 2 sources');
    anne.presses(rest, '1');
    const article = await api.nextMessage(anne);
    anne.presses(article, '🗂 2 sources');
    const list = await api.nextMessage(anne);
    expect(list.text).toContain('Reports of this story · 2 sources');
    expect(list.text).toContain('3. Tin 1.');
    expect((await answerTo('/start t_article00001')).text).toBe(list.text);
    await rig.room.db.updateTable('articles').set({ removed_at: 1 }).where('story_id', '=', 1).execute();
    expect((await answerTo('/start t_article00001')).text).toBe('This article is no longer there.');
  });

  it('says since when there is nothing new', async () => {
    expect((await answerTo('/digest')).text).toBe('There is nothing new yet.');
    await rig.room.publish(1);
    await rig.room.subscribe(anne.id);
    await rig.room.tick(SEVEN);
    await rig.room.send(anne.id, SEVEN);
    expect((await answerTo('/digest')).text).toBe(
      'There is nothing new since the last digest (07:00 Tue 24 Nov 2026).',
    );
  });
});

describe('/status', () => {
  it('of a chat without a subscription says how to get one', async () => {
    expect((await answerTo('/status')).text).toContain('There is no subscription here');
  });

  it.each([
    ['planned', 'Last: 07:00 Tue 24 Nov 2026 – waiting to be sent'],
    ['sent', 'Last: 07:00 Tue 24 Nov 2026 – sent'],
    ['unknown', 'not confirmed by Telegram'],
    ['dead', 'not sent (refused)'],
  ] as const)('says what became of a digest that is %s', async (state, expected) => {
    await rig.room.publish(1);
    await rig.room.subscribe(anne.id);
    await rig.room.tick(SEVEN);
    await rig.room.db.updateTable('deliveries').set({ state, reason: 'refused' }).execute();
    const { text } = await answerTo('/status');
    expect(text).toContain(expected);
    expect(text).toContain('Next: 07:00 Wed 25 Nov 2026');
  });

  it('has the figures for operators, in private', async () => {
    await rig.close();
    await begin(({ settings }) => ({
      settings: { ...settings, adminIds: [500_000_001] },
      operator: () =>
        Promise.resolve({
          figures: [['articles', '1,234']],
          refused: ['<b>.txt: undated, x'],
          unknown: [{ chatId: -100, slot: SEVEN }],
        }),
    }));
    expect(anne.id).toBe(500_000_001);
    const { text } = await answerTo('/status');
    expect(text).toContain('Articles: 1,234');
    expect(text).toContain('• <b>.txt: undated, x');
    expect(text).toContain('• -100, 07:00 Tue 24 Nov 2026');
    const group = api.world.addSupergroup({ owner: anne, bot: 'member' });
    anne.sends(group, '/status');
    expect((await api.nextMessage(group)).text).not.toContain('1,234');
  });
});

describe('the language', () => {
  it('of a group is changed by its admins only', async () => {
    const group = api.world.addSupergroup({ bot: 'member' });
    group.setMember(anne, 'member');
    anne.sends(group, '/language en');
    expect((await api.nextMessage(group)).text).toContain('Only admins');
    group.setMember(anne, 'administrator');
    anne.sends(group, '/language en');
    expect((await api.nextMessage(group)).text).toContain('From now on the bot answers in English here.');
    const tom = api.world.addUser({ languageCode: 'vi' });
    group.setMember(tom, 'member');
    tom.sends(group, '/language');
    expect((await api.nextMessage(group)).text).toBe('Choose a language:');
  });

  it('is the person’s where none was chosen, and else the default', async () => {
    expect((await answerTo('/language')).text).toBe('Choose a language:');
    const jean = api.world.addUser({ languageCode: 'fr' });
    jean.says('/language');
    expect((await api.nextMessage(jean)).text).toBe('Chọn ngôn ngữ:');
  });

  it.each(['/language', '/language fr', '/language EN please'])('%s asks which', async (command) => {
    const choice = await answerTo(command);
    expect(choice.buttons.map(({ text }) => text)).toEqual(['🇻🇳 Tiếng Việt', '🇬🇧 English']);
    anne.presses(choice, '🇻🇳 Tiếng Việt');
    expect((await api.nextMessage(anne)).text).toBe('Từ nay bot trả lời bằng tiếng Việt ở đây.');
  });
});
