import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lockData } from '../../src/store/lock.ts';
import { compileTo } from '../tools/compiled.ts';

/** In the project, since what is compiled there needs its packages. */
const COMPILED = mkdtempSync('node_modules/.lock-');
beforeAll(() => compileTo(COMPILED, ['store/lock']));
afterAll(() => rmSync(COMPILED, { recursive: true, force: true }));

let dir: string;
let file: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lock-'));
  file = join(dir, 'diemtin.lock');
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  rmSync(dir, { recursive: true, force: true });
});

/** Another process that wants the lock, and keeps it if it gets it. */
async function otherProcess(): Promise<{ child: ChildProcess; says: string }> {
  const program = `
    import { lockData } from './${COMPILED}/store/lock.js';
    globalThis.lock = lockData(process.argv[1]);
    console.log(globalThis.lock === null ? 'busy' : 'held');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [says] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, says };
}

describe('the lock on a data directory', () => {
  it('is held by one, and free again when it is given back', () => {
    const lock = lockData(file);
    expect(lock).not.toBeNull();
    expect(lockData(file)).toBeNull();
    lock?.release();
    const again = lockData(file);
    expect(again).not.toBeNull();
    again?.release();
  });

  it('keeps other processes out', async () => {
    const lock = lockData(file);
    expect((await otherProcess()).says).toBe('busy');
    lock?.release();
    expect((await otherProcess()).says).toBe('held');
    expect(lockData(file)).toBeNull();
  });

  it('ends with its process, however that ends', async () => {
    const { child, says } = await otherProcess();
    expect(says).toBe('held');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = lockData(file);
    expect(lock).not.toBeNull();
    lock?.release();
  });

  it('says so when the folder is not there', () => {
    expect(() => lockData(join(dir, 'none', 'diemtin.lock'))).toThrow();
    expect(existsSync(join(dir, 'none'))).toBe(false);
  });

  // Root may write anywhere.
  it.skipIf(process.getuid?.() === 0)('says so when the folder cannot be written', () => {
    chmodSync(dir, 0o500);
    expect(() => lockData(file)).toThrow();
  });
});
