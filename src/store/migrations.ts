/**
 * The schema, step by step. Append only: a step that has been released is never edited, since there are databases
 * that took it.
 */
import { sql, type Kysely, type Migration } from 'kysely';

type AnyDb = Kysely<never>;

const m001First: Migration = {
  async up(db: AnyDb) {
    await sql`create table meta (key text primary key not null, value text not null)`.execute(db);
    await sql`create table articles (
      seq integer primary key autoincrement,
      id text not null unique,
      rev integer not null unique,
      title text not null,
      summary text,
      body text not null,
      author text,
      source text,
      url text,
      language text,
      published_at text not null,
      listed_at text not null,
      first_seen_at integer not null,
      content_hash text not null,
      story_id integer,
      removed_at integer
    )`.execute(db);
    await sql`create index articles_by_listing on articles (listed_at desc, seq desc) where removed_at is null`.execute(
      db,
    );
    await sql`create index articles_by_hash on articles (content_hash)`.execute(db);
    await sql`create table files (
      path text primary key not null,
      size integer not null,
      mtime_ms real not null,
      article_seq integer references articles (seq),
      reason text,
      detail text
    )`.execute(db);
    await sql`create index files_by_article on files (article_seq)`.execute(db);
    await sql`create table chats (
      id integer primary key not null,
      type text not null,
      title text,
      username text,
      language text,
      state text not null,
      reason text,
      updated_at integer not null
    )`.execute(db);
    await sql`create table subscriptions (
      id integer primary key autoincrement,
      chat_id integer not null references chats (id) on update cascade,
      thread_id integer not null,
      cron text not null,
      zone text not null,
      language text not null,
      filter text,
      style text not null,
      silent integer not null,
      paused_until integer,
      cursor integer,
      next_at integer,
      state text not null,
      reason text,
      created_at integer not null,
      unique (chat_id, thread_id)
    )`.execute(db);
    await sql`create index subscriptions_due on subscriptions (next_at) where state = 'active'`.execute(db);
    await sql`create table editions (
      id integer primary key autoincrement,
      key text not null unique,
      from_seq integer,
      to_seq integer not null,
      parts text not null,
      article_ids text not null,
      created_at integer not null
    )`.execute(db);
    await sql`create table deliveries (
      id integer primary key autoincrement,
      subscription_id integer not null references subscriptions (id),
      slot integer not null,
      edition_id integer not null references editions (id),
      part integer not null,
      state text not null,
      attempt integer not null,
      not_before integer,
      message_id integer,
      reason text,
      boot_id text,
      announced_at integer,
      updated_at integer not null,
      unique (subscription_id, slot, part)
    )`.execute(db);
    await sql`create index deliveries_open on deliveries (id) where state in ('planned', 'deferred', 'inflight')`.execute(
      db,
    );
    await sql`create index deliveries_unknown on deliveries (subscription_id) where state = 'unknown'`.execute(
      db,
    );
    await sql`create table updates (
      update_id integer primary key not null,
      body text,
      attempt integer not null,
      received_at integer not null
    )`.execute(db);
    await sql`create index updates_open on updates (update_id) where body is not null`.execute(db);
    await sql`create table queries (token text primary key not null, text text not null, used_at integer not null)`.execute(
      db,
    );
    await sql`create index queries_by_use on queries (used_at)`.execute(db);
  },
};

/** What the sender looks for, each by its own index, so that a hundred thousand deliveries are never walked through. */
const m002Delivery: Migration = {
  async up(db: AnyDb) {
    await sql`alter table deliveries add column doubts integer not null default 0`.execute(db);
    await sql`alter table deliveries add column plain integer not null default 0`.execute(db);
    await sql`alter table deliveries add column off_topic integer not null default 0`.execute(db);
    await sql`alter table deliveries add column asked_at integer`.execute(db);
    await sql`drop index deliveries_open`.execute(db);
    await sql`create index deliveries_open on deliveries (subscription_id, id)
      where state in ('planned', 'deferred', 'inflight')`.execute(db);
    await sql`create index deliveries_planned on deliveries (id) where state = 'planned'`.execute(db);
    await sql`create index deliveries_deferred on deliveries (not_before, id) where state = 'deferred'`.execute(
      db,
    );
    await sql`create index deliveries_inflight on deliveries (id) where state = 'inflight'`.execute(db);
    await sql`create index deliveries_closed on deliveries (state, updated_at) where state in ('sent', 'dead')`.execute(
      db,
    );
  },
};

/** Whom to tell when a channel or group can no longer be written to. */
const m003AddedBy: Migration = {
  async up(db: AnyDb) {
    await sql`alter table chats add column added_by integer`.execute(db);
  },
};

/** To forget editions that no delivery refers to. */
const m004Retention: Migration = {
  async up(db: AnyDb) {
    await sql`create index deliveries_by_edition on deliveries (edition_id)`.execute(db);
  },
};

/** Causes are counted one by one: a delivery that was flooded often is not thereby refused often. */
const m005Streak: Migration = {
  async up(db: AnyDb) {
    await sql`alter table deliveries add column streak integer not null default 0`.execute(db);
  },
};

/**
 * Updates in two tables: SQLite gives the room of a text back when its row is deleted, and not when the text is made
 * null, so ids alone took two kilobytes each for as long as they were remembered.
 */
const m006Inbox: Migration = {
  async up(db: AnyDb) {
    await sql`create table inbox (update_id integer primary key not null, body text not null, attempt integer not null)`.execute(
      db,
    );
    await sql`insert into inbox select update_id, body, attempt from updates where body is not null`.execute(
      db,
    );
    await sql`create table known_updates (update_id integer primary key not null, received_at integer not null)`.execute(
      db,
    );
    await sql`insert into known_updates select update_id, received_at from updates`.execute(db);
    await sql`drop table updates`.execute(db);
    await sql`alter table known_updates rename to updates`.execute(db);
    await sql`create index updates_by_age on updates (received_at)`.execute(db);
  },
};

/** Waits outlive the deliveries that ran into them, and those of answers are kept as well. */
const m007Waits: Migration = {
  async up(db: AnyDb) {
    await sql`create table waits (chat_id integer primary key not null, until integer not null, noted_at integer not null)`.execute(
      db,
    );
    await sql`insert into waits select 0, cast(value as integer), 0 from meta where key = 'delivery.everyone-until'`.execute(
      db,
    );
    await sql`delete from meta where key = 'delivery.everyone-until'`.execute(db);
  },
};

/** What a chat chooses for itself, and which chats a person may choose for. */
const m008Settings: Migration = {
  async up(db: AnyDb) {
    await sql`alter table subscriptions add column quiet text`.execute(db);
    await sql`alter table subscriptions add column max_items integer`.execute(db);
    await sql`update subscriptions set style = 'normal'`.execute(db);
    await sql`alter table deliveries add column silent integer not null default 0`.execute(db);
    await sql`create table admins (
      chat_id integer not null references chats (id) on update cascade on delete cascade,
      user_id integer not null,
      seen_at integer not null,
      primary key (chat_id, user_id)
    )`.execute(db);
    await sql`create index admins_by_user on admins (user_id, seen_at)`.execute(db);
    await sql`insert into admins (chat_id, user_id, seen_at)
      select id, added_by, updated_at from chats where added_by is not null`.execute(db);
  },
};

/** Which reports are of one event, and how a new one finds the others. */
const m009Stories: Migration = {
  async up(db: AnyDb) {
    await sql`create table story_marks (
      mark integer not null,
      seq integer not null references articles (seq) on delete cascade,
      primary key (mark, seq)
    ) without rowid`.execute(db);
    await sql`create index story_marks_by_article on story_marks (seq)`.execute(db);
    await sql`create index articles_by_story on articles (story_id)`.execute(db);
  },
};

/** Whether a chat is told that there was nothing new. */
const m010QuietDay: Migration = {
  async up(db: AnyDb) {
    await sql`alter table subscriptions add column quiet_day integer not null default 0`.execute(db);
  },
};

/** What chats follow, and articles that are told at once, through the same outbox as digests. */
const m011Follows: Migration = {
  async up(db: AnyDb) {
    await sql`create table follows (
      id integer primary key autoincrement,
      subscription_id integer not null references subscriptions (id) on delete cascade,
      text text not null,
      mode text not null,
      from_seq integer not null,
      created_at integer not null,
      unique (subscription_id, text)
    )`.execute(db);
    await sql`create index follows_alerting on follows (text) where mode = 'alert'`.execute(db);
    await sql`alter table subscriptions add column told_seq integer`.execute(db);
    await sql`alter table editions add column alert integer not null default 0`.execute(db);
    await sql`alter table editions add column filter text`.execute(db);
    await sql`alter table editions add column told text not null default '[]'`.execute(db);
    // What is there already is no news.
    await sql`insert into meta select 'follows.told', cast(coalesce(max(seq), 0) as text) from articles`.execute(
      db,
    );
    await sql`alter table editions add column part_count integer not null default 0`.execute(db);
    await sql`update editions set part_count = json_array_length(parts) where json_valid(parts)`.execute(db);
  },
};

/** In the order in which they run; Kysely sorts by name. */
export const migrations: Record<string, Migration> = {
  '001_first': m001First,
  '002_delivery': m002Delivery,
  '003_added_by': m003AddedBy,
  '004_retention': m004Retention,
  '005_streak': m005Streak,
  '006_inbox': m006Inbox,
  '007_waits': m007Waits,
  '008_settings': m008Settings,
  '009_stories': m009Stories,
  '010_quiet_day': m010QuietDay,
  '011_follows': m011Follows,
};
