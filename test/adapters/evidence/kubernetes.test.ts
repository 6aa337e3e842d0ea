import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { FIXTURES, readAll, readBytesAsFile } from './reading.ts';

const AUDIT = path.join(FIXTURES, 'kubernetes-audit.jsonl');
const EVENTS = path.join(FIXTURES, 'kubernetes-events.json');

describe('a Kubernetes audit log', () => {
  test('gives its fields, once for each request', async () => {
    const { records, report } = await readAll(AUDIT);
    expect(records[0]).toEqual({
      id: '30000000-0000-4000-8000-000000000001',
      at: '2026-03-04T09:26:48.123Z',
      source: 'k8s.io',
      name: 'deployments.patch',
      region: '',
      account: '',
      principal: 'alice@example.com',
      actor: 'person',
      sourceIp: '198.51.100.7',
      userAgent: 'kubectl/v1.30.0',
      readOnly: false,
      errorCode: null,
      errorMessage: null,
      resources: ['deployments/shop/web'],
      flags: [],
      detail: '',
    });
    expect(
      records.map(({ name, actor, readOnly, errorCode, flags }) => [name, actor, readOnly, errorCode, flags]),
    ).toEqual([
      ['deployments.patch', 'person', false, null, []],
      ['secrets.get', 'role', true, 'Forbidden', []],
      ['clusterrolebindings.create', 'person', false, null, ['public_principal', 'admin_granted']],
      ['leases.update', 'service', false, null, []],
      ['pods.exec.create', 'person', false, null, []],
    ]);
    expect(report.notes).toEqual([
      'Left out knowingly (1): requests received, each with its response elsewhere.',
      'An audit log does not name its cluster, and holds only what its audit policy lets through.',
    ]);
  });

  test('is the same as a list and as an EventList', async () => {
    const lines = (await readFile(AUDIT, 'utf8')).trim().split('\n');
    const whole = (await readAll(AUDIT)).records;
    const list = `[${lines.join(',')}]`;
    expect((await readBytesAsFile(list)).records).toEqual(whole);
    const wrapped = `{"kind":"EventList","apiVersion":"audit.k8s.io/v1","items":${list}}`;
    expect((await readBytesAsFile(wrapped)).records).toEqual(whole);
  });
});

describe('events of a Kubernetes cluster', () => {
  test('stand at their last time, wherever it is written, and change nothing but sizes', async () => {
    const { records } = await readAll(EVENTS);
    expect(
      records.map(({ at, name, principal, readOnly, errorCode, resources, detail }) => [
        at.slice(11, 19),
        name,
        principal,
        readOnly,
        errorCode,
        resources.join(),
        detail,
      ]),
    ).toEqual([
      [
        '09:45:00',
        'BackOff',
        'kubelet',
        true,
        'BackOff',
        'pod/shop/web-1',
        '12 times since 2026-03-04T09:31:00.000Z',
      ],
      ['09:29:00', 'Scheduled', 'default-scheduler', true, null, 'pod/shop/web-1', 'Successfully assigned'],
      [
        '09:28:00',
        'ScalingReplicaSet',
        'deployment-controller',
        false,
        null,
        'deployment/shop/web',
        'Scaled up replica set web-2 to 3',
      ],
      [
        '09:40:00',
        'FailedScheduling',
        'kubelet',
        true,
        'FailedScheduling',
        'pod/shop/web-1',
        '7 times since 2026-03-04T09:30:00.000Z',
      ],
      ['09:20:00', 'Unhealthy', 'kubelet', true, 'Unhealthy', 'pod/shop/web-1', ''],
    ]);
  });
});
