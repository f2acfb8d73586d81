/**
 * Who is in a chat and what the bot may know about it: getChat, getChatMember and their relatives, leaveChat, and the
 * wire forms of members that updates use as well.
 */
import { findChat, isAdmin, requireReadable } from './access.ts';
import { badRequest } from './apiError.ts';
import type { Method } from './method.ts';
import type { ChatMember, User } from './wire.ts';
import { RIGHTS } from './world.ts';
import type { ChatState, Member, Right, World } from './world.ts';

const CHANNEL_ONLY: readonly Right[] = ['can_post_messages', 'can_edit_messages'];
const GROUP_ONLY: readonly Right[] = ['can_pin_messages', 'can_manage_topics'];
const PERMISSIONS = [
  'can_send_messages',
  'can_send_audios',
  'can_send_documents',
  'can_send_photos',
  'can_send_videos',
  'can_send_video_notes',
  'can_send_voice_notes',
  'can_send_polls',
  'can_send_other_messages',
  'can_add_web_page_previews',
  'can_change_info',
  'can_invite_users',
  'can_pin_messages',
  'can_manage_topics',
] as const;

/** A member as getChatMember and updates show it. */
export function memberWire(chat: ChatState, user: User, member: Member): ChatMember {
  const title = member.title === null ? {} : { custom_title: member.title };
  switch (member.status) {
    case 'creator':
      return { status: 'creator', user, is_anonymous: member.anonymous, ...title };
    case 'administrator': {
      const foreign = chat.type === 'channel' ? GROUP_ONLY : CHANNEL_ONLY;
      const rights = RIGHTS.filter((right) => !foreign.includes(right)).map(
        (right) => [right, member.rights[right] === true] as const,
      );
      return {
        status: 'administrator',
        user,
        can_be_edited: false,
        is_anonymous: member.anonymous,
        ...Object.fromEntries(rights),
        ...title,
      };
    }
    case 'restricted':
      return {
        status: 'restricted',
        user,
        is_member: true,
        ...Object.fromEntries(PERMISSIONS.map((permission) => [permission, false])),
        until_date: 0,
      };
    case 'kicked':
      return { status: 'kicked', user, until_date: 0 };
    case 'member':
    case 'left':
      return { status: member.status, user };
  }
}

export const getChat: Method = ({ world }, params) => {
  const chat = findChat(world, params);
  requireReadable(chat);
  const { username } = chat.wire;
  const permissions = chat.type === 'group' || chat.type === 'supergroup';
  return {
    ...chat.wire,
    ...(username === undefined ? {} : { active_usernames: [username] }),
    accent_color_id: 0,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: false,
      limited_gifts: false,
      unique_gifts: false,
      premium_subscription: false,
      gifts_from_channels: false,
    },
    ...(permissions
      ? { permissions: Object.fromEntries(PERMISSIONS.map((permission) => [permission, chat.open])) }
      : {}),
  };
};

/** Members of a channel are for its admins only. */
function requireMemberList(chat: ChatState): void {
  requireReadable(chat);
  if (chat.type === 'channel' && !isAdmin(chat.bot)) throw badRequest('Member list is inaccessible');
}

export const getChatMember: Method = ({ world }, params) => {
  const userId = params.integer('user_id');
  if (userId <= 0) throw badRequest('Invalid user_id specified');
  const chat = findChat(world, params);
  requireMemberList(chat);
  if (userId === world.bot.id) return memberWire(chat, world.bot, chat.bot);
  const user = world.accounts.get(userId)?.user;
  if (user === undefined) throw badRequest('User not found');
  if (chat.type === 'private') return { status: userId === chat.id ? 'member' : 'left', user };
  return memberWire(chat, user, world.member(chat, userId));
};

function present(world: World, chat: ChatState): { user: User; member: Member }[] {
  return [...(chat.members ?? [])].flatMap(([id, member]) => {
    const user = world.accounts.get(id)?.user;
    const isHere = member.status !== 'left' && member.status !== 'kicked';
    return user === undefined || !isHere ? [] : [{ user, member }];
  });
}

/** Other bots are left out, and so is this one. */
export const getChatAdministrators: Method = ({ world }, params) => {
  const chat = findChat(world, params);
  if (chat.type === 'private') throw badRequest('There are no administrators in the private chat');
  requireMemberList(chat);
  return present(world, chat)
    .filter(({ user, member }) => isAdmin(member) && !user.is_bot)
    .map(({ user, member }) => memberWire(chat, user, member));
};

export const getChatMemberCount: Method = ({ world }, params) => {
  const chat = findChat(world, params);
  requireReadable(chat);
  if (chat.type === 'private') return 2;
  const isBotHere = chat.bot.status !== 'left' && chat.bot.status !== 'kicked';
  return present(world, chat).length + (isBotHere ? 1 : 0);
};

/** Changes the bot's own place and tells it so, as Telegram does also when it leaves of its own accord. */
export function setBotMember(world: World, chat: ChatState, by: User, next: Member): void {
  const before = memberWire(chat, world.bot, chat.bot);
  chat.bot = next;
  const after = memberWire(chat, world.bot, next);
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  world.updates.push('my_chat_member', {
    chat: chat.wire,
    from: by,
    date: world.date(),
    old_chat_member: before,
    new_chat_member: after,
  });
  world.changed();
}

export const leaveChat: Method = ({ world }, params) => {
  const chat = findChat(world, params);
  if (chat.type === 'private') throw badRequest("Chat member status can't be changed in private chats");
  requireReadable(chat);
  setBotMember(world, chat, world.bot, { status: 'left', rights: {}, anonymous: false, title: null });
  if (chat.type !== 'channel') {
    const message_id = world.nextMessageId(chat);
    const left = { from: world.bot, chat: chat.wire, date: world.date(), left_chat_member: world.bot };
    world.record(chat, { message_id, ...left }, false, false);
  }
  return true;
};
