/**
 * Compiles `src/` to `dist/` once per test run, the playground's page with it: the end-to-end tests start the real program,
 * and so do worker threads, which Node 20 cannot load from TypeScript. Types are not checked on the way, which takes more than
 * half of the time: `npm run types` does that, and so does every build that somebody runs.
 */
import { execFile, execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const TSC = createRequire(import.meta.url).resolve('typescript/bin/tsc');

export async function setup(): Promise<void> {
  if (process.env.SKIP_BUILD === '1') return;
  const compile = (...project: string[]) =>
    promisify(execFile)(process.execPath, [TSC, '--noCheck', '-p', ...project]);
  await Promise.all([compile('tsconfig.build.json'), compile('src/playground/page', '--noEmit', 'false')]);
  execFileSync('npm', ['run', '--silent', 'assets'], { stdio: 'inherit' });
}
