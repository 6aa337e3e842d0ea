import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCli } from '../../main/cli/index.ts';

export const ROOT = path.resolve(import.meta.dirname, '../..');
export const FIXTURES = path.join(ROOT, 'test/fixtures');

/** What a command left: its exit status and what it wrote where. */
export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in this process. Commands that import evidence are given the built worker. */
export async function demarc(
  args: readonly string[],
  importWorker = new URL('file:///not-built'),
): Promise<Ran> {
  let [out, err] = ['', ''];
  const status = await runCli(args, {
    importWorker,
    out: (text) => {
      out += text;
      return Promise.resolve();
    },
    err: (text) => {
      err += text;
      return Promise.resolve();
    },
  });
  return { status, out, err };
}

/** Runs a command with `--json` and reads its one document. */
export async function demarcJson(
  args: readonly string[],
  importWorker?: URL,
): Promise<{ readonly status: number; readonly json: unknown }> {
  const { status, out } = await demarc([...args, '--json'], importWorker);
  return { status, json: JSON.parse(out) as unknown };
}

/** Writes a document into a folder and gives its path. */
export function jsonFile(folder: string, name: string, value: unknown): string {
  const file = path.join(folder, name);
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
}
