/**
 * The objects of the Bot API as they travel, restricted to the fields that this double ever sends. Names and shapes
 * are those of Bot API 10.1.
 */

export interface User {
  id: number;
  is_bot: boolean;
  first_name: string;
  last_name?: string;
  username?: string;
  language_code?: string;
}

export type ChatType = 'private' | 'group' | 'supergroup' | 'channel';

export interface Chat {
  id: number;
  type: ChatType;
  title?: string;
  username?: string;
  first_name?: string;
  last_name?: string;
  is_forum?: true;
}

export type EntityType =
  | 'mention'
  | 'hashtag'
  | 'cashtag'
  | 'bot_command'
  | 'url'
  | 'email'
  | 'phone_number'
  | 'bold'
  | 'italic'
  | 'underline'
  | 'strikethrough'
  | 'spoiler'
  | 'blockquote'
  | 'expandable_blockquote'
  | 'code'
  | 'pre'
  | 'text_link'
  | 'text_mention'
  | 'custom_emoji'
  | 'date_time';

export interface Entity {
  type: EntityType;
  /** In UTF-16 units, like `length`. */
  offset: number;
  length: number;
  url?: string;
  user?: { id: number } & Partial<User>;
  language?: string;
  custom_emoji_id?: string;
  unix_time?: number;
  date_time_format?: string;
}

export interface Button {
  text: string;
  url?: string;
  callback_data?: string;
  switch_inline_query?: string;
  switch_inline_query_current_chat?: string;
  switch_inline_query_chosen_chat?: Record<string, unknown>;
  copy_text?: { text: string };
  web_app?: { url: string };
  login_url?: Record<string, unknown>;
  style?: string;
  icon_custom_emoji_id?: string;
}

export interface InlineKeyboard {
  inline_keyboard: Button[][];
}

export interface LinkPreviewOptions {
  is_disabled?: boolean;
  url?: string;
  prefer_small_media?: boolean;
  prefer_large_media?: boolean;
  show_above_text?: boolean;
}

export interface Message {
  message_id: number;
  message_thread_id?: number;
  is_topic_message?: true;
  from?: User;
  sender_chat?: Chat;
  author_signature?: string;
  chat: Chat;
  /** Unix seconds. */
  date: number;
  edit_date?: number;
  has_protected_content?: true;
  reply_to_message?: Message;
  via_bot?: User;
  text?: string;
  location?: { latitude: number; longitude: number };
  entities?: Entity[];
  link_preview_options?: LinkPreviewOptions;
  effect_id?: string;
  reply_markup?: InlineKeyboard;
  new_chat_members?: User[];
  left_chat_member?: User;
  group_chat_created?: true;
  migrate_to_chat_id?: number;
  migrate_from_chat_id?: number;
  forum_topic_created?: { name: string; icon_color: number };
  forum_topic_closed?: Record<string, never>;
  forum_topic_reopened?: Record<string, never>;
}

export interface ChatMember {
  status: MemberStatus;
  user: User;
  [right: string]: unknown;
}

export type MemberStatus = 'creator' | 'administrator' | 'member' | 'restricted' | 'left' | 'kicked';

export interface CallbackQuery {
  id: string;
  from: User;
  message?: Message | { chat: Chat; message_id: number; date: 0 };
  inline_message_id?: string;
  chat_instance: string;
  data?: string;
}

export interface InlineQuery {
  id: string;
  from: User;
  query: string;
  offset: string;
  chat_type?: ChatType | 'sender';
}

export interface ChatMemberUpdated {
  chat: Chat;
  from: User;
  date: number;
  old_chat_member: ChatMember;
  new_chat_member: ChatMember;
}

/** What an update may carry, by the name of its field. */
export interface UpdateBodies {
  message: Message;
  edited_message: Message;
  channel_post: Message;
  edited_channel_post: Message;
  callback_query: CallbackQuery;
  inline_query: InlineQuery;
  chosen_inline_result: { result_id: string; from: User; query: string; inline_message_id?: string };
  my_chat_member: ChatMemberUpdated;
  chat_member: ChatMemberUpdated;
}

export type UpdateKind = keyof UpdateBodies;

export type Update = { update_id: number } & Partial<UpdateBodies>;
