/**
 * The outside as delivery's tests see it: a courier with a ledger of its own. It keeps what really arrived, which the
 * sender does not always get to know, and does to each parcel what the script says.
 */
import type { Clock } from '../../src/delivery/clock.ts';
import type { Courier, Happening, Parcel } from '../../src/delivery/courier.ts';

export interface Reaction {
  /** Whether the message arrives in the chat. */
  arrives: boolean;
  /** What the sender observes; null when nothing ever comes back. */
  happening: Happening | null;
  /** How long that takes. */
  afterMs?: number;
}

export interface Call {
  chatId: number;
  threadId: number;
  html: string;
  plain: boolean;
  silent: boolean;
  notice: string | null;
  /** Monotonic. */
  at: number;
  /** When the answer came; null while it has not. */
  answeredAt: number | null;
  arrived: boolean;
  happening: Happening | null;
  /** Which run of the program made the call; a test counts them up. */
  run: number;
}

const LATENCY_MS = 120;

export const yes = (messageId = 1): Reaction => ({
  arrives: true,
  happening: { kind: 'answer', status: 200, body: { ok: true, result: { message_id: messageId } } },
});

export const no = (code: number, description: string, parameters?: object): Reaction => ({
  arrives: false,
  happening: {
    kind: 'answer',
    status: code,
    body: { ok: false, error_code: code, description, ...(parameters && { parameters }) },
  },
});

export const blocked = (): Reaction => no(403, 'Forbidden: bot was blocked by the user');
export const flood = (seconds: number): Reaction =>
  no(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
export const moved = (to: number): Reaction =>
  no(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: to });
export const unauthorized = (): Reaction => no(401, 'Unauthorized');
/** The request did not get out. */
export const unreached = (): Reaction => ({
  arrives: false,
  happening: { kind: 'network', code: 'ECONNREFUSED', written: false },
});
/** Nobody tells the sender what became of it. */
export const lost = (arrives: boolean): Reaction => ({
  arrives,
  happening: { kind: 'network', code: 'ECONNRESET', written: true },
});
export const badGateway = (arrives: boolean): Reaction => ({
  arrives,
  happening: { kind: 'garbled', status: 502 },
});
/** No answer until the sender's deadline. */
export const silence = (arrives: boolean): Reaction => ({ arrives, happening: null });

export class Outside implements Courier {
  readonly calls: Call[] = [];
  probes = 0;
  inFlight = 0;
  mostInFlight = 0;
  run = 1;
  private readonly clock: Clock;
  private readonly counts = new Map<number, number>();
  private messageId = 0;

  /** What happens to a parcel; arrives by default. `count` is how many calls there were to this chat before. */
  react: (parcel: Parcel, count: number) => Reaction = () => yes();
  answerProbe: () => Reaction = () => yes();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  carry(parcel: Parcel, signal: AbortSignal): Promise<Happening> {
    const count = this.counts.get(parcel.chatId) ?? 0;
    this.counts.set(parcel.chatId, count + 1);
    const reaction = this.react(parcel, count);
    const call: Call = {
      chatId: parcel.chatId,
      threadId: parcel.threadId,
      html: parcel.part.html,
      plain: parcel.plain,
      silent: parcel.silent,
      notice: parcel.notice?.html ?? null,
      at: this.clock.monotonic(),
      answeredAt: null,
      arrived: reaction.arrives,
      happening: reaction.happening,
      run: this.run,
    };
    this.calls.push(call);
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    return this.answer(reaction, signal).then((happening) => {
      this.inFlight -= 1;
      call.answeredAt = this.clock.monotonic();
      return happening;
    });
  }

  probe(signal: AbortSignal): Promise<Happening> {
    this.probes += 1;
    return this.answer(this.answerProbe(), signal);
  }

  /** What arrived, as `chat:text`, in the order of arrival. */
  arrived(chatId?: number): string[] {
    return this.calls
      .filter((call) => call.arrived && (chatId === undefined || call.chatId === chatId))
      .map((call) => `${call.chatId}:${call.html}`);
  }

  private answer(reaction: Reaction, signal: AbortSignal): Promise<Happening> {
    const { happening, afterMs } = reaction;
    return new Promise((resolve) => {
      const callOff =
        happening === null
          ? () => undefined
          : this.clock.after(afterMs ?? LATENCY_MS, () => resolve(this.numbered(happening)));
      signal.addEventListener('abort', () => {
        callOff();
        resolve({ kind: 'aborted', written: true });
      });
    });
  }

  /** Every message has an id of its own. */
  private numbered(happening: Happening): Happening {
    if (happening.kind !== 'answer' || happening.status !== 200) return happening;
    this.messageId += 1;
    return { ...happening, body: { ok: true, result: { message_id: this.messageId } } };
  }
}
