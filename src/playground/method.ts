/**
 * What a method of the Bot API gets to work with, and what it is.
 */
import type { Params } from './params.ts';
import type { Profile } from './profile.ts';
import type { Queries } from './queries.ts';
import type { World } from './world.ts';

export interface Backend {
  world: World;
  queries: Queries;
  profile: Profile;
  /** The bot has the Stars that `allow_paid_broadcast` wants. */
  paidBroadcast: boolean;
}

/** Registers what is to be done when the caller hangs up before the answer. */
export type OnHangUp = (listener: () => void) => void;

/** Returns the `result` or a promise of it, or throws an ApiError. */
export type Method = (backend: Backend, params: Params, onHangUp: OnHangUp) => unknown;
