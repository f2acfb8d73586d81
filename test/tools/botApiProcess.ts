/**
 * Starts the Bot API double in a process of its own (from `dist/`, so the project must have been built) and speaks
 * with its control plane. It ends when this process does.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { BotApiOptions } from '../../src/playground/botApi.ts';

export interface BotApiProcess {
  root: string;
  token: string;
  pid: number;
  /** Does one verb of `src/playground/control.ts` and returns its answer. */
  control(verb: string, body?: object): Promise<unknown>;
  stop(): Promise<void>;
}

export async function startBotApiProcess(
  options: Omit<BotApiOptions, 'now' | 'onBug' | 'control'> = {},
): Promise<BotApiProcess> {
  const child = spawn(process.execPath, ['dist/playground/standalone.js', JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([
    once(lines, 'line').then(([first]) => String(first)),
    exited.then(() => {
      throw new Error('the Bot API double ended before it listened');
    }),
  ]);
  const { root, token } = JSON.parse(line) as { root: string; token: string };
  return {
    root,
    token,
    pid: child.pid ?? 0,
    control: async (verb, body = {}) => {
      const response = await fetch(`${root}/control/${verb}`, { method: 'POST', body: JSON.stringify(body) });
      const value: unknown = await response.json();
      if (!response.ok) throw new Error(`${verb}: ${JSON.stringify(value)}`);
      return value;
    },
    stop: async () => {
      child.stdin.end();
      await exited;
    },
  };
}
