import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { createInProcessClient } from '../../db/in-process.ts';
import { runOperation } from '../../db/operations.ts';
import { INCIDENT, minute, note, summary, temporaryFolder, testStore, value } from '../support/database.ts';
import { buildScripts } from '../support/kill-build.ts';

test('a database that may not grow says "not saved", changes nothing, and goes on when there is room again', async () => {
  const store = await testStore();
  const append = (expectedCount: number, text: string) =>
    runOperation(store, 'appendEntries', {
      incidentId: INCIDENT,
      expectedCount,
      drafts: [note(text, minute(expectedCount))],
      summary: summary({ title: `title ${expectedCount}` }),
    });
  value(await append(0, 'first'));
  const pages = Number(store.db.pragma('page_count', { simple: true }));
  store.db.pragma(`max_page_count = ${pages + 2}`);
  const large = 'x'.repeat(100_000);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    expect(await append(1, large)).toEqual({
      ok: false,
      error: {
        code: 'not_saved',
        message: 'Not saved: the disk is full. Nothing was changed; free some space and try again.',
      },
    });
  }
  const blob = await runOperation(store, 'putBlob', {
    mediaType: 'x/y',
    bytes: crypto.getRandomValues(new Uint8Array(60_000)),
  });
  expect(blob).toMatchObject({ error: { code: 'not_saved' } });
  expect(value(await runOperation(store, 'getIncident', { incidentId: INCIDENT }))).toMatchObject({
    title: 'title 0',
    entries: 1,
  });
  store.db.pragma(`max_page_count = ${pages + 1000}`);
  value(await append(1, large));
  const verdict = value(await runOperation(store, 'verifyIncident', { incidentId: INCIDENT }));
  expect(verdict).toMatchObject({ state: 'valid_no_anchor', entries: 2 });
});

test('a process whose files may not grow never says that something is saved when it is not', async () => {
  const scripts = await buildScripts({ fill: 'test/support/kill-fill.ts' });
  const dataDir = temporaryFolder();
  // In units of 1024 bytes (bash): room for about half a megabyte of log or database.
  const limited = spawnSync(
    'bash',
    ['-c', 'ulimit -f 512; exec "$0" "$@"', process.execPath, scripts.script('fill'), dataDir],
    {
      encoding: 'utf8',
    },
  );
  scripts.remove();
  expect(limited.stderr).toBe('');
  const told = JSON.parse(limited.stdout) as {
    acknowledged: number;
    readable: number;
    first: unknown;
    again: unknown;
  };
  expect(told.acknowledged).toBeGreaterThan(3);
  expect(told).toMatchObject({
    readable: told.acknowledged,
    first: { code: 'not_saved' },
    again: { code: 'not_saved' },
  });

  const client = createInProcessClient({ dataDir });
  const verdict = value(await client.call('verifyIncident', { incidentId: INCIDENT }));
  expect(verdict).toMatchObject({ state: 'valid_no_anchor', entries: told.acknowledged });
  const appended = await client.call('appendEntries', {
    incidentId: INCIDENT,
    expectedCount: told.acknowledged,
    drafts: [note('there is room again', minute(99))],
    summary: summary(),
  });
  expect(value(appended).incident.entries).toBe(told.acknowledged + 1);
  await client.close();
});
