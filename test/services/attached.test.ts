import { expect, test } from 'vitest';
import { createInProcessClient } from '../../db/in-process.ts';
import { EvidenceId } from '../../main/core/ids.ts';
import { Instant } from '../../main/core/time.ts';
import { attachRecord } from '../../main/services/evidence-attach.ts';
import { customerSide } from '../../main/services/customer-side.ts';
import { attachFinding } from '../../main/services/findings.ts';
import { viewOf } from '../../main/services/incidents.ts';
import { findingAttached } from '../../renderer/features/evidence/finding-groups.ts';
import { isRecordAttached } from '../../renderer/features/evidence/record-words.ts';
import { record } from '../core/evidence/evidence.ts';
import { temporaryFolder, value } from '../support/database.ts';
import { fileReport } from '../support/file-report.ts';
import { aFinding } from '../support/findings.ts';
import { declared, servicesIn, testServices } from '../support/services.ts';

test('of findings and records that share every word, the attached one is told from the other, also after a restart', async () => {
  const folder = temporaryFolder();
  const twins = [aFinding({ id: 'one' }), aFinding({ id: 'other' })] as const;
  const calls = [record(5, { id: 'call-1' }), record(5, { id: 'call-2' })] as const;
  const client = createInProcessClient({ dataDir: folder });
  const services = await servicesIn(folder, { client });
  const { context, book } = services;
  const incidentId = await declared(services);
  const fileId = EvidenceId.parse('file-1');
  const sha256 = 'a'.repeat(64);
  value(await context.db.call('startImport', { fileId, incidentId, name: 'f', sha256, size: 1 }));
  value(await context.db.call('insertFindings', { fileId, findings: twins }));
  value(await context.db.call('insertRecords', { fileId, records: calls }));
  value(await context.db.call('finishImport', { fileId, report: fileReport(sha256) }));
  value(await attachFinding(context, book, incidentId, 'one'));
  value(await attachRecord(context, book, incidentId, 'call-2'));
  const again = value(await attachFinding(context, book, incidentId, 'one'));
  await client.close();

  const restarted = await servicesIn(folder);
  const view = value(await viewOf(restarted.context, value(await restarted.book.load(incidentId))));
  const { findings } = value(await customerSide(restarted.context, restarted.book, incidentId));
  expect(twins.map((one) => findingAttached(view, findings, one))).toEqual(['as_it_stands', null]);
  expect(calls.map((one) => isRecordAttached(view, one))).toEqual([false, true]);
  expect(view.state.evidence.filter(({ evidenceId }) => evidenceId === again.evidenceId)).toHaveLength(1);
});

test('a finding that was looked at again is attached as it stood earlier, until it is attached as it stands', async () => {
  const services = await testServices();
  const { context, book } = services;
  const incidentId = await declared(services);
  const look = async (sha256: string, hour: number): Promise<void> => {
    const fileId = EvidenceId.parse(`file-${sha256.slice(0, 1)}`);
    const seenAt = Instant.parse(`2026-03-04T0${hour}:00:00.000Z`);
    value(await context.db.call('startImport', { fileId, incidentId, name: 'f', sha256, size: 1 }));
    value(await context.db.call('insertFindings', { fileId, findings: [aFinding({ id: 'one', seenAt })] }));
    value(await context.db.call('finishImport', { fileId, report: fileReport(sha256) }));
  };
  const attached = async () => {
    const view = value(await viewOf(context, value(await book.load(incidentId))));
    const { findings } = value(await customerSide(context, book, incidentId));
    return findingAttached(view, findings, { id: 'one' });
  };
  await look('a'.repeat(64), 6);
  expect(await attached()).toBeNull();
  value(await attachFinding(context, book, incidentId, 'one'));
  expect(await attached()).toBe('as_it_stands');
  await look('b'.repeat(64), 8);
  expect(await attached()).toBe('earlier');
  // An older look that comes later changes nothing.
  await look('c'.repeat(64), 7);
  expect(await attached()).toBe('earlier');
  value(await attachFinding(context, book, incidentId, 'one'));
  expect(await attached()).toBe('as_it_stands');
});

test('what the provider reports of itself in our files is evidence of its side, a call delivered late is not', async () => {
  const services = await testServices();
  const { context, book } = services;
  const incidentId = await declared(services);
  const fileId = EvidenceId.parse('file-1');
  const sha256 = 'a'.repeat(64);
  const records = [
    record(5, { id: 'health-1', flags: ['provider_issue'] }),
    record(5, { id: 'call-1', flags: ['delivery_outage'] }),
  ];
  value(await context.db.call('startImport', { fileId, incidentId, name: 'f', sha256, size: 1 }));
  value(await context.db.call('insertRecords', { fileId, records }));
  value(await context.db.call('finishImport', { fileId, report: fileReport(sha256) }));
  for (const { id } of records) value(await attachRecord(context, book, incidentId, id));
  const { state } = value(await viewOf(context, value(await book.load(incidentId))));
  const attached = state.evidence.filter(({ kind }) => kind === 'record');
  expect(attached.map(({ sourceId, side }) => [sourceId, side])).toEqual([
    ['health-1', 'provider'],
    ['call-1', 'customer'],
  ]);
});
