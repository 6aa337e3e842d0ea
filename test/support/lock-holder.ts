import { spawn } from 'node:child_process';
import path from 'node:path';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** Takes the write lock when it is told `hold MS`, and lets it go by itself after MS milliseconds, or when it is told `release`. */
const SCRIPT = `
import { createInterface } from 'node:readline';
import Sqlite from 'better-sqlite3';
const db = new Sqlite(process.argv[1], { timeout: 60000 });
for await (const line of createInterface({ input: process.stdin })) {
  const [word, ms] = line.split(' ');
  if (word === 'hold') db.exec('BEGIN IMMEDIATE');
  else db.exec('COMMIT');
  console.log(word);
  if (ms !== undefined) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(ms));
    db.exec('COMMIT');
  }
}
`;

/** Another program that has the database of a folder open. */
export interface LockHolder {
  /** Resolves when it holds the write lock; it lets go by itself after so many milliseconds, if any are given. */
  readonly hold: (milliseconds?: number) => Promise<void>;
  /** Resolves when it has let go. */
  readonly release: () => Promise<void>;
}

/** Starts a process that can hold the write lock of that database; it ends with the test. */
export function lockHolder(databaseFile: string): LockHolder {
  const child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT, databaseFile], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const tell = async (line: string): Promise<void> => {
    const heard = once(child.stdout, 'data');
    child.stdin.write(`${line}\n`);
    await heard;
  };
  return {
    hold: (milliseconds) => tell(milliseconds === undefined ? 'hold' : `hold ${milliseconds}`),
    release: () => tell('release'),
  };
}
