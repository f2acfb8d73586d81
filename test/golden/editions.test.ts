/**
 * Editions as they are sent, in files to look at. After a change that is meant: `npm run golden`, and look at the difference.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bestReport } from '../../src/digest/bestReport.ts';
import type { EditionContent } from '../../src/digest/edition.ts';
import { arrange } from '../../src/digest/sections.ts';
import type { DigestStyle } from '../../src/digest/subscription.ts';
import { parseHtml } from '../../src/playground/html.ts';
import { digestViews } from '../../src/telegram/views/digestView.ts';
import type { View } from '../../src/telegram/views/view.ts';
import { overLimit, readHtml } from '../telegram/telegramHtml.ts';
import { DAY, DAYS } from './days.ts';

const DIR = 'test/golden/editions';
const isWriting = process.env.GOLDEN === 'write';

const EVERY_STYLE: DigestStyle[] = ['short', 'normal', 'full'];
const STYLES: Record<string, DigestStyle[]> = { ten: EVERY_STYLE, hostile: EVERY_STYLE };

const cases = Object.keys(DAYS).flatMap((shape) =>
  (STYLES[shape] ?? ['normal']).flatMap((style) =>
    (['vi', 'en'] as const).map((language) => ({
      shape,
      style,
      language,
      file: `${shape}.${style}.${language}.txt`,
    })),
  ),
);

function editionOf({ shape, style, language }: (typeof cases)[number]): EditionContent {
  const { stories = [], more = 0 } = DAYS[shape] ?? {};
  const items = stories.map((story) => ({ ...story, article: bestReport(story.reports, language) }));
  return {
    items: arrange(items, ({ article }) => article.source),
    more,
    frame: {
      ...{ fromSeq: 100, toSeq: 200, language, surface: 'chat', filter: null, style },
      ...{ maxItems: 60, late: false, zone: 'Asia/Ho_Chi_Minh', day: DAY },
    },
  };
}

/** The markup of each message, and its buttons as they look. */
function written(views: readonly View[]): string {
  const messages = views.map(({ html, buttons }) =>
    [html, ...buttons.map((row) => row.map(({ text }) => `[ ${text} ]`).join(' '))].join('\n'),
  );
  return `${messages.join('\n\n=== the next message ===\n\n')}\n`;
}

describe('an edition of a day with', () => {
  it.each(cases)('$shape, $style, in $language', ({ file, ...shape }) => {
    const views = digestViews(editionOf({ file, ...shape }), { bot: 'diemtin_bot' });
    const path = `${DIR}/${file}`;
    if (isWriting) writeFileSync(path, written(views));
    expect(existsSync(path), `${path} is missing: npm run golden`).toBe(true);
    expect(written(views)).toBe(readFileSync(path, 'utf8'));
    for (const { html } of views) {
      expect(overLimit(html)).toEqual([]);
      // Telegram itself, in small, reads the same.
      const { text, entities } = parseHtml(html);
      expect(text).toBe(readHtml(html).text);
      expect(entities.length).toBeLessThanOrEqual(100);
      expect(html).not.toMatch(
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u,
      );
    }
  });

  it('nothing else lies there', () => {
    const known = new Set(cases.map(({ file }) => file));
    const others = readdirSync(DIR).filter((file) => !known.has(file));
    if (isWriting) for (const file of others) rmSync(`${DIR}/${file}`);
    else expect(others).toEqual([]);
  });
});
