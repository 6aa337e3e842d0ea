import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder, testClient, value } from '../support/database.ts';
import { buildScripts } from '../support/kill-build.ts';
import { declared, testServices } from '../support/services.ts';

/* The history of resources in several files: what changed between the last item of one and the first of the next. */

let scripts: Awaited<ReturnType<typeof buildScripts<'reader'>>>;
beforeAll(async () => {
  scripts = await buildScripts({ reader: 'main/adapters/evidence/import-worker.ts' });
});
afterAll(() => {
  scripts.remove();
});

const DAY = 24 * 60;

/** An item of AWS Config: a security group that lets in one port, as it was from so many minutes after 2026-03-01 on. */
function item(minutes: number, port: number, group = 'sg-orders'): object {
  const at = new Date(Date.UTC(2026, 2, 1) + minutes * 60_000);
  return {
    configurationItemCaptureTime: at.toISOString(),
    configurationItemStatus: 'OK',
    configurationStateId: at.getTime(),
    resourceType: 'AWS::EC2::SecurityGroup',
    resourceId: group,
    awsRegion: 'eu-west-1',
    awsAccountId: '111122223333',
    configuration: {
      ipPermissions: [
        { ipProtocol: 'tcp', fromPort: port, toPort: port, ipv4Ranges: [{ cidrIp: '0.0.0.0/0' }] },
      ],
    },
  };
}

async function importing() {
  const client = testClient();
  const services = await testServices({
    client,
    importWorkerUrl: pathToFileURL(scripts.script('reader')),
  });
  const id = await declared(services);
  const folder = temporaryFolder();
  return {
    /** Writes the items into a file; gives its path. */
    file: (name: string, ...items: readonly object[]): string => {
      const at = path.join(folder, name);
      writeFileSync(at, JSON.stringify({ fileVersion: '1.0', configurationItems: items }));
      return at;
    },
    run: async (...paths: readonly string[]) => value(await services.imports.run(id, paths)).files,
    /** Day, hour and what is said of each change, oldest first. */
    changes: async () => {
      const { records } = value(await client.call('listRecords', { incidentId: id, limit: 100 }));
      return records.map(({ at, detail }) => [at.slice(8, 13), detail]).toSorted();
    },
    reports: async () =>
      value(await client.call('listEvidence', { incidentId: id })).map(({ report }) => report),
    counts: async () => value(await client.call('recordCounts', { incidentId: id })).records,
  };
}

const FIRST = ['01T00', 'the state before it is not in this file'];
const opened = (was: number, is: number): string =>
  `opens port ${is} tcp to 0.0.0.0/0; ipPermissions: lost tcp ${was} from 0.0.0.0/0; ipPermissions: gained tcp ${is} from 0.0.0.0/0`;

test('in one drop the first item of a file is held against the last of the one before', async () => {
  const { file, run, changes, counts } = await importing();
  const files = await run(
    file('1.json', item(0, 443), item(60, 8443)),
    file('2.json', item(DAY, 22), item(DAY, 5432, 'sg-other')),
    // Oldest last, as the CLI prints it.
    file('3.json', item(3 * DAY, 3389), item(2 * DAY, 22)),
  );
  expect(await changes()).toEqual([
    FIRST,
    ['01T01', opened(443, 8443)],
    ['02T00', opened(8443, 22)],
    ['02T00', 'the state before it is not in this file'],
    ['04T00', opened(22, 3389)],
  ]);
  // Of the item of the third day nothing that matters had changed.
  expect(files.map(({ records, duplicates }) => [records, duplicates])).toEqual([
    [2, 0],
    [2, 0],
    [1, 0],
  ]);
  expect(files[1]?.notes).toContain('Changes found between this file and others of the incident: 1.');
  expect(await counts()).toBe(5);
});

test('across drops too, also when the older file comes later, and a file that overlaps tells nothing twice', async () => {
  const { file, run, changes, counts, reports } = await importing();
  const newer = file('newer.json', item(2 * DAY, 22), item(3 * DAY, 3389));
  await run(newer);
  await run(file('older.json', item(0, 443), item(60, 8443)));
  const all = [
    FIRST,
    ['01T01', opened(443, 8443)],
    // The newer file had said that something changed; now it is known what, and told once.
    ['03T00', opened(8443, 22)],
    ['04T00', opened(22, 3389)],
  ];
  expect(await changes()).toEqual(all);
  expect(await counts()).toBe(4);
  expect((await reports()).map(({ records }) => records)).toEqual([1, 3]);
  const overlapping = file(
    'both.json',
    item(60, 8443),
    item(2 * DAY, 22),
    item(3 * DAY, 3389),
    item(4 * DAY, 443),
  );
  expect(await run(overlapping)).toMatchObject([{ records: 4, duplicates: 3 }]);
  expect(await changes()).toEqual([...all, ['05T00', opened(3389, 443)]]);
});

test('a resource that was deleted between two files is said to be', async () => {
  const { file, run, changes } = await importing();
  const gone = { ...item(DAY, 443), configurationItemStatus: 'ResourceDeleted', configuration: null };
  await run(file('1.json', item(0, 443)), file('2.json', gone));
  expect(await changes()).toEqual([FIRST, ['02T00', '']]);
});

test('a file that only tells how things were is kept, and what comes later is held against it', async () => {
  const { file, run, changes, reports } = await importing();
  const discovered = { ...item(0, 443), configurationItemStatus: 'ResourceDiscovered' };
  const only = file('before.json', discovered);
  expect(await run(only)).toMatchObject([{ records: 0, states: 1 }]);
  expect(await reports()).toHaveLength(1);
  expect(await run(only)).toMatchObject([
    { notes: expect.arrayContaining([expect.stringContaining('in this incident already')]) as unknown },
  ]);
  await run(file('after.json', item(DAY, 22)));
  expect(await changes()).toEqual([['02T00', opened(443, 22)]]);
});

test('an older file that shows that nothing had changed takes back what a newer one could not know', async () => {
  const { file, run, changes, counts } = await importing();
  const other = item(2 * DAY, 5432, 'sg-other');
  await run(file('newer.json', item(2 * DAY, 22), other));
  expect(await counts()).toBe(2);
  await run(file('older.json', { ...item(0, 22), configurationItemStatus: 'ResourceDiscovered' }));
  // Of the other group nothing more is known than before.
  expect(await changes()).toEqual([['03T00', 'the state before it is not in this file']]);
  expect(await counts()).toBe(1);
});
