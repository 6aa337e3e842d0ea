import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { FIXTURES, readAll, readBytesAsFile } from './reading.ts';

const FILE = path.join(FIXTURES, 'google-audit.json');

describe('Google Cloud Audit Logs', () => {
  test('give their fields, with who lost a right as a name the change is about', async () => {
    const { records, report } = await readAll(FILE);
    expect(records[0]).toEqual({
      id: 'activity:2026-03-04T09:26:48.123456789Z:id1',
      at: '2026-03-04T09:26:48.123Z',
      source: 'cloudresourcemanager.googleapis.com',
      name: 'SetIamPolicy',
      region: '',
      account: 'shop',
      principal: 'alice@example.com',
      actor: 'person',
      sourceIp: '198.51.100.7',
      userAgent: 'gcloud',
      readOnly: false,
      errorCode: null,
      errorMessage: null,
      resources: ['projects/shop/things/one', 'orders@shop.iam.gserviceaccount.com', 'allUsers'],
      flags: ['public_principal'],
      detail:
        'takes roles/storage.objectViewer from serviceAccount:orders@shop.iam.gserviceaccount.com; gives roles/viewer to allUsers',
    });
    expect(report.regions).toEqual(['europe-west1']);
  });

  test('tell admin activity, data access, system events and denials of policy apart', async () => {
    const { records } = await readAll(FILE);
    expect(
      records.map(({ name, region, actor, readOnly, errorCode, flags }) => [
        name,
        region,
        actor,
        readOnly,
        errorCode,
        flags.join(' '),
      ]),
    ).toEqual([
      ['SetIamPolicy', '', 'person', false, null, 'public_principal'],
      ['compute.firewalls.insert', '', 'person', false, null, 'open_to_world sensitive_port begun'],
      ['storage.objects.get', 'europe-west1', 'role', true, 'PERMISSION_DENIED', ''],
      ['compute.instances.insert', 'europe-west1', 'service', false, 'ZONE_RESOURCE_POOL_EXHAUSTED', ''],
      ['compute.instances.hostError', 'europe-west1', 'service', false, null, 'provider_issue'],
      ['ConfigServiceV2.DeleteSink', '', 'person', false, null, 'logging_off'],
      ['storage.objects.list', '', 'person', true, 'PERMISSION_DENIED', ''],
      ['deployments.patch', 'europe-west1', 'person', false, null, ''],
    ]);
  });

  test('are the same as lines, one alone, and as REST wraps them', async () => {
    const whole = (await readAll(FILE)).records;
    const entries = JSON.parse(await readFile(FILE, 'utf8')) as readonly object[];
    const lines = entries.map((entry) => JSON.stringify(entry));
    expect((await readBytesAsFile(lines.join('\n'))).records).toEqual(whole);
    expect((await readBytesAsFile(JSON.stringify({ entries }))).records).toEqual(whole);
    expect((await readBytesAsFile(lines[2] ?? '')).records).toEqual([whole[2]]);
  });

  test('leave out other entries knowingly', async () => {
    const entries = JSON.parse(await readFile(FILE, 'utf8')) as readonly object[];
    const { report } = await readBytesAsFile(JSON.stringify([entries[0], { textPayload: 'GET /' }]));
    expect([report.records, report.rejected, report.notes]).toEqual([
      1,
      0,
      [
        'Left out knowingly (1): entries that are not audit entries.',
        'Data access is logged only where it was switched on: what is not read in it may still have happened.',
        'Unless told otherwise, gcloud logging read gives the last day.',
      ],
    ]);
  });
});
