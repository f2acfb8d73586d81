/**
 * Makes the wall clock of a node process jump by CLOCK_JUMP_MS at each SIGUSR2, as a correction or a person would; the
 * monotonic clock stays as it is. With CLOCK_AHEAD_MS it is ahead from the beginning. To be loaded with `--import`.
 */
import process from 'node:process';

const RealDate = Date;
const jumpMs = Number(process.env.CLOCK_JUMP_MS);
let offset = Number(process.env.CLOCK_AHEAD_MS ?? 0);

process.on('SIGUSR2', () => {
  offset += jumpMs;
  process.stdout.write('the clock has jumped\n');
});

globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [RealDate.now() + offset] : given));
  }

  static now() {
    return RealDate.now() + offset;
  }
};
