/** What is worth more than what, for one article at a time. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLexicon } from '../../src/search/lexicon.ts';
import { planQuery } from '../../src/search/plan.ts';
import { parseQuery } from '../../src/search/query.ts';
import { plainReading, withForms, type Reading } from '../../src/search/reading.ts';
import { HALF_LIFE_DAYS, RECENCY_SHARE, recencyFactor } from '../../src/search/recency.ts';
import { scoreArticle, type Score } from '../../src/search/score.ts';

const lexicon = createLexicon();

function reading(query: string): Reading {
  const plan = planQuery(parseQuery(query, { now: 0, zone: 'UTC' }), 'UTC', 'day', false);
  return plainReading(plan, query, () => 2);
}

/** @param text title, summary and body between bars */
function score(query: string | Reading, text: string): Score {
  const [title = '', summary = '', body = ''] = text.split('|');
  const fields = { title: lexicon.words(title), summary: lexicon.words(summary), body: lexicon.words(body) };
  return scoreArticle(typeof query === 'string' ? reading(query) : query, fields, [4, 8, 40]);
}

describe('one article before another', () => {
  test.each([
    ['giá vàng', 'giá vàng tăng||', 'vàng tăng giá||', 'a phrase before the same words in another order'],
    ['giá vàng mới', 'mới: giá vàng||', 'vàng mới, có giá||', 'more neighbours before fewer'],
    ['giá vàng', 'giá của vàng||', 'giá một cái nhẫn đẹp bằng vàng||', 'near before far'],
    [
      'giá vàng thế giới',
      `a b||giá vàng ${'x '.repeat(60)} thế giới`,
      'giá vàng giá vàng|giá vàng|thế x x x x x giới',
      'both halves once before one half often and the rest apart',
    ],
    ['giá vàng', 'giá vàng||', 'a b|giá vàng|', 'title before summary'],
    [
      'quan bị',
      `a b||quan bị ${'x '.repeat(60)}`,
      'quản bị|quản bị|quan',
      'once as typed before twice in another accent',
    ],
    ['giá vàng', 'a b|giá vàng|', 'a b||giá vàng', 'summary before body'],
    ['giá vàng', 'giá vàng||', 'giá dầu||', 'all words before some'],
    ['năm', 'năm||', 'nam||', 'the typed accent before none'],
    ['năm', 'nam||', 'nấm||', 'no accent before another one'],
    ['nam', 'nam nam||', 'nam mưa||', 'twice before once'],
    ['vàng', 'vàng||', 'vàng và rất nhiều chữ khác nữa trong một tựa đề dài||', 'short before long'],
  ])('%s: %j before %j (%s)', (query, better, worse) => {
    expect(score(query, better).value).toBeGreaterThan(score(query, worse).value);
  });

  test('a guess is worth its share of the same words as typed', () => {
    const typed = reading('giá vàng');
    const guess: Reading = { ...typed, kind: 'corrected', trust: 0.5 };
    expect(score(guess, 'giá vàng||').value).toBeCloseTo(score(typed, 'giá vàng||').value / 2);
  });

  test('another form of a word counts by its weight', () => {
    const both = withForms(reading('vang'), 0, [['bac', { weight: 0.5, kind: 'completed' }]], true);
    expect(score(both, 'bac||').value).toBeGreaterThan(0);
    expect(score(both, 'bac||').value).toBeLessThan(score(both, 'vang||').value);
  });
});

describe('what is said of a hit', () => {
  test.each([
    ['giá vàng', 'giá vàng||giá vàng', { phraseIn: 'title', presence: 1, adjacency: 1, bestField: 'title' }],
    ['giá vàng', 'a|giá vàng|', { phraseIn: 'summary', presence: 1, bestField: 'summary' }],
    ['giá vàng', 'a||giá vàng', { phraseIn: 'body', presence: 1, bestField: 'body' }],
    ['giá vàng', 'vàng||giá', { phraseIn: null, presence: 1, bestField: 'title' }],
    ['giá vàng', 'giá dầu||', { phraseIn: null, presence: 0.5 }],
    ['giá vàng', 'khác||', { phraseIn: null, presence: 0, value: 0 }],
    ['giá', 'giá||', { phraseIn: null, presence: 1, accents: 1 }],
    ['năm mới', 'nam mới||', { accents: 0.5, presence: 1 }],
    ['nam moi', 'năm mới||', { accents: 1 }],
    ['giá OR vàng', 'vàng||', { presence: 1 }],
  ])('%s in %j', (query, text, expected) => {
    expect(score(query, text)).toMatchObject(expected);
  });

  test('a word that is twice in the query needs two places to be a phrase', () => {
    expect(score('vàng vàng', 'vàng||').phraseIn).toBeNull();
    expect(score('vàng vàng', 'vàng vàng||').phraseIn).toBe('title');
  });

  test('shares stay between 0 and 1 and values finite, for any words', () => {
    const text = fc
      .array(fc.constantFrom('giá', 'gia', 'vàng', 'năm', 'nam', '|', 'mới', '-', 'OR', '"'), {
        maxLength: 20,
      })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(text, text, (query, article) => {
        const { value, coverage, presence, adjacency, accents } = score(query, article);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(value)).toBe(true);
        for (const share of [coverage, presence, adjacency, accents]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1.000_001);
        }
      }),
    );
  });
});

describe('being new', () => {
  const NOW = Date.parse('2025-12-24T12:00:00Z');
  const DAY_MS = 86_400_000;

  test('is worth most at the very moment, and half after the half-life', () => {
    expect(recencyFactor(new Date(NOW).toISOString(), NOW)).toBeCloseTo(1 + RECENCY_SHARE);
    const then = new Date(NOW - HALF_LIFE_DAYS * DAY_MS).toISOString();
    expect(recencyFactor(then, NOW)).toBeCloseTo(1 + RECENCY_SHARE / 2);
    expect(recencyFactor('1999-01-01', NOW)).toBeCloseTo(1);
  });

  test.each([
    ['2025-12-24', 'a day counts by its end, so that all of today is new'],
    ['2026-06-01', 'what is dated ahead is as new as can be'],
  ])('%s (%s)', (listed) => {
    expect(recencyFactor(listed, NOW)).toBeCloseTo(1 + RECENCY_SHARE);
  });

  test('is nothing without a date, and never lifts a word above a phrase', () => {
    expect(recencyFactor('', NOW)).toBe(1);
    const phrase = score('giá vàng', 'a||giá vàng').value;
    const scattered = score('giá vàng', 'vàng có giá||').value;
    expect(phrase).toBeGreaterThan(scattered * (1 + RECENCY_SHARE));
  });
});
