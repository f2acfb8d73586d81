/**
 * How much garbage V8 lets lie. Left to itself it goes by the machine, not by the program: with gigabytes free it collects so
 * seldom that most of what the process holds is dead.
 *
 * These are settings of V8, not of Node's interface; one that a later version does not know changes nothing but the memory.
 */
import v8 from 'node:v8';

/**
 * Garbage in an old generation, in percent of what lives in it, which is 30 to 45 MB on each thread. Less would be collected
 * more often: as it is, a broadcast at thousands a second takes a quarter more of the processor, a search next to nothing.
 */
const OLD_GARBAGE_PERCENT = 30;

/**
 * Half of a search thread's young generation. A search leaves a megabyte or two of garbage; in less room more of that
 * is taken for what stays.
 */
const THREAD_SEMI_SPACE_MB = 4;

/** What a thread may be given for its young generation: two halves, and as much again as one for what is moved out of them. */
export const THREAD_YOUNG_MB = 3 * THREAD_SEMI_SPACE_MB;

/** To be called before the program is loaded: loading it makes the young generation grow to its full 32 MB, for good. */
export function keepMemorySmall(): void {
  v8.setFlagsFromString(`--heap-growing-percent=${OLD_GARBAGE_PERCENT}`);
  // Of threads that are made from now on.
  v8.setFlagsFromString(`--min-semi-space-size=${THREAD_SEMI_SPACE_MB}`);
  keepYoungAsItIs();
}

/** Lets young generations grow no more. To be called again whenever a thread has started, which takes it back. */
export function keepYoungAsItIs(): void {
  v8.setFlagsFromString('--semi-space-growth-factor=1');
}
