import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/database.ts';
import { demarc, demarcJson } from './run.ts';

interface Finding {
  readonly what: string;
  readonly fine: boolean;
  readonly todo: string;
}

async function findings(
  data: string,
): Promise<{ readonly status: number; readonly found: readonly Finding[] }> {
  const { status, json } = await demarcJson(['doctor', '--data', data]);
  return { status, found: (json as { findings: Finding[] }).findings }; // each test looks at them
}

test('a new installation is fine in every point', async () => {
  const { status, found } = await findings(temporaryFolder());
  expect(found.map(({ what, fine }) => [what, fine])).toEqual([
    ['runtime', true],
    ['data folder', true],
    ['database', true],
    ['backups', true],
    ['key', true],
    ['feeds', true],
    ['scenarios', true],
  ]);
  expect(status).toBe(0);
});

test('a key that others can read is not fine, and what to do is said', async () => {
  const data = temporaryFolder();
  await demarc(['incident', 'list', '--data', data]);
  chmodSync(path.join(data, 'keys', 'writer.pem'), 0o644);
  const { status, out } = await demarc(['doctor', '--data', data]);
  expect(status).toBe(1);
  expect(out).toMatch(/NOT FINE {2}key.*can read.*chmod 600/);
});

test('a database that is none is not fine, and is left as it is', async () => {
  const data = temporaryFolder();
  writeFileSync(path.join(data, 'demarc.db'), 'this is no database at all');
  const { status, found } = await findings(data);
  expect(status).toBe(1);
  expect(found.find(({ what }) => what === 'database')?.fine).toBe(false);
});
