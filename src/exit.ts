/**
 * How the program ends when it does not end well: with a code that a supervisor can tell apart and a sentence for the
 * operator. Codes as in sysexits.h.
 */

export const EXIT = {
  /** The settings are wrong; starting again changes nothing. */
  config: 78,
  /** Another process uses the data directory. */
  busy: 75,
  /** Another program polls Telegram with the same token. */
  conflict: 69,
  /** The data directory or the database cannot be used. */
  data: 74,
  /** Our own mistake. */
  crash: 70,
} as const;

/** An end that was decided, with what the operator is told; the third of the program's error boundaries is `program.ts`. */
export class FatalError extends Error {
  override readonly name = 'FatalError';
  readonly exitCode: number;
  constructor(exitCode: number, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}
