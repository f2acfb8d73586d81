import { describe, expect, it } from 'vitest';
import { bestReport } from '../../src/digest/bestReport.ts';
import { anArticle } from '../telegram/articles.ts';

const LONG = 'Một câu dài vừa phải. '.repeat(200);
const SHORT = 'Một câu.';

/** In the order in which the store has them: the newest first. */
const CASES = {
  'in the language of the edition': [
    { language: 'en', body: LONG },
    { language: 'vi', body: SHORT },
  ],
  'that may be in the language rather than one that is not': [
    { language: 'en', body: LONG },
    { language: null, body: SHORT },
  ],
  'with a summary': [
    { summary: null, body: LONG },
    { summary: 'Tóm tắt.', body: SHORT },
  ],
  'with the fuller text': [{ body: SHORT }, { body: LONG }],
};

describe('the report that leads', () => {
  it.each(Object.entries(CASES))('is the one %s', (_, [worse = {}, better = {}]) => {
    const reports = [anArticle({ seq: 2, ...worse }), anArticle({ seq: 1, ...better })];
    expect(bestReport(reports, 'vi').seq).toBe(1);
    expect(bestReport([...reports].reverse(), 'vi').seq).toBe(1);
  });

  it('is the newest of several that are as good, also when one is a few words longer', () => {
    const reports = [2, 1].map((seq) => anArticle({ seq, body: 'Một câu. '.repeat(10 + seq) }));
    expect(bestReport(reports, 'vi').seq).toBe(2);
    expect(bestReport([...reports].reverse(), 'vi').seq).toBe(1);
    const beyond = [anArticle({ seq: 2, body: LONG }), anArticle({ seq: 1, body: LONG.repeat(9) })];
    expect(bestReport(beyond, 'vi').seq).toBe(2);
  });
});
