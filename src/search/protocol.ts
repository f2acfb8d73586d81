/**
 * The messages between the main thread and the search thread. Plain data; every request has a number, and gets one answer.
 */
import type { EngineStatus } from './engine.ts';
import type { SearchRequest, SearchResult } from './searcher.ts';

/** What the thread works on. */
export interface WorkerSetup {
  /** The bot's database, already migrated. */
  databaseFile: string;
  /** The derived index; made when it is not there. */
  indexFile: string;
  /** How many of the newest articles minisearch holds. */
  window: number;
}

export type ToWorker =
  /** The first message. */
  | { kind: 'open'; setup: WorkerSetup }
  | { kind: 'search'; number: number; request: SearchRequest }
  | { kind: 'related'; number: number; seq: number; limit: number }
  | { kind: 'follow' }
  | { kind: 'close' };

export type FromWorker =
  | { kind: 'found'; number: number; result: SearchResult; status: EngineStatus }
  | { kind: 'related'; number: number; ids: string[]; status: EngineStatus }
  | { kind: 'failed'; number: number; error: string; status: EngineStatus }
  | { kind: 'status'; status: EngineStatus }
  | { kind: 'log'; level: 'info' | 'warn' | 'error'; message: string; fields: Record<string, unknown> }
  | { kind: 'closed' };
