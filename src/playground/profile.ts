/**
 * What the bot says of itself: its commands by scope and language, its names and descriptions. Scopes fall back as
 * clients let them: only the exact scope and language are ever returned.
 */
import { findChat } from './access.ts';
import { badRequest } from './apiError.ts';
import { codePoints } from './finishText.ts';
import type { Method } from './method.ts';
import { isObject, Params, requiredInteger, requiredText } from './params.ts';
import type { World } from './world.ts';

const MAX_COMMANDS = 100;
const MAX_COMMAND = 32;
const MAX_DESCRIPTION = 256;
const PREFIX = "Can't parse BotCommandScope: ";
const WIDE_SCOPES: readonly string[] = [
  'default',
  'all_private_chats',
  'all_group_chats',
  'all_chat_administrators',
];
const CHAT_SCOPES: readonly string[] = ['chat', 'chat_administrators', 'chat_member'];

export interface Command {
  command: string;
  description: string;
}

export interface Profile {
  /** By scope and language, as `key` writes them. */
  commands: Map<string, Command[]>;
  /** By kind (`name`, `description`, `short_description`) and language. */
  texts: Map<string, string>;
}

export function createProfile(): Profile {
  return { commands: new Map(), texts: new Map() };
}

function language(params: Params): string {
  const code = params.text('language_code');
  if (code !== '' && !/^[a-z]{2}$/u.test(code)) throw badRequest('Invalid language code specified');
  return code;
}

/** The scope in one form, whoever wrote it and however. */
function scope(world: World, params: Params): string {
  const value = params.json('scope', 'BotCommandScope');
  if (value === undefined) return 'default';
  if (!isObject(value)) throw badRequest(`${PREFIX}BotCommandScope must be an Object`);
  const type = requiredText(value, 'type', PREFIX);
  if (WIDE_SCOPES.includes(type)) return type;
  if (!CHAT_SCOPES.includes(type)) throw badRequest(`${PREFIX}Unsupported type specified`);
  if (value.chat_id === undefined) throw badRequest(`${PREFIX}Can't find field "chat_id"`);
  const userId = type === 'chat_member' ? requiredInteger(value, 'user_id', PREFIX) : 0;
  if (type === 'chat_member' && userId <= 0) throw badRequest(`${PREFIX}Invalid user_id specified`);
  const chat = findChat(world, new Params({ chat_id: value.chat_id }));
  if (chat.type === 'private' && type !== 'chat')
    throw badRequest("Can't use specified scope in private chats");
  if (chat.type === 'channel') throw badRequest("Can't change commands in channel chats");
  return `${type}:${chat.id}:${userId}`;
}

function key(world: World, params: Params): string {
  return `${scope(world, params)}|${language(params)}`;
}

function readCommand(value: unknown): Command {
  const prefix = "Can't parse BotCommand: ";
  if (!isObject(value)) throw badRequest(`${prefix}BotCommand must be an Object`);
  const command = requiredText(value, 'command', prefix).trim().replace(/^\//u, '');
  const description = requiredText(value, 'description', prefix).trim();
  if (command === '') throw badRequest('Command must be non-empty');
  if (command.length > MAX_COMMAND) throw badRequest(`Command length must not exceed ${MAX_COMMAND}`);
  if (description === '') throw badRequest('Command description must be non-empty');
  if (description.length > MAX_DESCRIPTION) {
    throw badRequest(`Command description length must not exceed ${MAX_DESCRIPTION}`);
  }
  if (!/^[a-z0-9_]+$/u.test(command)) throw badRequest('BOT_COMMAND_INVALID');
  return { command, description };
}

export const setMyCommands: Method = ({ world, profile }, params) => {
  const list = params.json('commands', 'commands');
  if (!Array.isArray(list)) throw badRequest('Expected an Array of BotCommand');
  if (list.length > MAX_COMMANDS) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  const commands = list.map(readCommand);
  profile.commands.set(key(world, params), commands);
  world.changed();
  return true;
};

export const getMyCommands: Method = ({ world, profile }, params) =>
  profile.commands.get(key(world, params)) ?? [];

export const deleteMyCommands: Method = ({ world, profile }, params) => {
  profile.commands.delete(key(world, params));
  world.changed();
  return true;
};

/** The wording of a refusal for length is the double's own: only the limits are documented. */
function setText(kind: string, maxLength: number): Method {
  return ({ world, profile }, params) => {
    const text = params.text(kind);
    if (codePoints(text) > maxLength) throw badRequest(`Bot ${kind.replace('_', ' ')} is too long`);
    const at = `${kind}|${language(params)}`;
    if (text === '') profile.texts.delete(at);
    else profile.texts.set(at, text);
    world.changed();
    return true;
  };
}

function getText(kind: string): Method {
  return ({ world, profile }, params) => {
    const fallback = profile.texts.get(`${kind}|`) ?? (kind === 'name' ? world.bot.first_name : '');
    return { [kind]: profile.texts.get(`${kind}|${language(params)}`) ?? fallback };
  };
}

export const setMyName = setText('name', 64);
export const getMyName = getText('name');
export const setMyDescription = setText('description', 512);
export const getMyDescription = getText('description');
export const setMyShortDescription = setText('short_description', 120);
export const getMyShortDescription = getText('short_description');
