/**
 * What delivery needs of the outside: somebody who carries one message to one chat and reports what happened,
 * without judging it. `outcome.ts` judges. The courier never throws, never retries, never waits.
 */

/**
 * UTF-16 units of visible text that a planner leaves free in the first part of an edition, so that a notice fits above
 * it. A notice that does not fit waits for the next parcel.
 */
export const NOTICE_ROOM = 400;

/** One message of an edition, rendered and frozen. */
export interface DigestPart {
  /** Telegram HTML, within every limit of a message. */
  html: string;
  /** Rows of buttons under the message; empty for none. */
  buttons: DigestButton[][];
}

export type DigestButton = { text: string; url: string } | { text: string; data: string };

export interface Parcel {
  chatId: number;
  /** 0 for none. */
  threadId: number;
  part: DigestPart;
  silent: boolean;
  /** Sent as text without markup: the second try after Telegram refused the markup. */
  plain: boolean;
  /** Shown above the digest: that an earlier one may not have arrived. Null for none. */
  notice: DigestPart | null;
}

/** What happened to one HTTP call, as it was observed. */
export type Happening =
  /** A whole answer with a JSON body came back, whatever it says. */
  | { kind: 'answer'; status: number; body: unknown }
  /** An answer came back and its body is not JSON, or ended before it was whole. */
  | { kind: 'garbled'; status: number }
  /** No answer: `code` is the system's or undici's error code; `written` is false only when no byte of the request can have left. */
  | { kind: 'network'; code: string; written: boolean }
  /** Our own deadline or a shutdown ended the wait. */
  | { kind: 'aborted'; written: boolean };

export interface Courier {
  carry(parcel: Parcel, signal: AbortSignal): Promise<Happening>;
  /** A call that delivers nothing (getMe), to see whether Telegram answers this bot at all. */
  probe(signal: AbortSignal): Promise<Happening>;
}
