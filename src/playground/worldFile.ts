/**
 * The world on disk, so that chats are still there after a restart, like the bot's database beside it. Written by us and
 * read by us: a file that is damaged or from another version counts as none. Long chats keep their newest messages only.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Post, type ReplyAsk } from './post.ts';
import type { Command, Profile } from './profile.ts';
import type { Message } from './wire.ts';
import type { Account, ChatState, Member, Topic, World } from './world.ts';

const VERSION = 1;
/** Of each chat; the file is rewritten whenever something happens, and must stay a matter of milliseconds. */
const KEPT_POSTS = 300;

interface KeptPost {
  wire: Message;
  own: boolean;
  silent: boolean;
  edits: number;
  deleted: boolean;
  /** Left out where it would be null. */
  asks?: ReplyAsk;
}

type KeptChat = Omit<ChatState, 'members' | 'topics' | 'posts'> & {
  members: [number, Member][] | null;
  topics: Topic[] | null;
  posts: KeptPost[];
};

export interface KeptWorld {
  version: typeof VERSION;
  clockOffsetMs: number;
  last: World['last'];
  privacyMode: boolean;
  accounts: Account[];
  chats: KeptChat[];
  commands: [string, Command[]][];
  texts: [string, string][];
}

/** Everything that is to outlive the process; updates on their way, faults and the ledger are not. */
export function keepWorld(world: World, profile: Profile, clockOffsetMs: number): KeptWorld {
  return {
    version: VERSION,
    clockOffsetMs,
    last: { ...world.last },
    privacyMode: world.privacyMode,
    accounts: [...world.accounts.values()],
    chats: [...world.chats.values()].map(keepChat),
    commands: [...profile.commands],
    texts: [...profile.texts],
  };
}

function keepChat(chat: ChatState): KeptChat {
  return {
    ...chat,
    members: chat.members === null ? null : [...chat.members],
    topics: chat.topics === null ? null : [...chat.topics.values()],
    posts: chat.posts.slice(-KEPT_POSTS).map(keepPost),
  };
}

function keepPost({ wire, own, silent, edits, deleted, asks }: Post): KeptPost {
  return { wire, own, silent, edits, deleted, ...(asks === null ? {} : { asks }) };
}

/** Fills an empty world. */
export function restoreWorld(kept: KeptWorld, world: World, profile: Profile): void {
  Object.assign(world.last, kept.last);
  world.privacyMode = kept.privacyMode;
  for (const account of kept.accounts) world.accounts.set(account.user.id, account);
  for (const chat of kept.chats) {
    const state = world.addChat(chat.wire);
    Object.assign(state, chat, {
      members: chat.members === null ? null : new Map(chat.members),
      topics: chat.topics === null ? null : new Map(chat.topics.map((topic) => [topic.id, topic])),
      posts: chat.posts.map(restorePost),
    });
  }
  for (const [key, commands] of kept.commands) profile.commands.set(key, commands);
  for (const [key, text] of kept.texts) profile.texts.set(key, text);
}

function restorePost({ wire, own, silent, edits, deleted, asks }: KeptPost): Post {
  const post = new Post(wire, own, silent, asks ?? null);
  post.edits = edits;
  post.deleted = deleted;
  return post;
}

/** Never half a file: it is written beside the old one, which it then replaces. */
export function writeWorldFile(file: string, kept: KeptWorld): void {
  writeFileSync(`${file}.new`, JSON.stringify(kept));
  renameSync(`${file}.new`, file);
}

/** Null when there is none that can be used. */
export function readWorldFile(file: string): KeptWorld | null {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Partial<KeptWorld> | null;
    return kept?.version === VERSION ? (kept as KeptWorld) : null;
  } catch {
    return null; // Not there yet, or cut off by a full disk.
  }
}
