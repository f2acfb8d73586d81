import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Person } from '../../src/playground/person.ts';
import { THEFT } from '../digest/reports.ts';
import { startDouble } from '../tools/double.ts';
import { Newsroom, type Program } from '../tools/program.ts';

let api: BotApi;
let room: Newsroom;

beforeEach(async () => {
  api = await startDouble();
  room = new Newsroom(api);
  room.publish('mot', 'Bài thứ nhất', { date: '2025-12-01' });
  room.publish('hai', 'Bài thứ hai', { date: '2025-12-02' });
});

afterEach(async () => {
  await room.close();
  await api.close();
});

/** Ends the program, makes everybody due, and starts it again. */
async function nextSlot(program: Program, agoMs?: number, env?: Record<string, string>): Promise<Program> {
  expect(await program.stop()).toEqual({ code: 0, signal: null });
  room.makeDue(agoMs);
  return room.start(env);
}

async function subscriber(): Promise<Person> {
  const lan = api.world.addUser({ languageCode: 'vi' });
  lan.says('/subscribe');
  expect((await api.nextMessage(lan)).text).toContain('Đã đăng ký.');
  return lan;
}

describe('the digest', () => {
  it('begins with the newest articles, then brings exactly what is new, once', async () => {
    let program = await room.start();
    const lan = await subscriber();
    program = await nextSlot(program);
    const first = await api.nextMessage(lan);
    expect(first.text).toMatch(/Điểm tin [\s\S]*1\. Bài thứ hai[\s\S]*2\. Bài thứ nhất/u);

    room.publish('ba', 'Bài thứ ba', { date: '2025-12-03' });
    program = await nextSlot(program);
    const second = await api.nextMessage(lan);
    expect(second.text).toContain('1. Bài thứ ba');
    expect(second.text).not.toContain('Bài thứ hai');

    program = await nextSlot(program);
    await program.says('digests were planned');
    lan.says('/status');
    const status = await api.nextMessage(lan);
    expect(status.text).toContain('đã gửi');
    expect(status.text).toContain('Lần tới: 07:00');
    await program.stop();
    expect(api.messages(lan).filter(({ text }) => text.startsWith('🗞'))).toHaveLength(2);
  });

  it('has what is new also when a minute strikes while the program starts', async () => {
    let program = await room.start();
    const lan = await subscriber();
    for (const untilMinuteMs of [600, 900, 1_200, 1_500, 1_800]) {
      await program.stop();
      room.publish(`phut${untilMinuteMs}`, `Bài mới ${untilMinuteMs}`, { date: '2025-12-03' });
      room.makeDue();
      const ahead = 60_000 - (Date.now() % 60_000) - untilMinuteMs;
      const clock = { node: ['--import', `${process.cwd()}/test/tools/jumpingClock.js`] };
      program = await room.start({ CLOCK_AHEAD_MS: String(ahead) }, clock);
      const digest = await api.nextMessage(lan);
      expect(digest.text).toContain(`Bài mới ${untilMinuteMs}`);
    }
  });

  it('takes a file that appears while the program runs, within ten seconds', async () => {
    const program = await room.start();
    const lan = await subscriber();
    // Those that were there.
    await program.says('"added":2,');
    room.publish('moi', 'Bài vừa đăng', { date: '2025-12-24' });
    const began = Date.now();
    await program.says('"added":1,', 10_000);
    expect(Date.now() - began).toBeLessThan(10_000);
    lan.says('/latest');
    expect((await api.nextMessage(lan)).text).toContain('1. Bài vừa đăng');
  });

  it('has the others behind a button when there are more than the maximum', async () => {
    let program = await room.start();
    const lan = await subscriber();
    program = await nextSlot(program);
    await api.nextMessage(lan);
    for (let i = 10; i < 22; i++) room.publish(`bai-${i}`, `Bài số ${i}`, { date: `2025-12-${i}` });
    await nextSlot(program);
    const digest = await api.nextMessage(lan);
    expect(digest.text).toContain('10. Bài số 12');
    lan.presses(digest, 'Xem thêm 2 tin');
    const rest = await api.nextMessage(lan);
    expect(rest.text).toContain('Bài số 10');
    expect(rest.text).toContain('11–12 trong 12 tin');
  });

  it('has one entry for several reports of an event, and marks what follows', async () => {
    let program = await room.start();
    const lan = await subscriber();
    program = await nextSlot(program);
    await api.nextMessage(lan);

    const told = THEFT.body.split('\n\n');
    const publish = (
      name: string,
      title: string,
      source: string,
      body: string[],
      date = '2025-12-12',
    ): void => room.publish(name, title, { date, source, body: body.join('\n\n') });
    publish('trom-1', THEFT.title, 'Báo Một', told);
    publish('trom-2', 'Bảo tàng Phú Khê mất trống đồng', 'Báo Hai', [...told].reverse());
    publish('trom-3', 'Trống đồng Làng Vạc bị lấy cắp', 'Báo Ba', told.slice(0, 3));
    program = await nextSlot(program);
    const digest = await api.nextMessage(lan);
    expect(digest.text).toContain('3 nguồn');
    expect(digest.text).not.toMatch(/^2\. /mu);
    const link = digest.links.find((url) => url.includes('start=t_')) ?? '';
    lan.says(`/start ${new URL(link).searchParams.get('start') ?? ''}`);
    const list = await api.nextMessage(lan);
    expect(list.text).toContain('Các bài về sự kiện này · 3 nguồn');
    for (const title of [THEFT.title, 'Bảo tàng Phú Khê mất', 'Làng Vạc bị lấy cắp']) {
      expect(list.text).toContain(title);
    }

    publish('trom-4', 'Vụ mất trống đồng Phú Khê: thêm nghi vấn', 'Báo Hai', told.slice(1), '2025-12-13');
    await nextSlot(program);
    expect((await api.nextMessage(lan)).text).toMatch(
      /thêm nghi vấn\nBáo Hai · 13\/12\/2025\nDiễn biến mới/u,
    );
  });

  it('links into the bot from a channel, also for the others', async () => {
    const owner = api.world.addUser({ languageCode: 'vi' });
    const channel = api.world.addChannel({
      owner,
      username: 'kenh_tin',
      bot: 'administrator',
      botRights: { can_post_messages: true },
    });
    let program = await room.start({ DIGEST_CHANNELS: '@kenh_tin', DIGEST_MAX_ITEMS: '1' });
    await program.says('a channel was subscribed');
    program = await nextSlot(program, 1_000, { DIGEST_MAX_ITEMS: '1' });
    await api.nextMessage(channel);
    room.publish('ba', 'Bài thứ ba', { date: '2025-12-03' });
    room.publish('bon', 'Bài thứ tư', { date: '2025-12-04' });
    await nextSlot(program, 1_000, { DIGEST_MAX_ITEMS: '1' });
    const digest = await api.nextMessage(channel);
    const [more] = digest.buttons;
    expect(more?.url).toMatch(/^https:\/\/t\.me\/diemtin_bot\?start=n_/u);
    owner.says(`/start ${new URL(more?.url ?? '').searchParams.get('start') ?? ''}`);
    expect((await api.nextMessage(owner)).text).toContain('Bài thứ ba');
  });

  it('says when it is late, and brings one edition for several missed slots', async () => {
    const program = await room.start();
    const lan = await subscriber();
    await nextSlot(program, 3 * 3_600_000);
    expect((await api.nextMessage(lan)).text).toContain('Gửi muộn hơn giờ hẹn');
  });

  it('goes to the topic that subscribed', async () => {
    const owner = api.world.addUser({ languageCode: 'vi' });
    const forum = api.world.addSupergroup({ owner, forum: true, bot: 'member' });
    const topic = forum.createTopic('Tin');
    const program = await room.start();
    owner.sends(forum, '/subscribe', { threadId: topic });
    await api.nextMessage(forum);
    await nextSlot(program);
    expect((await api.nextMessage(forum)).threadId).toBe(topic);
  });

  it('waits as long as Telegram asks, and then comes once', async () => {
    const program = await room.start();
    const lan = await subscriber();
    expect((await program.stop()).code).toBe(0);
    room.makeDue();
    api.faults.add({ method: 'sendMessage', chatId: lan.id, kind: 'too-many', retryAfterSeconds: 2 });
    await room.start();
    const refused = await api.waitFor(() => api.ledger.of('sendMessage', lan.id).at(-1));
    await api.nextMessage(lan, ({ text }) => text.startsWith('🗞'), 15_000);
    const calls = api.ledger.of('sendMessage', lan.id);
    expect((calls.at(-1)?.at ?? 0) - refused.at).toBeGreaterThanOrEqual(2_000);
    expect(api.messages(lan).filter(({ text }) => text.startsWith('🗞'))).toHaveLength(1);
  });

  it('stops for a person who blocked the bot, and comes again when they are back', async () => {
    let program = await room.start();
    const lan = await subscriber();
    expect((await program.stop()).code).toBe(0);
    lan.blocks();
    room.makeDue();
    program = await room.start();
    await program.says('"reason":"blocked"');
    // The update and the refusal both tell of it, in any order: at the end of the program the last call has its answer.
    expect((await program.stop()).code).toBe(0);
    lan.unblocks();
    lan.says('/status');
    program = await room.start();
    expect((await api.nextMessage(lan)).text).toContain('Lần tới');
    await nextSlot(program);
    const digest = await api.nextMessage(lan, ({ text }) => text.startsWith('🗞'));
    expect(digest.text).toContain('Bài thứ hai');
  });

  it('follows a group to its supergroup', async () => {
    const owner = api.world.addUser({ languageCode: 'vi' });
    const group = api.world.addGroup({ owner, bot: 'member' });
    const program = await room.start();
    owner.sends(group, '/subscribe');
    await api.nextMessage(group);
    expect((await program.stop()).code).toBe(0);
    const supergroup = group.migrate();
    room.makeDue();
    await room.start();
    const digest = await api.nextMessage(supergroup, ({ text }) => text.startsWith('🗞'));
    expect(digest.text).toContain('Bài thứ hai');
  });

  it('stays in the queue while Telegram does not accept the token, and the health check is red', async () => {
    const people: Person[] = [];
    let program = await room.start();
    for (let i = 0; i < 15; i++) people.push(await subscriber());
    expect((await program.stop()).code).toBe(0);
    room.makeDue();
    const before = api.ledger.counters('sendMessage').calls;
    const undo = api.faults.add({
      kind: 'error',
      status: 401,
      description: 'Unauthorized',
      method: 'sendMessage',
      times: Infinity,
    });
    program = await room.start({ HTTP_PORT: '0' });
    await program.says('nothing is sent, the queue is kept');
    const port = /"port":(\d+)/u.exec(program.output())?.[1] ?? '';
    const health = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({ problems: ['halted: Unauthorized'] });
    expect((await program.stop()).code).toBe(0);
    const tried = api.ledger.counters('sendMessage').calls - before;
    expect(tried, 'what was on its way at the first no').toBeLessThanOrEqual(10);
    undo();
    await room.start();
    await api.waitFor(() => people.every((person) => api.accepted(person) >= 2), 20_000);
    expect(people.map((person) => api.accepted(person))).toEqual(people.map(() => 2));
  });

  it('is not sent again after a restart in the middle of it', async () => {
    const people: Person[] = [];
    let program = await room.start();
    for (let i = 0; i < 30; i++) people.push(await subscriber());
    expect((await program.stop()).code).toBe(0);
    room.makeDue();
    program = await room.start({ BROADCAST_RATE: '10' });
    await api.waitFor(() => people.some((person) => api.accepted(person) >= 2), 20_000);
    expect(await program.stop()).toEqual({ code: 0, signal: null });
    await room.start();
    await api.waitFor(() => people.every((person) => api.accepted(person) >= 2), 20_000);
    expect(people.map((person) => api.accepted(person))).toEqual(people.map(() => 2));
  });
});
