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

/** Returns the `result`, or throws an ApiError. `signal` fires when the caller has hung up. */
export type Method = (backend: Backend, params: Params, signal: AbortSignal) => unknown;
