/**
 * Every method that the double knows, by the name in the documentation. Anything else is answered as Telegram
 * answers a method that does not exist.
 */
import { answerCallbackQuery, answerInlineQuery } from './answers.ts';
import { editMessageReplyMarkup, editMessageText } from './edit.ts';
import { getChat, getChatAdministrators, getChatMember, getChatMemberCount, leaveChat } from './members.ts';
import type { Method } from './method.ts';
import { deleteWebhook, getUpdates, getWebhookInfo, setWebhook } from './polling.ts';
import {
  deleteMyCommands,
  getMyCommands,
  getMyDescription,
  getMyName,
  getMyShortDescription,
  setMyCommands,
  setMyDescription,
  setMyName,
  setMyShortDescription,
} from './profile.ts';
import { copyMessage, deleteMessage, deleteMessages, sendChatAction, sendMessage } from './send.ts';

const getMe: Method = ({ world }) => ({
  ...world.bot,
  can_join_groups: true,
  can_read_all_group_messages: !world.privacyMode,
  supports_inline_queries: true,
  can_connect_to_business: false,
  has_main_web_app: false,
});

/** Both end the bot's stay at one server and mean nothing to a double. */
const logOut: Method = () => true;
const close: Method = () => true;

const METHODS: Readonly<Record<string, Method>> = {
  answerCallbackQuery,
  answerInlineQuery,
  close,
  copyMessage,
  deleteMessage,
  deleteMessages,
  deleteMyCommands,
  deleteWebhook,
  editMessageReplyMarkup,
  editMessageText,
  getChat,
  getChatAdministrators,
  getChatMember,
  getChatMemberCount,
  getMe,
  getMyCommands,
  getMyDescription,
  getMyName,
  getMyShortDescription,
  getUpdates,
  getWebhookInfo,
  leaveChat,
  logOut,
  sendChatAction,
  sendMessage,
  setMyCommands,
  setMyDescription,
  setMyName,
  setMyShortDescription,
  setWebhook,
};

/** Calls that count against rate limits, and that must not be made to a chat that asked for a pause. */
const SPEAKING: ReadonlySet<string> = new Set([
  'sendMessage',
  'copyMessage',
  'editMessageText',
  'editMessageReplyMarkup',
]);

export interface NamedMethod {
  name: string;
  run: Method;
  /** It says something in a chat. */
  speaks: boolean;
}

/** By the name in lower case: Telegram does not mind the spelling. */
export function indexMethods(): Map<string, NamedMethod> {
  return new Map(
    Object.entries(METHODS).map(([name, run]) => [
      name.toLowerCase(),
      { name, run, speaks: SPEAKING.has(name) },
    ]),
  );
}
