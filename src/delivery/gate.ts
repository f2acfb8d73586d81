/**
 * Whether anything may be sent at all. Closes when Telegram does not accept the bot, does not answer, or answers
 * unreadably several times in a row, so that an outage costs a few deliveries and not the whole broadcast; a probe that
 * delivers nothing opens it again. State without a clock: instants are arguments, in monotonic milliseconds.
 */
import { isDefinite, type Outcome } from './outcome.ts';

/** So many messages without a readable answer, and none with one between them. */
const STRIKES = 5;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** A rejected token is the operator's to change; asking more often helps nobody. */
const HALT_PROBE_MS = 60_000;

export type GateState =
  | { kind: 'open' }
  /** After a pause: one message at a time until one is answered. */
  | { kind: 'trying' }
  | { kind: 'trouble'; reason: string; probeAt: number; pauseMs: number }
  | { kind: 'halted'; reason: string; probeAt: number };

export class Gate {
  private current: GateState = { kind: 'open' };
  private strikes = 0;
  private pauses = 0;

  get state(): GateState {
    return this.current;
  }

  /** How many messages may be in flight, out of `limit`. */
  limit(limit: number): number {
    if (this.current.kind === 'open') return limit;
    return this.current.kind === 'trying' ? 1 : 0;
  }

  /** When the next probe is due; null when none is. */
  get probeAt(): number | null {
    return 'probeAt' in this.current ? this.current.probeAt : null;
  }

  /** The outcome of a message. Returns the state if it changed. */
  observe(outcome: Outcome, now: number): GateState | null {
    if (outcome.kind === 'stop') return this.halt(outcome.reason, now);
    if (this.current.kind === 'halted') return null;
    if (isDefinite(outcome)) {
      this.strikes = 0;
      this.pauses = 0;
      return this.current.kind === 'open' ? null : this.become({ kind: 'open' });
    }
    if (this.current.kind === 'trouble') return null;
    this.strikes += 1;
    const unreachable = outcome.kind === 'retryAt' && outcome.scope === 'everyone';
    if (!unreachable && this.current.kind === 'open' && this.strikes < STRIKES) return null;
    return this.pause('reason' in outcome ? outcome.reason : outcome.kind, now);
  }

  /** The outcome of a probe. Returns the state if it changed. */
  probed(outcome: Outcome, now: number): GateState | null {
    if (outcome.kind === 'stop') {
      const before = this.current;
      const after = this.halt(outcome.reason, now);
      return before.kind === 'halted' ? null : after;
    }
    if (!isDefinite(outcome)) return this.pause('reason' in outcome ? outcome.reason : outcome.kind, now);
    this.strikes = 0;
    return this.become({ kind: this.current.kind === 'halted' ? 'open' : 'trying' });
  }

  private halt(reason: string, now: number): GateState | null {
    const known = this.current.kind === 'halted';
    const state = this.become({ kind: 'halted', reason, probeAt: now + HALT_PROBE_MS });
    return known ? null : state;
  }

  private pause(reason: string, now: number): GateState {
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(this.pauses, 20), LONGEST_PAUSE_MS);
    this.pauses += 1;
    return this.become({ kind: 'trouble', reason, probeAt: now + pauseMs, pauseMs });
  }

  private become(state: GateState): GateState {
    this.current = state;
    return state;
  }
}
