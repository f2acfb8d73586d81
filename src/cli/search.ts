/**
 * `diemtin search "…"`: the same ranking as in Telegram, in the terminal, with the reasons for each place on request.
 *
 * Only reads, so it may run beside the bot. An index that is missing or another corpus's is built in memory for the
 * occasion; one that is behind is used as it is. Both are said.
 */
import { parseArgs } from 'node:util';
import { en } from '../i18n/en.ts';
import { createEngine } from '../search/engine.ts';
import type { SearchOrder } from '../search/searcher.ts';
import { openCorpus } from '../store/corpus.ts';

export interface SearchCommandOptions {
  databaseFile: string;
  indexFile: string;
  /** How many of the newest articles are held for completions and candidates, as in the bot. */
  window: number;
  /** IANA. */
  zone: string;
  /** Epoch milliseconds. */
  now: number;
  out: (line: string) => void;
}

const USAGE = 'usage: diemtin search "words" [--explain] [--newest] [--limit 10]';
const MAX_LIMIT = 100;

/**
 * @param args what stands after `search` on the command line
 * @returns the exit code: 0 when something was found, 1 when nothing was, 64 for a wrong call, 66 without a database
 */
export function runSearchCommand(args: string[], options: SearchCommandOptions): Promise<number> {
  return Promise.resolve(run(args, options));
}

function run(args: string[], options: SearchCommandOptions): number {
  const { out } = options;
  const wish = readArgs(args);
  if (typeof wish === 'string') {
    out(wish);
    out(USAGE);
    return 64;
  }
  let corpus;
  try {
    corpus = openCorpus(options.databaseFile);
  } catch (error) {
    out(`cannot read ${options.databaseFile}: ${error instanceof Error ? error.message : String(error)}`);
    out(
      'The bot makes it when it first runs. DATA_DIR names its folder; the playground has data/playground.',
    );
    return 66;
  }
  const lastRev = corpus.lastRev();
  const engine = createEngine({
    corpus,
    indexFile: options.indexFile,
    readOnly: true,
    window: options.window,
  });
  try {
    if (engine.status().rebuilt !== null) {
      out(`${options.indexFile} cannot be used; indexing ${lastRev} changes in memory …`);
    } else if (engine.status().appliedRev < lastRev) {
      out(
        `the index is ${lastRev - engine.status().appliedRev} changes behind the store; the bot catches up while it runs`,
      );
    }
    // Also what the bot holds in memory, so that the ranking is the bot's.
    engine.catchUp();
    const request = {
      text: wish.text,
      offset: 0,
      limit: wish.limit,
      order: wish.order,
      now: options.now,
      zone: options.zone,
    };
    const result = engine.search(request);
    if (result.understood !== null) out(`understood: ${result.understood}`);
    for (const note of result.notes) out(`note:       ${en.searchNotes[note]}`);
    if (result.matched !== wish.text) out(`matched:    ${result.matched}`);
    if (result.suggestions.length > 0) out(`or meant:   ${result.suggestions.join(' | ')}`);
    out(result.total === 1 ? '1 hit' : `${result.total} hits`);
    const reasons = new Map(wish.explain ? engine.explain(request).map((each) => [each.id, each]) : []);
    const articles = new Map(
      corpus.read(result.hits.map((hit) => hit.seq)).map((article) => [article.seq, article]),
    );
    result.hits.forEach((hit, i) => {
      const article = articles.get(hit.seq);
      if (article === undefined) return;
      const more = hit.folded.length > 0 ? ` (and ${hit.folded.length} more)` : '';
      out(`${String(i + 1).padStart(3)}. ${article.title}${more}`);
      out(
        `     ${[article.source, article.publishedAt.slice(0, 10), article.id].filter((part) => part !== null).join(' · ')}`,
      );
      const why = reasons.get(hit.id);
      if (why !== undefined)
        out(`     ${why.score === null ? '' : `${why.score.toFixed(3)}  `}${why.reasons.join('; ')}`);
    });
    return result.total > 0 ? 0 : 1;
  } finally {
    engine.close();
  }
}

interface Wish {
  text: string;
  limit: number;
  order: SearchOrder;
  explain: boolean;
}

/** What is asked for, or what is wrong with it. */
function readArgs(args: string[]): Wish | string {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        explain: { type: 'boolean', default: false },
        newest: { type: 'boolean', default: false },
        limit: { type: 'string', default: '10' },
      },
    });
    const limit = Number(values.limit);
    if (positionals.length === 0) return 'there is nothing to search for';
    if (!/^\d+$/u.test(values.limit) || limit < 1 || limit > MAX_LIMIT)
      return `--limit ${values.limit}: a number from 1 to ${MAX_LIMIT} is wanted`;
    return {
      text: positionals.join(' '),
      limit,
      order: values.newest ? 'newest' : 'relevance',
      explain: values.explain,
    };
  } catch (error) {
    // Of an option that it does not know, or one without its value.
    return error instanceof Error ? error.message : String(error);
  }
}
