/**
 * The tables as Kysely sees them. Booleans are 0/1, instants are epoch milliseconds, JSON columns are text.
 * `migrations.ts` creates what stands here; the two change together.
 */
import type { Generated } from 'kysely';

export interface Database {
  meta: MetaTable;
  articles: ArticlesTable;
  files: FilesTable;
  story_marks: StoryMarksTable;
  chats: ChatsTable;
  admins: AdminsTable;
  subscriptions: SubscriptionsTable;
  editions: EditionsTable;
  deliveries: DeliveriesTable;
  updates: UpdatesTable;
  inbox: InboxTable;
  waits: WaitsTable;
  queries: QueriesTable;
  follows: FollowsTable;
}

/** Single values: the corpus id, the hash of the commands last set, the bot's identity. */
export interface MetaTable {
  key: string;
  value: string;
}

export interface ArticlesTable {
  seq: Generated<number>;
  id: string;
  /** Unique and growing over all articles: what the search index follows. */
  rev: number;
  title: string;
  summary: string | null;
  body: string;
  author: string | null;
  source: string | null;
  url: string | null;
  language: string | null;
  published_at: string;
  /** What `/latest` sorts by: `published_at`, but never later than the moment the article was first seen. */
  listed_at: string;
  first_seen_at: number;
  content_hash: string;
  /** The `seq` of the first report of the story; null for an article from before there were stories, which is its own. */
  story_id: number | null;
  removed_at: number | null;
}

/** By which an article is found when another one reports the same event; the newest articles have some sixty each. */
export interface StoryMarksTable {
  /** A hash: 32 bits, signed. */
  mark: number;
  seq: number;
}

/** Where articles were found: one row a file, also for the files that were refused. */
export interface FilesTable {
  /** Relative to the folder, with `/` between the parts. */
  path: string;
  size: number;
  mtime_ms: number;
  article_seq: number | null;
  /** Why the file cannot be read as it is; null when it can. Beside an `article_seq`: its last good reading stands. */
  reason: string | null;
  detail: string | null;
}

export interface ChatsTable {
  /** Beyond 32 bits, within 2^53. */
  id: number;
  type: 'private' | 'group' | 'supergroup' | 'channel';
  title: string | null;
  username: string | null;
  /** The chat's own choice; null means: the user's language, then the default. */
  language: 'vi' | 'en' | null;
  state: 'active' | 'gone';
  /** Why the chat is gone; null while it is active. */
  reason: string | null;
  /** The user who added the bot to the channel or group; null when nobody is known. */
  added_by: Generated<number | null>;
  updated_at: number;
}

/** Who is known to have been an admin of a channel or group: those whose /chats asks Telegram about it. */
export interface AdminsTable {
  chat_id: number;
  user_id: number;
  seen_at: number;
}

export interface SubscriptionsTable {
  id: Generated<number>;
  chat_id: number;
  /** A forum topic; 0 for the whole chat and for the General topic. */
  thread_id: number;
  /** Crons of five fields, joined by `; `. */
  cron: string;
  /** IANA. */
  zone: string;
  language: 'vi' | 'en';
  /** What the follows make of the digest, see `follows/filter.ts`; null takes everything. */
  filter: string | null;
  style: 'short' | 'normal' | 'full';
  silent: number;
  /** "22:00-06:30"; null for none. */
  quiet: string | null;
  /** Null takes that of the settings. */
  max_items: number | null;
  paused_until: number | null;
  /** 1 when a slot with nothing new brings one line instead of nothing. */
  quiet_day: Generated<number>;
  /** The `seq` of the last article that an edition covered; null before the first edition. */
  cursor: number | null;
  /** The last article that was told at once; null when none ever was. */
  told_seq: Generated<number | null>;
  /** The next slot; null while the subscription is stopped. */
  next_at: number | null;
  state: 'active' | 'stopped';
  reason: string | null;
  created_at: number;
}

export interface EditionsTable {
  id: Generated<number>;
  /** What makes two editions the same; unique. */
  key: string;
  /** Exclusive; null for a first edition. */
  from_seq: number | null;
  /** Inclusive. */
  to_seq: number;
  /** JSON: the rendered messages, `DigestPart[]`. */
  parts: string;
  /** How many these are: a planning asks for it without reading them. */
  part_count: number;
  /** JSON: `string[]`, in the order of the edition. */
  article_ids: string;
  created_at: number;
  /** 1 for an article that was told at once: it says nothing about how far a digest has come. */
  alert: Generated<number>;
  /** Of the subscriptions that it was composed for. */
  filter: Generated<string | null>;
  /** JSON: `number[]`, the `seq`s of articles that they were told at once. */
  told: Generated<string>;
}

export type DeliveryState = 'planned' | 'inflight' | 'deferred' | 'sent' | 'unknown' | 'dead';

export interface DeliveriesTable {
  id: Generated<number>;
  subscription_id: number;
  /** The instant at which the subscription was due. */
  slot: number;
  edition_id: number;
  /** From 0. */
  part: number;
  state: DeliveryState;
  attempt: number;
  /** Not to be sent before this instant; null means at once. */
  not_before: number | null;
  /** Of the message in Telegram; null until it is sent. */
  message_id: number | null;
  /** Why it is deferred, unknown or dead. */
  reason: string | null;
  /** Which run of the program took it in flight. */
  boot_id: string | null;
  /** When an unknown delivery was made known to its chat; null before that. */
  announced_at: number | null;
  updated_at: number;
  /** How many attempts ended without anybody knowing whether the message arrived. */
  doubts: Generated<number>;
  /** How many attempts in a row ended for `reason`. */
  streak: Generated<number>;
  /** 1 after Telegram refused the markup: sent as plain text. */
  plain: Generated<number>;
  /** 1 after the topic took no message: sent to the chat itself. */
  off_topic: Generated<number>;
  /** 1 when it falls into the subscription's quiet hours. */
  silent: Generated<number>;
  /** When somebody in the chat asked for this unknown delivery again; null when nobody did. */
  asked_at: Generated<number | null>;
}

/** Which updates were taken, so that a repeated one is handled once. */
export interface UpdatesTable {
  update_id: number;
  received_at: number;
}

/** Updates that are still to be handled. */
export interface InboxTable {
  update_id: number;
  /** JSON. */
  body: string;
  /** How many runs of the program began with it. */
  attempt: number;
}

/** Until when Telegram made a chat wait, or everybody. */
export interface WaitsTable {
  /** 0 for everybody. */
  chat_id: number;
  until: number;
  /** When it was written down. */
  noted_at: number;
}

/** Search texts that a button refers to, since 64 bytes of callback data cannot hold them. */
export interface QueriesTable {
  token: string;
  text: string;
  used_at: number;
}

/** Queries that chats keep. A changed query is a row of its own, so ids are never used for another text. */
export interface FollowsTable {
  id: Generated<number>;
  subscription_id: number;
  text: string;
  mode: 'only' | 'first' | 'alert';
  /** Articles after this one are told at once. */
  from_seq: number;
  created_at: number;
}
