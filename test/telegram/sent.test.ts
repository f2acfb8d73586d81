import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Person } from '../../src/playground/person.ts';
import type { Post } from '../../src/playground/post.ts';
import { DAY, HOUR, SEVEN } from '../digest/newsroom.ts';
import { startRig, type Rig } from './rig.ts';

let rig: Rig;
let api: BotApi;
let anne: Person;

beforeEach(async () => {
  rig = await startRig();
  api = rig.double;
  anne = api.world.addUser({ firstName: 'Anne', languageCode: 'en', started: true });
});

afterEach(async () => {
  await rig.close();
  expect(api.bugs).toEqual([]);
  expect(rig.log()).not.toContain('"level":"error"');
});

async function answerTo(text: string): Promise<Post> {
  anne.says(text);
  return api.nextMessage(anne);
}

/** A digest of the morning `days` ago. Returns its messages. */
async function digestOf(
  days: number,
  articles = 1,
  title = (name: string): string => name,
): Promise<string[]> {
  const at = SEVEN - days * DAY;
  await rig.room.publish(articles, title);
  await rig.room.tick(at);
  return rig.room.send(anne.id, at);
}

const subscribed = (days: number): Promise<boolean> =>
  rig.room.subscribe(anne.id, { language: 'en', at: SEVEN - days * DAY - HOUR });

describe('/digest with a day', () => {
  it.each(['2026-11-23', '23/11', '23.11.2026', 'yesterday', 'hôm qua'])(
    'shows what was sent: %s',
    async (day) => {
      await subscribed(2);
      await digestOf(2);
      const [sent = ''] = await digestOf(1);
      expect(sent).toContain('Tin 2.');
      const post = await answerTo(`/digest ${day}`);
      expect(post.text).toMatch(
        /^Sent at 07:00 Mon 23 Nov 2026\.\n\n🗞 News digest, Monday 23 November 2026\n/u,
      );
      expect(post.text).toContain('Tin 2.');
      expect(post.text).not.toContain('Tin 1.');
    },
  );

  it('shows what was sent and not what became of it since', async () => {
    await subscribed(1);
    await digestOf(1);
    await rig.room.adjust(anne.id, { set: 'style', style: 'short' }, SEVEN);
    await rig.room.db.updateTable('articles').set({ title: 'Something else', removed_at: 1 }).execute();
    expect((await answerTo('/digest 2026-11-23')).text).toContain('1. Tin 1.\n23 Nov');
  });

  it('shows all of several, a few messages at a time', async () => {
    await rig.room.subscribe(anne.id, { language: 'en', cron: '0 * * * *', at: SEVEN - DAY - HOUR });
    for (let hour = 0; hour < 11; hour++) {
      await rig.room.publish(1);
      await rig.room.tick(SEVEN - DAY + hour * HOUR);
      await rig.room.send(anne.id, SEVEN - DAY + hour * HOUR);
    }
    anne.says('/digest 2026-11-23');
    const posts: Post[] = [];
    for (let n = 0; n < 8; n++) posts.push(await api.nextMessage(anne));
    expect(posts.map((post) => /Tin \d+\./u.exec(post.text)?.[0])).toEqual(
      Array.from({ length: 8 }, (_, n) => `Tin ${n + 1}.`),
    );
    const last = posts.at(-1);
    if (last === undefined) throw new Error('nothing came');
    anne.presses(last, '3 more messages');
    const rest = [await api.nextMessage(anne), await api.nextMessage(anne), await api.nextMessage(anne)];
    expect(rest.map((post) => /Tin \d+\./u.exec(post.text)?.[0])).toEqual(['Tin 9.', 'Tin 10.', 'Tin 11.']);
    expect(rest[2]?.text).toContain('Sent at 17:00 Mon 23 Nov 2026.');
  });

  it('names the time once for an edition of several messages', async () => {
    await rig.room.subscribe(anne.id, { language: 'en', at: SEVEN - DAY - HOUR });
    await rig.room.adjust(anne.id, { set: 'items', maxItems: 30 }, SEVEN - DAY - HOUR);
    const sent = await digestOf(1, 20, (name) => `${name} ${'x'.repeat(280)}`);
    expect(sent).toHaveLength(2);
    expect((await answerTo('/digest yesterday')).text).toMatch(/^Sent at/u);
    expect((await api.nextMessage(anne)).text).toMatch(/^🗞 .* \(part 2\)\n/u);
  });

  it('says which may not have arrived', async () => {
    await subscribed(1);
    await rig.room.publish(1);
    await rig.room.tick(SEVEN - DAY);
    const taken = await rig.room.takeOne(anne.id, SEVEN - DAY);
    await rig.room.outbox.settle([{ kind: 'unknown', id: taken?.id ?? 0, reason: 'reset' }], SEVEN - DAY, []);
    await rig.room.outbox.announce([taken?.id ?? 0], SEVEN - DAY);
    expect((await answerTo('/digest yesterday')).text).toMatch(/^Sent at .*; Telegram did not confirm it/u);
  });

  it('leads to the last one when nothing was sent on that day', async () => {
    await subscribed(3);
    await digestOf(3);
    const post = await answerTo('/digest yesterday');
    expect(post.text).toBe('No digest was sent on Monday 23 November 2026.');
    anne.presses(post, '🗞 The last one: Saturday 21 November 2026');
    expect((await api.nextMessage(anne)).text).toContain('Sent at 07:00 Sat 21 Nov 2026.');
  });

  it.each([
    ['2026-11-25', 'Wednesday 25 November 2026 is still to come. For a preview of the next digest: /digest'],
    ['2026-11-09', 'Digests are kept for 14 days, so that of Monday 9 November 2026 is gone.'],
    ['2026-11-10', 'No digest was sent on Tuesday 10 November 2026.'],
    ['2026-02-30', '“2026-02-30” is not a day that the bot knows.'],
    ['tomorrow <b>', '“tomorrow <b>” is not a day that the bot knows.'],
  ])('is kind about %s', async (day, answer) => {
    expect((await answerTo(`/digest ${day}`)).text).toContain(answer);
  });

  it('shows admins what a channel was sent that they name in private, and nobody else', async () => {
    const channel = api.world.addChannel({
      ...{ owner: anne, username: 'kenh_tin', title: 'Kênh Tin' },
      ...{ bot: 'administrator' as const, botRights: 'all' as const },
    });
    const binh = api.world.addUser({ languageCode: 'en', started: true });
    await rig.room.subscribe(channel.id, { language: 'en', cron: '0 * * * *', at: SEVEN - DAY - HOUR });
    for (let hour = 0; hour < 9; hour++) {
      await rig.room.publish(1);
      await rig.room.tick(SEVEN - DAY + hour * HOUR);
      await rig.room.send(channel.id, SEVEN - DAY + hour * HOUR);
    }
    const posts = [await answerTo('/digest @kenh_tin yesterday')];
    for (let n = 1; n < 8; n++) posts.push(await api.nextMessage(anne));
    expect(posts[0]?.text).toContain('Sent at 07:00 Mon 23 Nov 2026.');
    const last = posts.at(-1);
    if (last === undefined) throw new Error('nothing came');
    anne.presses(last, '1 more message');
    expect((await api.nextMessage(anne)).text).toContain('Sent at 15:00 Mon 23 Nov 2026.');
    await rig.room.publish(1);
    expect((await answerTo('/digest @kenh_tin')).text).toContain('Preview of the digest of');
    channel.setMember(binh, 'administrator');
    channel.setMember(anne, 'member');
    const press = anne.presses(last, '1 more message');
    expect(await api.waitFor(() => press.answer)).toMatchObject({
      text: expect.stringContaining('admin') as string,
    });
    binh.says('/digest @kenh_tin 23/11');
    expect((await api.nextMessage(binh)).text).toContain('Sent at 07:00');
    expect((await answerTo('/digest @kenh_tin 23/11')).text).toContain('does not confirm');
    expect(api.messages(channel)).toEqual([]);
  });

  it('shows nobody what another chat was sent', async () => {
    await subscribed(1);
    await digestOf(1);
    const binh = api.world.addUser({ languageCode: 'en', started: true });
    binh.says('/digest yesterday');
    expect((await api.nextMessage(binh)).text).toBe('No digest was sent on Monday 23 November 2026.');
  });
});

describe('/digest without a day', () => {
  it('is what the next one will be: its day, its style, its length, its language', async () => {
    await subscribed(1);
    await digestOf(1);
    await rig.room.tick(SEVEN);
    await rig.room.adjust(anne.id, { set: 'schedule', cron: '30 6 * * *' }, SEVEN);
    await rig.room.adjust(anne.id, { set: 'style', style: 'short' }, SEVEN);
    await rig.room.adjust(anne.id, { set: 'items', maxItems: 3 }, SEVEN);
    await rig.room.chats.chooseLanguage(anne.id, 'vi');
    await rig.room.publish(5);
    const preview = await answerTo('/digest');
    await rig.room.tick(SEVEN + DAY - HOUR / 2);
    await rig.room.send(anne.id, SEVEN + DAY);
    const [above, ...rest] = preview.text.split('\n\n');
    expect(above).toBe('Xem trước bản tin lúc 06:30 Thứ Tư, 25/11/2026.');
    expect(rest.join('\n\n')).toBe(
      '🗞 Điểm tin Thứ Tư, 25/11/2026\n3 trong 5 tin mới\n\n1. Tin 6.\n2. Tin 5.\n3. Tin 4.',
    );
    const [, sent] = await rig.room.deliveries(anne.id);
    expect(sent?.html.replace(/<[^>]+>/gu, '')).toBe(rest.join('\n\n'));
  });
});
