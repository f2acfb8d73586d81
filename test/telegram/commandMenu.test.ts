import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setCommandMenu } from '../../src/telegram/commandMenu.ts';
import { startRig, type Rig } from './rig.ts';

let rig: Rig;

beforeEach(async () => {
  rig = await startRig();
});

afterEach(() => rig.close());

const calls = () => rig.double.ledger.of('setMyCommands');

describe('the menu of commands', () => {
  it('is set for everybody and for both languages', async () => {
    await setCommandMenu(rig.client, 'vi', null);
    const menus = calls().map(
      ({ params }) => [params.language_code, JSON.stringify(params.commands)] as const,
    );
    expect(menus.map(([language]) => language)).toEqual([undefined, 'vi', 'en']);
    expect(menus[0]?.[1]).toBe(menus[1]?.[1]);
    expect(menus[1]?.[1]).toContain('Tin mới nhất');
    expect(menus[2]?.[1]).toContain('The newest articles');
    for (const [, menu] of menus) expect(menu).toMatch(/latest.*search.*subscribe/u);
  });

  it('speaks the default language to everybody else', async () => {
    await setCommandMenu(rig.client, 'en', null);
    expect(JSON.stringify(calls()[0]?.params.commands)).toContain('The newest articles');
  });

  it('is not set again when nothing has changed', async () => {
    const state = await setCommandMenu(rig.client, 'vi', null);
    expect(await setCommandMenu(rig.client, 'vi', state)).toBe(state);
    expect(calls()).toHaveLength(3);
    expect(await setCommandMenu(rig.client, 'en', state)).not.toBe(state);
    expect(calls()).toHaveLength(6);
  });

  it('is to be tried again when Telegram refuses', async () => {
    rig.double.faults.add({
      kind: 'error',
      status: 400,
      description: 'Bad Request: x',
      method: 'setMyCommands',
    });
    await expect(setCommandMenu(rig.client, 'vi', null)).rejects.toThrow('Bad Request');
  });
});
