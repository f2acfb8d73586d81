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
  const scopeOf = (scope: unknown): string =>
    ((typeof scope === 'string' ? JSON.parse(scope) : scope) as { type: string }).type;

  it('is set for everybody, for private chats and for admins, in both languages', async () => {
    await setCommandMenu(rig.client, 'vi', null);
    const menus = calls().map(({ params }) => ({
      where: `${scopeOf(params.scope)} ${(params.language_code as string | undefined) ?? ''}`,
      menu: JSON.stringify(params.commands),
    }));
    expect(menus.map(({ where }) => where)).toEqual(
      ['default', 'all_private_chats', 'all_chat_administrators'].flatMap((scope) => [
        `${scope} `,
        `${scope} vi`,
        `${scope} en`,
      ]),
    );
    expect(menus[0]?.menu).toBe(menus[1]?.menu);
    expect(menus[1]?.menu).toContain('Tin mới nhất');
    expect(menus[2]?.menu).toContain('The newest articles');
    for (const { menu } of menus) expect(menu).toMatch(/latest.*search.*settings/u);
  });

  it('offers nobody what they may not do where they are', async () => {
    await setCommandMenu(rig.client, 'en', null);
    const has = (name: string): string[] =>
      calls()
        .filter(({ params }) => params.language_code === 'en')
        .filter(({ params }) => JSON.stringify(params.commands).replaceAll('\\', '').includes(`"${name}"`))
        .map(({ params }) => scopeOf(params.scope));
    expect(has('chats')).toEqual(['all_private_chats']);
    expect(has('pause')).toEqual(['all_private_chats', 'all_chat_administrators']);
    expect(has('latest')).toHaveLength(3);
  });

  it('speaks the default language to everybody else', async () => {
    await setCommandMenu(rig.client, 'en', null);
    expect(JSON.stringify(calls()[0]?.params.commands)).toContain('The newest articles');
  });

  it('is not set again when nothing has changed', async () => {
    const state = await setCommandMenu(rig.client, 'vi', null);
    expect(await setCommandMenu(rig.client, 'vi', state)).toBe(state);
    expect(calls()).toHaveLength(9);
    expect(await setCommandMenu(rig.client, 'en', state)).not.toBe(state);
    expect(calls()).toHaveLength(18);
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
