/**
 * A bot as many are written: it moves the cursor and sends, tries again whenever a call fails, and gives up in the end.
 * It takes the same database and settings as the real program, and stands here to show that the oracle notices.
 */
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import SQLite from 'better-sqlite3';
import { fetch } from 'undici';

const BATCH = 50;
const TRIES = 3;
const DAY_MS = 86_400_000;

const { BOT_TOKEN, TELEGRAM_API_ROOT, DATA_DIR } = process.env;
const db = new SQLite(join(DATA_DIR, 'diemtin.db'));

const due = db.prepare(`select id, chat_id, cursor from subscriptions where next_at <= ? limit ${BATCH}`);
const news = db.prepare(`select title from articles where seq > ? order by seq desc`).pluck();
const advance = db.prepare(
  `update subscriptions set cursor = (select max(seq) from articles), next_at = ? where id = ?`,
);

async function send(chatId, text) {
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      const answer = await fetch(`${TELEGRAM_API_ROOT}/bot${BOT_TOKEN}/sendMessage`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ chat_id: chatId, text }),
      });
      if ((await answer.json()).ok) return;
    } catch {
      // Whatever it was, the next try may work.
    }
    await sleep(100);
  }
}

process.stdout.write('the bot is up\n');
for (;;) {
  const batch = due.all(Date.now());
  if (batch.length === 0) await sleep(50);
  for (const { id } of batch) advance.run(Date.now() + DAY_MS, id);
  await Promise.all(batch.map(({ chat_id, cursor }) => send(chat_id, news.all(cursor ?? 0).join('\n'))));
}
