import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readEvidenceFile } from '../../main/adapters/evidence/read-file.ts';
import { expandPaths } from '../../main/adapters/evidence/expand-paths.ts';
import { cloudTrail } from '../../main/adapters/evidence/cloudtrail.ts';
import { parseJson } from '../../main/adapters/evidence/json.ts';
import type { LogRecord } from '../../main/core/evidence/model.ts';
import { EvidenceId } from '../../main/core/ids.ts';
import { addMinutes, epochMs, type Instant, instantOf } from '../../main/core/time.ts';
import { lookAtRecords, lookAtSums } from '../../main/services/evidence-around.ts';
import { declareIncident } from '../../main/services/incidents.ts';
import { generatedEvents } from '../support/cloudtrail.ts';
import { value } from '../support/database.ts';
import { recordings } from '../support/recordings.ts';
import { testServices } from '../support/services.ts';

/*
 * An incident with few records is answered by looking at each, one with many from sums. Here both look at the same records, and have
 * to say the same.
 */

interface Case {
  readonly records: readonly LogRecord[];
  readonly onset: Instant;
  readonly services: readonly string[];
  readonly regions: readonly string[];
}

async function bothWays({ records, onset, services, regions }: Case) {
  const { context, book } = await testServices();
  const scope = {
    provider: 'aws' as const,
    services: [...services],
    regions: [...regions],
    severity: 2 as const,
  };
  const words = { title: 'Orders are refused', workload: '', lead: '' };
  const { row } = value(await declareIncident(context, book, { ...scope, ...words, onset }));
  const fileId = EvidenceId.parse('file-1');
  const file = { fileId, incidentId: row.id, name: 'f.json', sha256: 'a'.repeat(64), size: 9 };
  value(await context.db.call('startImport', file));
  value(await context.db.call('insertRecords', { fileId, records }));
  const nothing = {
    rejected: 0,
    findings: 0,
    failing: 0,
    scanned: null,
    rejects: [],
    notes: [],
    window: null,
  };
  const counts = { records: records.length, duplicates: 0, accounts: [], regions: [] };
  const report = { file: 'f.json', sha256: file.sha256, size: 9, recognisedAs: 'cloudtrail_records' };
  value(await context.db.call('finishImport', { fileId, report: { ...report, ...nothing, ...counts } }));
  const around = {
    incidentId: row.id,
    from: addMinutes(onset, -24 * 60),
    to: addMinutes(onset, 60),
    limit: 20_000,
  };
  const failing = { onset, services, regions, names: [words.title] };
  return {
    each: value(await lookAtRecords(context, around, failing)),
    sums: value(await lookAtSums(context, around, failing)),
  };
}

async function agree(incident: Case, leftOut: readonly string[] = []): Promise<void> {
  const { each, sums } = await bothWays(incident);
  expect(each.ranked.length).toBeGreaterThan(0);
  expect(sums.failing).toEqual(each.failing);
  expect(sums.ranked).toEqual(each.ranked);
  const plain = ({ errors }: typeof each) =>
    errors.map((group) => ({ ...group, calls: group.calls.toSorted(), note: withoutNumbers(group.note) }));
  expect(plain(sums)).toEqual(plain(each));
  expect(sums.deniedPrincipals.answer).toBe(each.deniedPrincipals.answer);
  expect(sums.deniedPrincipals.principals).toEqual(each.deniedPrincipals.principals);
  expect(withoutNumbers(sums.deniedPrincipals.note)).toBe(withoutNumbers(each.deniedPrincipals.note));
  const denied = ({ deniedAfterChange }: typeof each) =>
    deniedAfterChange.map(({ principal, call, change, linked }) => ({
      principal,
      call,
      change: change.id,
      linked,
    }));
  // Of very many denied calls the sums look at the nearest, and say so.
  if (sums.leftOut.length === 0) expect(denied(sums)).toEqual(denied(each));
  else expect(denied(each)).toEqual(expect.arrayContaining(denied(sums)));
  expect(sums.leftOut).toEqual(leftOut);
  const said = ({ providerWords }: typeof each) => new Set(providerWords.map(({ record }) => record.name));
  expect(said(sums)).toEqual(said(each));
}

/** Sums read the message of the newest of several denials: how many say so differs, what they say does not. */
function withoutNumbers(note: string): string {
  return note.replace(/(\d+ of \d+ messages say|The message says)/, 'N messages say');
}

function generated(events: number, minutes: number, from: number): LogRecord[] {
  const texts = [...generatedEvents({ seed: 7, events, from, minutes })];
  return texts.flatMap((text) => {
    const read = cloudTrail.read(parseJson(text) ?? null, () => text);
    return 'id' in read ? [read] : [];
  });
}

test('a busy account with onset in the middle of its logs', async () => {
  const from = Date.UTC(2026, 2, 4, 8, 0);
  const records = generated(12_000, 120, from);
  expect(records.length).toBe(12_000);
  await agree({ records, onset: instantOf(from + 71.3 * 60_000), services: ['s3'], regions: ['eu-west-1'] }, [
    'Of 157 calls that were denied, the 40 nearest to onset were held against changes of policies.',
  ]);
});

test('a change that waits for a restart, a denial by a service control policy, and what touches what fails', async () => {
  const from = Date.UTC(2026, 2, 4, 8, 0);
  const onset = instantOf(from + 90 * 60_000);
  const [some] = generated(1, 1, from);
  if (some === undefined) throw new Error('Nothing was generated');
  let number = 0;
  const record = (before: number, fields: Partial<LogRecord>): LogRecord => {
    number += 1;
    return { ...some, id: `own-${number}`, at: addMinutes(onset, -before), flags: [], ...fields };
  };
  const waiting = { source: 'rds.amazonaws.com', readOnly: false, resources: ['orders-db'] };
  const read = {
    source: 's3.amazonaws.com',
    name: 'GetObject',
    principal: 'arn:aws:iam::1:role/orders',
    readOnly: true,
  };
  const denial = {
    ...read,
    errorCode: 'AccessDenied',
    errorMessage:
      'User: arn:aws:iam::1:role/orders is not authorized to perform: s3:GetObject with an explicit deny in a service control policy',
    resources: ['arn:aws:s3:::orders'],
  };
  await agree({
    records: [
      ...generated(3_000, 120, from),
      ...[80, 79.9, 12].map((before) =>
        record(before, { ...waiting, name: 'ModifyDBParameterGroup', flags: ['delayed_effect'] }),
      ),
      record(79.8, { ...waiting, name: 'RebootDBInstance' }),
      ...[60, 50, 40].map((before) => record(before, read)),
      record(20, { source: 'organizations.amazonaws.com', name: 'AttachPolicy', readOnly: false }),
      record(85, {
        source: 's3.amazonaws.com',
        name: 'PutBucketPolicy',
        readOnly: false,
        resources: ['orders'],
      }),
      ...[0, -1, -2, -3].map((before) => record(before, denial)),
    ],
    onset,
    services: ['s3'],
    regions: ['eu-west-1'],
  });
});

describe.runIf(recordings() !== null)('recordings', () => {
  test('the recorded attack of 2023-07-10', async () => {
    const folder = path.join(recordings() ?? '', 'evidence');
    const records: LogRecord[] = [];
    const { files } = await expandPaths([folder]);
    for (const file of files.filter((one) => /cloudtrail/i.test(one))) {
      const signal = new AbortController().signal;
      await readEvidenceFile(file, {
        signal,
        onRecord: (record) => {
          records.push(record);
        },
      });
    }
    const onset = instantOf(Date.UTC(2023, 6, 10, 12, 23));
    const near = records.filter(({ at }) => Math.abs(epochMs(at) - epochMs(onset)) < 86_400_000);
    expect(near.length).toBeGreaterThan(1_000);
    await agree({ records: near, onset, services: ['s3'], regions: ['us-east-1'] });
  });
});
