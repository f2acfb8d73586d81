/**
 * Who and what is there when somebody opens the playground: two people with different languages, a group, a forum with
 * topics and a channel. The ids never change, so that a subscription of yesterday is theirs today.
 */
import type { BotApi } from './botApi.ts';
import type { Person } from './person.ts';

/** Her Telegram speaks Vietnamese; owns the group, the forum and the channel. */
export const LAN = 400_000_001;
/** His Telegram speaks English; a member of all three, admin of none. */
export const TOM = 400_000_002;
export const GROUP = -400_100_001;
export const FORUM = -1_002_400_000_001;
export const CHANNEL = -1_002_400_000_002;

/** The chats of the page, in the order of its list; whatever else is in the world is a crowd. */
export const CHATS: readonly number[] = [LAN, TOM, GROUP, FORUM, CHANNEL];
/** Readers of the crowd are counted from here. */
export const FIRST_OF_CROWD = 600_000_001;

/** Sets everything up in an empty world. The bot is in the group and the forum; the channel waits for it. */
export function setScene(api: BotApi): void {
  const { world } = api;
  const lan = world.addUser({ id: LAN, firstName: 'Lan', username: 'lan_doc_bao', languageCode: 'vi' });
  const tom = world.addUser({ id: TOM, firstName: 'Tom', username: 'tom_reads', languageCode: 'en' });
  const rooms = [
    world.addGroup({ id: GROUP, title: 'Nhóm đọc báo', owner: lan, bot: 'member' }),
    world.addSupergroup({ id: FORUM, title: 'Diễn đàn', owner: lan, bot: 'member', forum: true }),
    world.addChannel({ id: CHANNEL, title: 'Kênh Tin Sáng', username: 'kenh_tin_sang', owner: lan }),
  ];
  for (const room of rooms) room.setMember(tom, 'member');
  rooms[1]?.createTopic('Thời sự', lan);
  rooms[1]?.createTopic('Thể thao', lan);
  // What happened before anybody looked is no news to the bot.
  api.updates.clear();
}

/** Who sits at the terminal. */
export function personAtTerminal(api: BotApi, language: 'vi' | 'en'): Person {
  return api.world.person(language === 'vi' ? LAN : TOM);
}
