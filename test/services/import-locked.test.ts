import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createDbClient } from '../../db/client.ts';
import { databaseFile } from '../../db/store.ts';
import type { BatchMessage } from '../../main/core/evidence/record-batch.ts';
import { ObservationId } from '../../main/core/ids.ts';
import { commandIncident } from '../../main/services/incidents.ts';
import { shortLines } from '../support/cloudtrail.ts';
import { temporaryFolder, value } from '../support/database.ts';
import { buildScripts } from '../support/kill-build.ts';
import { type LockHolder, lockHolder } from '../support/lock-holder.ts';
import { declared, servicesIn } from '../support/services.ts';

/* Another program holds the database in the middle of an import: through every thread and process that the app has. */

let scripts: Awaited<ReturnType<typeof buildScripts<'reader' | 'worker'>>>;
beforeAll(async () => {
  scripts = await buildScripts({
    reader: 'main/adapters/evidence/import-worker.ts',
    worker: 'db/worker.ts',
  });
});
afterAll(() => {
  scripts.remove();
});

/** More than one batch holds. */
const TWO_BATCHES = 34_000;

/** The services over the database's own thread; another program takes the lock before the second batch of the second file is stored. */
async function importing(take: (other: LockHolder) => Promise<void>) {
  const folder = temporaryFolder();
  const owner = createDbClient({ dataDir: folder, workerUrl: pathToFileURL(scripts.script('worker')) });
  onTestFinished(() => owner.close());
  value(await owner.opened);
  const other = lockHolder(databaseFile(folder));
  let batches = 0;
  let taken = false;
  const stopAtThird = (port: MessagePort): void => {
    const { port1, port2 } = new MessageChannel();
    owner.takeImports(port2);
    let last = Promise.resolve();
    port.on('message', (message: BatchMessage) => {
      last = last.then(async () => {
        batches += 1;
        if (batches === 3 && !taken) {
          taken = true;
          await take(other);
        }
        port1.postMessage(message);
      });
    });
    port1.on('message', (reply) => {
      port.postMessage(reply);
    });
    port.on('close', () => {
      port1.close();
    });
  };
  const services = await servicesIn(folder, {
    client: { ...owner, takeImports: stopAtThird },
    importWorkerUrl: pathToFileURL(scripts.script('reader')),
  });
  const id = await declared(services);
  const files = temporaryFolder();
  writeFileSync(path.join(files, 'a.jsonl'), shortLines(0, 100));
  writeFileSync(path.join(files, 'b.jsonl'), shortLines(100, 100 + TWO_BATCHES));
  let answers = 0;
  return {
    other,
    run: () => services.imports.run(id, [files]),
    answer: () =>
      commandIncident(services.context, services.book, id, {
        type: 'answer',
        observationId: ObservationId.parse(`o${(answers += 1)}`),
        check: 'provider_status_page',
        answers: ['no_incident'],
        number: null,
        note: '',
        evidence: [],
      }),
    kept: async () => ({
      records: value(await owner.call('recordCounts', { incidentId: id })).records,
      files: value(await owner.call('listEvidence', { incidentId: id })).map(({ name }) => name),
      trail: value(await services.book.load(id)).state.evidence.map(({ name }) => name),
    }),
  };
}

const counts = (outcome: Awaited<ReturnType<Awaited<ReturnType<typeof importing>>['run']>>) =>
  value(outcome).files.map(({ records, duplicates }) => [records, duplicates]);

test('a lock that is held for less than is waited for delays the import, and nothing else', async () => {
  const { run, kept } = await importing((other) => other.hold(1_000));
  expect(counts(await run())).toEqual([
    [100, 0],
    [TWO_BATCHES, 0],
  ]);
  expect(await kept()).toMatchObject({ records: 100 + TWO_BATCHES, trail: ['a.jsonl', 'b.jsonl'] });
});

test('a lock that is not let go ends the import with a sentence; the file before it stays, answers go on when it is free, and nothing comes twice', async () => {
  const { other, run, answer, kept } = await importing((holder) => holder.hold());
  expect(await run()).toMatchObject({
    error: {
      code: 'not_saved',
      message:
        'Not saved: another program is holding the database. Nothing was changed; try again. The file before it is in, and need not be imported again.',
    },
  });
  expect(await answer()).toMatchObject({ error: { code: 'not_saved' } });
  await other.release();
  expect(await answer()).toMatchObject({ ok: true });
  expect(await kept()).toMatchObject({ records: 100, files: ['a.jsonl'], trail: ['a.jsonl'] });
  expect(counts(await run())).toEqual([
    [100, 100],
    [TWO_BATCHES, 0],
  ]);
  expect(await kept()).toMatchObject({
    records: 100 + TWO_BATCHES,
    files: ['a.jsonl', 'b.jsonl'],
    trail: ['a.jsonl', 'b.jsonl'],
  });
});
