import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotApi } from '../../src/playground/botApi.ts';
import { createOperatorChannels } from '../../src/telegram/channels.ts';
import { startRig, type Rig } from './rig.ts';

let rig: Rig;
let api: BotApi;

beforeEach(async () => {
  rig = await startRig();
  api = rig.double;
});

afterEach(() => rig.close());

const isSubscribed = async (chatId: number): Promise<boolean> =>
  (await rig.room.store.find(chatId, 0)) !== null;

describe('the channels that the settings name', () => {
  it('are subscribed by name and by id, in the default language, once', async () => {
    const named = api.world.addChannel({ username: 'tin_nong', bot: 'administrator', botRights: 'all' });
    const numbered = api.world.addChannel({ bot: 'administrator', botRights: 'all' });
    const channels = createOperatorChannels(['@tin_nong', numbered.id], rig.services, rig.client);
    await channels.subscribe();
    expect(await rig.room.store.find(named.id, 0)).toMatchObject({ surface: 'channel', language: 'vi' });
    expect(await isSubscribed(numbered.id)).toBe(true);
    const asked = api.ledger.of('getChat').length;
    await channels.subscribe();
    expect(api.ledger.of('getChat')).toHaveLength(asked);
  });

  it('that the bot cannot see yet are tried again, and hold up nobody', async () => {
    const ready = api.world.addChannel({ username: 'tin_nong', bot: 'administrator', botRights: 'all' });
    const channels = createOperatorChannels(['@later', '@tin_nong'], rig.services, rig.client);
    await channels.subscribe();
    expect(await isSubscribed(ready.id)).toBe(true);
    expect(rig.log()).toContain('@later');
    const later = api.world.addChannel({ username: 'later', bot: 'administrator', botRights: 'all' });
    await channels.subscribe();
    expect(await isSubscribed(later.id)).toBe(true);
  });

  it('are left alone when an admin there has unsubscribed', async () => {
    const channel = api.world.addChannel({ username: 'tin_nong', bot: 'administrator', botRights: 'all' });
    await createOperatorChannels(['@tin_nong'], rig.services, rig.client).subscribe();
    await rig.room.unsubscribe(channel.id, rig.services.now());
    await createOperatorChannels(['@tin_nong'], rig.services, rig.client).subscribe();
    expect(await isSubscribed(channel.id)).toBe(false);
    expect(rig.log()).toContain('left so');
  });

  it('keep the schedule and language that they have', async () => {
    const channel = api.world.addChannel({ username: 'tin_nong', bot: 'administrator', botRights: 'all' });
    await rig.room.subscribe(channel.id, { cron: '0 8 * * *', language: 'en' });
    await createOperatorChannels(['@tin_nong'], rig.services, rig.client).subscribe();
    expect(await rig.room.store.find(channel.id, 0)).toMatchObject({ cron: '0 8 * * *', language: 'en' });
  });
});
