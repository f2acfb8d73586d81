import { test } from 'vitest';
import { openLibrary, ask } from './library.ts';
import { FIXTURE } from './fixture.ts';
import { readFileSync } from 'node:fs';
test('probe', async () => {
  const lib = await openLibrary(FIXTURE);
  const e = lib.engine();
  for (const q of readFileSync('/tmp/probe/q.txt','utf8').split('\n').filter(Boolean)) {
    const r = ask(e, q.replaceAll('·',' '));
    console.log(JSON.stringify(q), r.hits.slice(0,12).map(h=>h.id+(h.folded.length?`+${h.folded.join('+')}`:'')).join(' '), r.total, '|', r.understood, '|', r.matched, '|', r.suggestions.join(' / '));
  }
  for (const s of ['vang-cum','tong-thong','tin-chung-a']) { const seq=(ask(e, FIXTURE[s]!.title).hits.find(h=>h.id===s))!.seq; console.log(s, e.related(seq,5)); }
  await lib.close();
});
