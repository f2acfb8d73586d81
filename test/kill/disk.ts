/**
 * A small disk that fills up and is freed again: a tmpfs where this process may mount one, otherwise a limit on the size
 * of files that the running program is given and relieved of.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from '../tools/program.ts';

export interface SmallDisk {
  /** `tmpfs` or `fsize`. */
  how: string;
  /** From now on nothing more can be written. */
  fill(program: Program): void;
  free(program: Program): void;
  close(): void;
}

const SIZE = '24m';

/** Null when neither is possible here. @param dir the program's data directory, still empty */
export function smallDisk(dir: string): SmallDisk | null {
  return mounted(dir) ?? limited(dir);
}

function mounted(dir: string): SmallDisk | null {
  if (!succeeds('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', dir])) return null;
  const ballast = join(dir, 'ballast');
  return {
    how: 'tmpfs',
    fill: () => fillUp(ballast),
    free: () => rmSync(ballast),
    close: () => void succeeds('umount', ['-l', dir]),
  };
}

function limited(dir: string): SmallDisk | null {
  if (!succeeds('prlimit', ['--version'])) return null;
  const limit = (program: Program, bytes: string): void => {
    execFileSync('prlimit', ['--pid', String(program.process.pid), `--fsize=${bytes}`]);
  };
  return {
    how: 'fsize',
    // The log of the database has grown to this size; it may go no further.
    fill: (program) => limit(program, `${statSync(join(dir, 'diemtin.db-wal')).size}:unlimited`),
    free: (program) => limit(program, 'unlimited:unlimited'),
    close: () => undefined,
  };
}

function fillUp(file: string): void {
  const descriptor = openSync(file, 'w');
  try {
    for (const block of [Buffer.alloc(65_536), Buffer.alloc(512)]) {
      try {
        for (;;) writeSync(descriptor, block);
      } catch {
        // Full, to within a block.
      }
    }
  } finally {
    closeSync(descriptor);
  }
}

function succeeds(command: string, args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
