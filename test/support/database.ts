import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { IncidentSummary } from '../../db/api.ts';
import { createInProcessClient } from '../../db/in-process.ts';
import type { DbClient } from '../../db/client.ts';
import type { Store } from '../../db/store.ts';
import { openStore } from '../../db/store.ts';
import { IncidentId } from '../../main/core/ids.ts';
import type { Result } from '../../main/core/result.ts';
import type { Instant } from '../../main/core/time.ts';
import { instantOf } from '../../main/core/time.ts';

/** A folder of its own for one test, removed afterwards. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'demarc-test-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A client on a new database, closed when the test is over: what services are tested with. */
export function testClient(dataDir = temporaryFolder()): DbClient {
  const client = createInProcessClient({ dataDir });
  onTestFinished(() => client.close());
  return client;
}

/** An open store of a folder, closed when the test is over. */
export async function testStore(dataDir = temporaryFolder()): Promise<Store> {
  const store = value(await openStore(dataDir, { now: minute(0) }));
  onTestFinished(() => {
    store.db.close();
  });
  return store;
}

/** The value of a result that must be a success. */
export function value<T>(result: Result<T, { readonly message: string }>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** The instant so many minutes after 2025-06-12T18:00Z. */
export function minute(minutes: number): Instant {
  return instantOf(Date.UTC(2025, 5, 12, 18) + minutes * 60_000);
}

export const INCIDENT = IncidentId.parse('inc-1');

export function summary(changes: Partial<IncidentSummary> = {}): IncidentSummary {
  return {
    title: 'Checkout errors',
    mode: 'live',
    onset: minute(-9),
    provider: 'gcp',
    severity: 1,
    status: 'open',
    verdict: null,
    accepted: null,
    updatedAt: minute(0),
    ...changes,
  };
}

/** Appends `count` notes to an incident, one call each, from minute `seen` on; the first call declares it. */
export async function appendNotes(
  client: DbClient,
  count: number,
  seen = 0,
  incidentId = INCIDENT,
): Promise<void> {
  for (let index = seen; index < seen + count; index += 1) {
    value(
      await client.call('appendEntries', {
        incidentId,
        expectedCount: index,
        drafts: [note(`note ${index + 1}`, minute(index))],
        summary: summary({ updatedAt: minute(index) }),
      }),
    );
  }
}

export function note(text: string, at: Instant) {
  return { type: 'note.added', data: { text }, at, offsetMinutes: 120, actor: 'A. Ruiz' };
}
