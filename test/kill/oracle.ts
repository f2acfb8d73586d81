/**
 * The oracle: what the chats got, judged from the double's own ledger and from what the database lists. It reads the
 * numbers of articles in messages and knows nothing of how a sender works, so a careless one is held to the same.
 */
import type { Call } from '../../src/playground/ledger.ts';
import type { Stage } from './stage.ts';

export interface Verdict {
  /** `chat: article`: neither arrived, nor listed as unknown, though the chat was there. */
  lost: string[];
  /** `chat: article ×times`: arrived more than once. */
  repeated: string[];
  /** Calls to a chat that had told this run, or a run before that wrote it down, to wait or to go away. */
  disobeyed: string[];
  /** Messages of a digest that are no part of a frozen edition, byte for byte. */
  altered: string[];
  /** Parts of one edition that arrived in another order. */
  disordered: string[];
  /** Deliveries listed as unknown. */
  unknown: number;
  /** Calls after which nobody told the sender whether the message had arrived. */
  ambiguous: number;
  /** Messages that arrived once more, counted by parts of editions. */
  again: number;
  /** Deliveries in flight at the deaths, in all. */
  inFlight: number;
  /** ... and at the worst one. */
  mostInFlight: number;
}

export interface Question {
  /** Chats that are not there at the end: what they did not get is not lost. */
  away: ReadonlySet<number>;
  /** Whether messages that may have arrived are sent again unasked. */
  resends: boolean;
}

const AMBIGUOUS: ReadonlySet<string> = new Set(['reset', 'truncated', 'html', 'not-json', 'hang']);

export interface Unknown {
  id: number;
  chatId: number;
  subscriptionId: number;
  slot: number;
  html: string;
}

/** The deliveries of unknown fate, as the database lists them. */
export function listUnknown(stage: Stage): Unknown[] {
  return stage.rows<Unknown>(`
    select d.id, s.chat_id as chatId, d.subscription_id as subscriptionId, d.slot,
      json_extract(e.parts, '$[' || d.part || '].html') as html
    from deliveries d join subscriptions s on s.id = d.subscription_id join editions e on e.id = d.edition_id
    where d.state = 'unknown' order by d.slot, d.id`);
}

export function judgeRound(stage: Stage, { away, resends }: Question): Verdict {
  const calls = stage.api.ledger.of('sendMessage');
  const digests = calls.filter((call) => call.accepted && articlesIn(textOf(call)).length > 0);
  const arrived = new Map<string, number>();
  for (const call of digests) {
    for (const article of articlesIn(textOf(call))) {
      const key = `${stage.idNow(call.chatId ?? 0)}: ${article}`;
      arrived.set(key, (arrived.get(key) ?? 0) + 1);
    }
  }
  const unknown = listUnknown(stage);
  const listed = new Set(
    unknown.flatMap(({ chatId, html }) => articlesIn(html).map((n) => `${stage.idNow(chatId)}: ${n}`)),
  );
  const ambiguous = calls.filter(
    (call) => AMBIGUOUS.has(call.fault ?? '') || (call.answer !== null && call.answer.status >= 500),
  ).length;
  return {
    lost: stage.chats
      .filter((chatId) => !away.has(chatId))
      .flatMap((chatId) => numbers(stage.articles).map((article) => `${chatId}: ${article}`))
      .filter((key) => !arrived.has(key) && !listed.has(key)),
    repeated: [...arrived].filter(([, times]) => times > 1).map(([key, times]) => `${key} ×${times}`),
    disobeyed: disobeyed(stage, calls),
    ...contents(stage, digests, resends),
    unknown: unknown.length,
    ambiguous,
    inFlight: stage.deaths.reduce((sum, run) => sum + run.inFlight, 0),
    mostInFlight: Math.max(0, ...stage.deaths.map((run) => run.inFlight)),
  };
}

/** The numbers of the articles that a message lists. */
export function articlesIn(text: string): number[] {
  return [...text.matchAll(/Tin (\d+)\./gu)].map((match) => Number(match[1]));
}

export function textOf(call: Call): string {
  return typeof call.params.text === 'string' ? call.params.text : '';
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** What was sent against the editions: a notice may stand above a part, nothing else may differ. */
function contents(
  stage: Stage,
  digests: readonly Call[],
  resends: boolean,
): Pick<Verdict, 'altered' | 'disordered' | 'again'> {
  const parts = stage.rows<{ edition: number; part: number; html: string }>(`
    select e.id as edition, p.key as part, json_extract(p.value, '$.html') as html
    from editions e, json_each(e.parts) p`);
  const altered: string[] = [];
  const disordered: string[] = [];
  const last = new Map<string, number>();
  const seen = new Set<string>();
  let again = 0;
  for (const call of digests) {
    const text = textOf(call);
    const found = parts.find(({ html }) => text === html || text.endsWith(`\n\n${html}`));
    const chatId = stage.idNow(call.chatId ?? 0);
    if (found === undefined) {
      altered.push(`${chatId}: ${text.slice(0, 60)}`);
      continue;
    }
    const key = `${chatId} edition ${found.edition}`;
    const before = last.get(key) ?? -1;
    if (seen.has(`${key} ${found.part}`)) again += 1;
    seen.add(`${key} ${found.part}`);
    const inOrder = resends ? found.part >= before : found.part > before;
    if (!inOrder) disordered.push(`${key}: part ${found.part} after ${before}`);
    last.set(key, Math.max(before, found.part));
  }
  return { altered, disordered, again };
}

interface Closed {
  until: number;
  why: string;
}

function disobeyed(stage: Stage, calls: readonly Call[]): string[] {
  const wrong: string[] = [];
  let index = 0;
  for (const [number, run] of stage.runs.entries()) {
    // A run knows what the one before it wrote down.
    const before = stage.runs[number - 1];
    const known = new Map<number, Closed>();
    for (const [chatId, until] of before?.held ?? []) known.set(chatId, { until, why: 'held before' });
    for (const chatId of before?.gone ?? []) known.set(chatId, { until: Infinity, why: 'gone before' });
    for (; index < calls.length; index += 1) {
      const call = calls[index];
      if (call === undefined || call.seq > run.upTo) break;
      const chatId = call.chatId ?? 0;
      const closed = known.get(chatId);
      const cameBack = (stage.returned.get(chatId) ?? Infinity) < call.seq;
      if (closed !== undefined && call.at < closed.until && !(closed.until === Infinity && cameBack)) {
        wrong.push(`run ${number + 1}, chat ${chatId}, call ${call.seq}: ${closed.why}`);
      }
      const told = refusal(call);
      if (told !== null) known.set(chatId, told);
    }
  }
  return wrong;
}

function refusal({ answer, at, lost }: Call): Closed | null {
  if (answer === null || lost) return null;
  if (answer.status === 403) return { until: Infinity, why: String(answer.result) };
  const seconds = /retry after (\d+)/u.exec(String(answer.result))?.[1];
  if (answer.status !== 429 || seconds === undefined) return null;
  return { until: at + Number(seconds) * 1_000, why: `retry after ${seconds}` };
}
