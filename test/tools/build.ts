/**
 * Makes `dist/` once per test run: the end-to-end tests start the real program, and so do worker threads, which Node 20
 * cannot load from TypeScript.
 */
import { execFileSync } from 'node:child_process';

export function setup(): void {
  if (process.env.SKIP_BUILD === '1') return;
  execFileSync(process.execPath, ['scripts/build.js'], { stdio: 'inherit' });
}
