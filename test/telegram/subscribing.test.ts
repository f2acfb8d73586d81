import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Person } from '../../src/playground/person.ts';
import { startRig, type Rig } from './rig.ts';

let rig: Rig;
let api: BotApi;
let anne: Person;

beforeEach(async () => {
  rig = await startRig();
  api = rig.double;
  anne = api.world.addUser({ languageCode: 'en', started: true });
});

afterEach(async () => {
  await rig.close();
  expect(api.bugs).toEqual([]);
});

async function answerTo(text: string, person = anne): Promise<string> {
  person.says(text);
  return (await api.nextMessage(person)).text;
}

const isSubscribed = async (chatId: number): Promise<boolean> =>
  (await rig.room.store.find(chatId, 0)) !== null;

describe('a subscription', () => {
  it('names its schedule and the next digest in the time of the newsroom', async () => {
    expect(await answerTo('/subscribe')).toBe(
      '🔔 Subscribed. The digest comes every day at 07:00, Hanoi time.\nNext: 07:00 Wed 25 Nov 2026.',
    );
    expect(await answerTo('/subscribe')).toContain('Already subscribed');
    expect(await answerTo('/unsubscribe')).toContain('Unsubscribed.');
    expect(await answerTo('/unsubscribe')).toContain('There is no subscription here');
  });

  it('is in the language of whoever made it', async () => {
    await answerTo('/subscribe');
    expect((await rig.room.store.find(anne.id, 0))?.language).toBe('en');
  });
});

describe('a channel, subscribed from private', () => {
  it('is called by its name, its link or its id', async () => {
    const channel = api.world.addChannel({
      owner: anne,
      username: 'tin_nong',
      bot: 'administrator',
      botRights: 'all',
    });
    expect(await answerTo('/subscribe https://t.me/tin_nong')).toContain('@tin_nong is subscribed.');
    expect(await answerTo('/subscribe t.me/tin_nong/')).toContain('@tin_nong was subscribed already');
    expect(await answerTo(`/unsubscribe ${channel.id}`)).toContain('@tin_nong is unsubscribed.');
    expect(await answerTo('/unsubscribe @tin_nong')).toContain('@tin_nong has no subscription.');
  });

  it('that the bot was not added to: its admin reads what to do', async () => {
    const channel = api.world.addChannel({ owner: anne, username: 'tin_nong' });
    expect(await answerTo('/subscribe @tin_nong')).toContain('@diemtin_bot cannot post in @tin_nong yet');
    expect(await isSubscribed(channel.id)).toBe(false);
  });

  it('in which the bot may post no more can still be unsubscribed by its admin, and by nobody else', async () => {
    const channel = api.world.addChannel({ owner: anne, username: 'tin_nong', bot: 'administrator' });
    await rig.room.subscribe(channel.id);
    const thief = api.world.addUser({ languageCode: 'en' });
    expect(await answerTo('/unsubscribe @tin_nong', thief)).toContain('does not confirm');
    expect(await isSubscribed(channel.id)).toBe(true);
    expect(await answerTo('/unsubscribe @tin_nong')).toContain('@tin_nong is unsubscribed.');
    expect(await isSubscribed(channel.id)).toBe(false);
  });

  it('that has no public name is not told by its title to people who guess its number', async () => {
    const channel = api.world.addChannel({ title: 'Phòng kín', bot: 'administrator', botRights: 'all' });
    const answer = await answerTo(`/subscribe ${channel.id}`);
    expect(answer).toContain(`does not confirm that you are an admin of ${channel.id}`);
    expect(answer).not.toContain('Phòng kín');
  });

  it.each([
    ['no name', 'tin nóng'],
    ['markup', '<b>@tin_nong</b>'],
    ["a person's id", '12345'],
    ['an id beyond all numbers', '-99999999999999999'],
    // The cut for the answer falls into the emoji.
    ['far too long', `${'x'.repeat(58)}🗞🗞🗞`],
  ])('is none when it is %s', async (_, name) => {
    expect(await answerTo(`/subscribe ${name}`)).toContain('There is no channel');
    expect(rig.log()).not.toContain('"level":"error"');
  });
});

describe('a number of articles', () => {
  it.each(['0', '-1', '1.5', 'ten', '1e3', `${'9'.repeat(39)}🗞`])(
    'is not %j: it is explained',
    async (args) => {
      expect(await answerTo(`/latest ${args}`)).toContain('is not a number of articles');
    },
  );

  it.each([
    ['3', '1–3 of 3'],
    ['007', '1–5 of 7'],
    ['999999', '1–5 of 12'],
  ])('is %j: %s', async (args, shown) => {
    await rig.room.publish(12);
    expect(await answerTo(`/latest ${args}`)).toContain(shown);
  });
});
