/**
 * Presses everything: each button that can be reached from /settings, in both languages, in private, in a group, in a
 * topic and for a channel; then, after a restart, once more under the same old messages.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Person } from '../../src/playground/person.ts';
import type { Post } from '../../src/playground/post.ts';
import type { Button } from '../../src/playground/wire.ts';
import { SEVEN } from '../digest/newsroom.ts';
import { startRig, type Rig } from './rig.ts';

let rig: Rig;
let api: BotApi;
let owner: Person;

beforeEach(async () => {
  let passed = 0;
  // Nobody presses all of it within a second: the limit on people is no matter here.
  rig = await startRig(() => ({ now: () => SEVEN + (passed += 700) }));
  api = rig.double;
  await rig.room.publish(3);
});

afterEach(async () => {
  await rig.close();
  expect(api.bugs).toEqual([]);
  expect(rig.log()).not.toContain('"level":"error"');
});

/** What a button does, whosever settings they are. */
const wishOf = ({ callback_data: data = '' }: Button): string => data.replace(/^o:[^:]*:[^:]*:/u, '');
const isSetting = ({ callback_data: data }: Button): boolean => data?.startsWith('o:') === true;

/** Presses everything that can be reached; returns what was pressed. */
async function pressEverything(post: Post, where: { id: number }): Promise<Set<string>> {
  const done = new Set<string>();
  const press = async (wish: string): Promise<void> => {
    const button = post.buttons.find((one) => wishOf(one) === wish);
    if (button?.callback_data === undefined) throw new Error(`there is no button ${wish} to press`);
    done.add(wish);
    const before = api.messages(where).length;
    const pressed = owner.presses(post, button.callback_data);
    const { text } = await api.waitFor(() => pressed.answer);
    expect(text.length).toBeLessThanOrEqual(200);
    expect(text).not.toContain('too old');
    if (wish.startsWith('?')) await api.waitFor(() => api.messages(where).length > before);
  };
  const wishes = (): string[] => post.buttons.filter(isSetting).map(wishOf);
  const fresh = (): string | undefined => wishes().find((wish) => !done.has(wish) && !wish.startsWith('='));
  /** On the first page, with a subscription that is not paused. */
  const home = async (): Promise<void> => {
    if (wishes().includes('=main')) await press('=main');
    if (wishes().includes('b390')) await press(fresh() ?? 'b390');
    if (wishes().includes('p')) await press('p');
  };
  await home();
  const pages = wishes().filter((wish) => wish.startsWith('='));
  for (const page of pages) {
    for (;;) {
      await home();
      await press(page);
      const next = fresh();
      if (next === undefined) break;
      await press(next);
      // Where one choice keeps the page open, the others follow.
      for (let more = fresh(); more !== undefined && wishes().includes('=main'); more = fresh())
        await press(more);
    }
  }
  await home();
  await press('v');
  // And every time at which it could begin.
  for (;;) {
    await press('e');
    if (fresh() === undefined) break;
    await home();
  }
  return done;
}

/** Of every kind there is; without the zones, times and so on, which the pages themselves decide. */
const KINDS = ['=times', '=days', '=zone', '=quiet', '=items', '=style', '=language', '=pause', '=main']
  .concat(['v', 'e', 'p', 'b', 'qs', 'q', 'i', 'ss', 'sn', 'sf', 'gvi', 'gen', '?t', '?z', '?q', '?p'])
  .concat([
    'b390',
    't+390',
    't-390',
    'd=12345',
    'd=06',
    'd+3',
    'd-3',
    'q1320-360',
    'i5',
    'p7',
    'zEurope/Berlin',
  ]);

describe.each(['vi', 'en'] as const)('every button of the settings, in %s', (languageCode) => {
  it.each(['private', 'group', 'topic', 'channel'])(
    'does something in a %s, also after a restart',
    async (place) => {
      owner = api.world.addUser({ firstName: 'Lan', languageCode, started: true });
      const channel = api.world.addChannel({
        owner,
        username: 'kenh',
        bot: 'administrator',
        botRights: 'all',
      });
      const forum = api.world.addSupergroup({ owner, forum: true, bot: 'member' });
      const where = place === 'private' || place === 'channel' ? owner : forum;
      if (place === 'topic') owner.sends(forum, '/settings', { threadId: forum.createTopic('Tin') });
      else owner.sends(where, place === 'channel' ? '/settings @kenh' : '/settings');
      const post = await api.nextMessage(where);
      const first = await pressEverything(post, where);
      await rig.restart();
      const second = await pressEverything(post, where);
      for (const kind of KINDS) expect([...first, ...second], kind).toContain(kind);
      // What was pressed before the restart can be pressed after it, wherever it is still offered.
      expect([...second].filter((wish) => first.has(wish)).length).toBeGreaterThan(40);
      expect(api.messages(channel)).toEqual([]);
    },
  );
});
