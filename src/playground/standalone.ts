/**
 * A double in a process of its own, for benchmarks (it must not share a core's turn with what is measured) and for
 * tests that kill one side. Settings come as one JSON argument; when it listens it prints one line of JSON with the
 * root and the token; it ends with its standard input. Everything else goes through /control/.
 */
import { startBotApi } from './botApi.ts';
import type { BotApiOptions } from './botApi.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as Omit<BotApiOptions, 'now' | 'onBug'>;
const api = await startBotApi({
  ...options,
  control: true,
  onBug: (error) => process.stderr.write(`${String(error)}\n`),
});
process.stdout.write(`${JSON.stringify({ root: api.root, token: api.token })}\n`);
// Whoever started it is gone when the pipe ends; nothing is left behind.
process.stdin.on('end', () => {
  void api.close().then(() => process.exit(0));
});
process.stdin.resume();
