import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runOperation } from '../../db/operations.ts';
import { openStore } from '../../db/store.ts';
import { minute, temporaryFolder, value } from '../support/database.ts';
import { buildScripts } from '../support/kill-build.ts';
import { INCIDENT_ID } from '../support/kill-values.ts';

const KILLS = 100;
let scripts: Awaited<ReturnType<typeof buildScripts<'append'>>>;

beforeAll(async () => {
  scripts = await buildScripts({ append: 'test/support/kill-append.ts' });
});
afterAll(() => scripts.remove());

/** Lets the child append until it is killed, `milliseconds` after its first word; gives the last count it printed. */
function appendUntilKilled(dataDir: string, milliseconds: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [scripts.script('append'), dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (output === '') setTimeout(() => child.kill('SIGKILL'), milliseconds);
      output += chunk.toString('latin1');
    });
    child.on('close', (status, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`the child ended by itself with status ${status}`));
      // A line cut off by the kill was not yet an acknowledgement.
      else resolve(Number(output.slice(0, output.lastIndexOf('\n')).split('\n').at(-1)));
    });
  });
}

test(
  `killed ${KILLS} times, no acknowledged entry is missing and none is half there`,
  { timeout: 400_000 },
  async () => {
    const dataDir = temporaryFolder();
    let acknowledged = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const printed = await appendUntilKilled(dataDir, 20 + Math.random() * 130);
      expect(printed).toBeGreaterThan(acknowledged);
      acknowledged = printed;

      const store = value(await openStore(dataDir, { now: minute(0) }));
      const found = value(await runOperation(store, 'verifyIncident', { incidentId: INCIDENT_ID }));
      const row = value(await runOperation(store, 'getIncident', { incidentId: INCIDENT_ID }));
      store.db.close();
      expect(found).toMatchObject({ state: 'valid_no_anchor', entries: row.entries });
      expect(row.entries % 3).toBe(0);
      // The last transaction may have been committed and not yet said so.
      expect([acknowledged, acknowledged + 3]).toContain(row.entries);
      acknowledged = row.entries;
    }
  },
);
