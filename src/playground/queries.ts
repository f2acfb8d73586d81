/**
 * Questions of people that the bot must answer: pressed buttons and inline queries. Each can be answered once, and
 * not for long.
 */
import { badRequest } from './apiError.ts';
import type { FormattedText } from './html.ts';
import type { Button, InlineKeyboard } from './wire.ts';

/** How long an answer is awaited is not documented; the spinner of a client gives up about then. */
const LIFETIME_MS = 60_000;
/** Unanswered questions beyond this are forgotten, oldest first. */
const MAX_OPEN = 10_000;
const TOO_OLD = 'Query is too old and response timeout expired or query ID is invalid';

export interface CallbackAnswer {
  /** Empty when the spinner is just to stop. */
  text: string;
  showAlert: boolean;
  url: string;
}

export interface InlineAnswer {
  results: InlineResult[];
  nextOffset: string;
  cacheTime: number;
  isPersonal: boolean;
  button: { text: string; startParameter: string } | null;
}

export interface InlineResult {
  id: string;
  type: string;
  title: string;
  description: string;
  /** What choosing it sends. */
  content: FormattedText;
  keyboard: InlineKeyboard | null;
  wire: Record<string, unknown>;
}

/** A button that somebody pressed, and what the bot made of it. */
export interface Press {
  id: string;
  button: Button;
  /** Null until the bot has answered. */
  answer: CallbackAnswer | null;
}

export interface InlineAsk {
  id: string;
  query: string;
  answer: InlineAnswer | null;
}

interface Open<T> {
  question: T;
  askedAt: number;
}

class OpenQuestions<T extends { id: string }> {
  readonly #open = new Map<string, Open<T>>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  add(question: T): void {
    this.#open.set(question.id, { question, askedAt: this.#now() });
    if (this.#open.size > MAX_OPEN) {
      const oldest = this.#open.keys().next();
      if (oldest.done !== true) this.#open.delete(oldest.value);
    }
  }

  /** Looks without taking, so that a wrong answer can be corrected. */
  find(id: string): T {
    const open = this.#open.get(id);
    if (open === undefined || this.#now() - open.askedAt > LIFETIME_MS) throw badRequest(TOO_OLD);
    return open.question;
  }

  close(id: string): void {
    this.#open.delete(id);
  }
}

export class Queries {
  readonly callbacks: OpenQuestions<Press>;
  readonly inlines: OpenQuestions<InlineAsk>;

  constructor(now: () => number) {
    this.callbacks = new OpenQuestions(now);
    this.inlines = new OpenQuestions(now);
  }
}
