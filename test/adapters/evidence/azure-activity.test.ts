import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { FIXTURES, readAll, readBytesAsFile } from './reading.ts';

const FILE = path.join(FIXTURES, 'azure-activity.json');
const SUBSCRIPTION = '00000000-1111-2222-3333-444444444444';

describe('the Azure Activity Log', () => {
  test('gives its fields, in small letters where Azure writes them both ways', async () => {
    const { records, report } = await readAll(FILE);
    expect(records[1]).toEqual({
      id: '10000000-0000-4000-8000-000000000002',
      at: '2026-03-04T09:12:00.000Z',
      source: 'microsoft.network',
      name: 'microsoft.network/networksecuritygroups/securityrules/write',
      region: '',
      account: SUBSCRIPTION,
      principal: 'alice@example.com',
      actor: 'person',
      sourceIp: '198.51.100.7',
      userAgent: '',
      readOnly: false,
      errorCode: null,
      errorMessage: null,
      resources: [
        `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop/providers/Microsoft.Network/networkSecurityGroups/web/securityRules/ssh`,
      ],
      flags: ['open_to_world', 'sensitive_port'],
      detail: 'allow in on 22 from *',
    });
    expect(report.notes).toEqual([
      'The Activity Log is of one subscription, all its regions, and at most 90 days.',
      'This may be the first page only: there were more events than were saved.',
    ]);
  });

  test('tells who acts, what failed and why, what has only begun, and what the platform did', async () => {
    const { records } = await readAll(FILE);
    expect(
      records.map(({ actor, readOnly, errorCode, errorMessage, flags }) => [
        actor,
        readOnly,
        errorCode,
        errorMessage,
        flags.join(' '),
      ]),
    ).toEqual([
      ['person', false, null, null, ''],
      ['person', false, null, null, 'open_to_world sensitive_port'],
      ['role', false, null, null, 'begun'],
      ['person', true, 'AuthorizationFailed', 'The client does not have authorization.', ''],
      ['person', false, 'AllocationFailed', 'No capacity.', ''],
      ['unknown', true, null, null, 'provider_issue'],
      ['unknown', true, null, null, 'provider_issue'],
      ['unknown', true, null, null, ''],
    ]);
    expect(records[5]).toMatchObject({
      source: 'microsoft.servicehealth',
      detail: 'Storage errors (Storage, West Europe)',
    });
  });

  test('is the same as a list, as lines, and in snake_case', async () => {
    const whole = (await readAll(FILE)).records;
    const document = JSON.parse(await readFile(FILE, 'utf8')) as { readonly value: readonly object[] };
    const snake = JSON.stringify(document.value).replace(
      /"([a-z]+(?:[A-Z][a-z]+)+)":/g,
      (_all, key: string) =>
        `"${/Message|Code|Range|Prefix|Type|Status/.test(key) ? key : key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}":`,
    );
    const shapes: readonly (readonly [string, string])[] = [
      ['azure_activity_list', JSON.stringify(document.value)],
      ['azure_activity_lines', document.value.map((event) => JSON.stringify(event)).join('\n')],
      ['azure_activity_list', snake],
    ];
    for (const [recognisedAs, text] of shapes) {
      const { records, report } = await readBytesAsFile(text);
      expect([report.recognisedAs, report.rejected, records]).toEqual([recognisedAs, 0, whole]);
    }
  });

  test('streamed to storage or an event hub has other names for the same', async () => {
    const event = {
      time: '2026-03-04T09:31:00.0000000Z',
      resourceId: `/SUBSCRIPTIONS/${SUBSCRIPTION}/RESOURCEGROUPS/SHOP/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/MAIN`,
      operationName: 'MICROSOFT.KEYVAULT/VAULTS/DELETE',
      category: 'Administrative',
      resultType: 'Failure',
      resultSignature: 'Failed.Forbidden',
      callerIpAddress: '198.51.100.7',
      location: 'West Europe',
      identity: { claims: { name: 'Alice' } },
    };
    for (const text of [
      JSON.stringify({ records: [event] }),
      `${JSON.stringify({ records: [event] })}\n`,
      JSON.stringify([event]),
      JSON.stringify(event),
    ]) {
      const { records, report } = await readBytesAsFile(text);
      expect(report.recognisedAs).toBe('azure_activity_streamed');
      expect(records).toMatchObject([
        {
          source: 'microsoft.keyvault',
          name: 'microsoft.keyvault/vaults/delete',
          region: 'westeurope',
          account: SUBSCRIPTION,
          principal: 'Alice',
          errorCode: 'Forbidden',
          readOnly: false,
        },
      ]);
    }
  });
});

describe('a table of the Activity Log', () => {
  test('of the portal names who, what and when', async () => {
    const { records, report } = await readBytesAsFile(
      [
        '\uFEFFCorrelation id,Operation name,Status,Event category,Level,Time,Subscription,Event initiated by,Resource type,Resource group,Resource',
        'c1,Create or Update Security Rule,Succeeded,Administrative,Informational,2026-03-04T09:12:00.000Z,11111111-2222-4333-8444-555555555555,alice@example.com,Microsoft.Network/networkSecurityGroups,shop,web-nsg',
        'c2,Delete Virtual Machine,Failed,Administrative,Error,"3/4/2026, 9:20:00 AM",11111111-2222-4333-8444-555555555555,bo@example.com,Microsoft.Compute/virtualMachines,shop,web-1',
      ].join('\n'),
    );
    expect(report.recognisedAs).toBe('azure_activity_table');
    expect(
      records.map(({ at, name, principal, resources, errorCode }) => [
        at,
        name,
        principal,
        resources,
        errorCode,
      ]),
    ).toEqual([
      [
        '2026-03-04T09:12:00.000Z',
        'create or update security rule',
        'alice@example.com',
        ['shop/web-nsg'],
        null,
      ],
      [
        '2026-03-04T09:20:00.000Z',
        'delete virtual machine',
        'bo@example.com',
        ['shop/web-1'],
        'UnnamedError',
      ],
    ]);
  });

  const ROW = {
    TimeGenerated: '2026-03-04T09:12:00.1234567Z',
    OperationName: '',
    OperationNameValue: 'MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/SECURITYRULES/WRITE',
    ActivityStatusValue: 'Success',
    ActivitySubstatusValue: 'Created',
    CategoryValue: 'Administrative',
    Caller: 'alice@example.com',
    CallerIpAddress: '198.51.100.7',
    EventDataId: '10000000-0000-4000-8000-000000000002',
    SubscriptionId: '11111111-2222-4333-8444-555555555555',
    _ResourceId: '/subscriptions/11111111-2222-4333-8444-555555555555/resourcegroups/shop',
    Properties: '{"entity":"x"}',
  };

  test.each([
    ['the command line prints', JSON.stringify([{ ...ROW, TableName: 'PrimaryResult' }])],
    [
      'REST answers',
      JSON.stringify({
        tables: [
          {
            name: 'PrimaryResult',
            columns: Object.keys(ROW).map((name) => ({ name, type: 'string' })),
            rows: [Object.values(ROW)],
          },
        ],
      }),
    ],
  ])('of Log Analytics is read as %s', async (_, text) => {
    const { records, report } = await readBytesAsFile(text);
    expect(report.recognisedAs).toBe('azure_activity_table');
    expect(records).toMatchObject([
      {
        id: '10000000-0000-4000-8000-000000000002',
        at: '2026-03-04T09:12:00.123Z',
        name: 'microsoft.network/networksecuritygroups/securityrules/write',
        source: 'microsoft.network',
        principal: 'alice@example.com',
        sourceIp: '198.51.100.7',
        errorCode: null,
        readOnly: false,
      },
    ]);
  });
});
