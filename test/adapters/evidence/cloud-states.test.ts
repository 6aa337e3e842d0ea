import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { expandPaths } from '../../../main/adapters/evidence/expand-paths.ts';
import { readEvidenceFile } from '../../../main/adapters/evidence/read-file.ts';
import type { FileReport } from '../../../main/core/evidence/model.ts';
import { StateFinding } from '../../../main/core/evidence/state-finding.ts';
import { recordings } from '../../support/recordings.ts';
import { FIXTURES } from './reading.ts';

async function read(
  file: string,
): Promise<{ readonly findings: readonly StateFinding[]; readonly report: FileReport }> {
  const findings: StateFinding[] = [];
  const result = await readEvidenceFile(file, {
    signal: new AbortController().signal,
    onRecord: () => undefined,
    onFindings: (batch) => Promise.resolve(void findings.push(...batch)),
  });
  if (!result.ok) throw new Error(result.error.message);
  for (const finding of findings) expect(StateFinding.safeParse(finding).error).toBe(undefined);
  return { findings, report: result.value };
}

/** Path, what it is recognised as, findings, of these failing, rejected. */
type Shape = readonly [
  file: string,
  recognisedAs: string,
  findings: number,
  failing: number,
  rejected: number,
];

/** Synthetic, from the documented formats. */
const OWN: readonly Shape[] = [
  ['azure-alerts.json', 'azure_alerts', 2, 1, 0],
  ['azure-defender.csv', 'azure_defender_csv', 2, 1, 0],
  ['azure-key-vault.json', 'azure_key_vault', 3, 1, 1],
  ['azure-updates.json', 'azure_updates', 2, 1, 0],
  ['google-firewalls.json', 'google_firewalls', 4, 2, 0],
  ['google-os-policies.json', 'google_os_config', 1, 1, 0],
  ['google-patch-jobs.json', 'google_os_config', 2, 1, 0],
  ['google-scc.json', 'google_scc', 2, 1, 0],
  ['google-secret-versions.json', 'google_secrets', 3, 2, 0],
  ['google-secrets.json', 'google_secrets', 2, 0, 0],
  ['google-vulnerabilities.json', 'google_os_config', 1, 1, 0],
];

/** Counted with jq over the recordings. */
const RECORDED: readonly Shape[] = [
  [
    'azure-advisor/AdvisorRecommendationTest.test_advisor_recommendation_filter.1.json',
    'azure_advisor',
    6,
    6,
    0,
  ],
  ['azure-advisor/AdvisorRecommendationTest.test_find_by_name.1.json', 'azure_advisor', 1, 1, 0],
  ['azure-defender/DefenderTest.test_azure_defender_assessments.1.json', 'azure_defender', 1, 0, 0],
  ['azure-defender/ListAssessments_example.body.json', 'azure_defender', 2, 0, 0],
  ['azure-defender/DefenderTest.test_azure_defender_pricing.1.json', 'azure_defender_plans', 12, 2, 0],
  ['azure-monitor/AlertLogsTest.test_find_by_name.1.json', 'azure_alert_rules', 0, 0, 0],
  ['azure-monitor/MonitorLogprofileTest.test_find_by_name.1.json', 'azure_log_profiles', 1, 1, 0],
  [
    'azure-policy/PolicyStates_QueryResourceScopeExpandPolicyEvaluationDetails.body.json',
    'azure_policy',
    2,
    2,
    0,
  ],
  ['gcp-recommender/iam_policy_Recommender_doc_example.json', 'google_recommender', 1, 1, 0],
  ['gcp-recommender/recommendations_idle-disk.json', 'google_recommender', 2, 2, 0],
  ['gcp-scc/listFindings_cscc-post-finding.json', 'google_scc', 1, 1, 0],
  ['gcp-scc/network-finding.json', 'google_scc', 1, 1, 0],
  ['gcp-scc/security-response-automation', 'google_scc', 7, 7, 0],
  ['gcp-audit/sinks/exclusions.json', 'google_log_routing', 1, 1, 0],
  ['gcp-audit/sinks/sinks.json', 'google_log_routing', 1, 0, 0],
];

function shapes(): readonly Shape[] {
  const folder = recordings();
  const at = (place: string, all: readonly Shape[]): readonly Shape[] =>
    all.map(([file, ...rest]) => [path.join(place, file), ...rest]);
  return [...at(FIXTURES, OWN), ...(folder === null ? [] : at(path.join(folder, 'evidence'), RECORDED))];
}

test.each(shapes())('%s is read as %s', async (place, recognisedAs, findings, failing, rejected) => {
  const { files } = await expandPaths([place]);
  const reports = await Promise.all(files.map(async (file) => (await read(file)).report));
  expect([...new Set(reports.map((report) => report.recognisedAs))]).toEqual([recognisedAs]);
  const sum = (of: 'findings' | 'failing' | 'rejected'): number =>
    reports.reduce((total, report) => total + report[of], 0);
  expect([sum('findings'), sum('failing'), sum('rejected')]).toEqual([findings, failing, rejected]);
});

async function seen(file: string, columns = 6): Promise<unknown> {
  const { findings } = await read(path.join(FIXTURES, file));
  return findings.map(({ status, pattern, since, title, region, account }) =>
    [status, pattern, since, title, region, account].slice(0, columns),
  );
}

const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';

describe('what is dated, and what only stands', () => {
  test('in alerts of Azure Monitor', async () => {
    expect(await seen('azure-alerts.json')).toEqual([
      ['failing', 'alarm', '2026-03-04T09:21:00.000Z', 'high-cpu: fired', '', SUBSCRIPTION],
      ['passing', 'alarm', null, 'queue-length: resolved', '', SUBSCRIPTION],
    ]);
    expect((await read(path.join(FIXTURES, 'azure-alerts.json'))).report.notes).toContain(
      'This is one page only: there were more than were saved.',
    );
  });

  test('in a Key Vault, whose ends are judged against the incident', async () => {
    expect(await seen('azure-key-vault.json')).toEqual([
      [
        'unknown',
        'expiring_certificate',
        '2026-03-04T09:00:00.000Z',
        'The certificate checkout ends 2026-03-04T09:00:00.000Z',
        '',
        '',
      ],
      ['failing', 'disabled_key', '2026-03-04T09:03:20.000Z', 'The key orders is disabled', '', ''],
      ['passing', 'secret_expired', null, 'The secret db-password has no end', '', ''],
    ]);
  });

  test('in Defender for Cloud', async () => {
    expect(await seen('azure-defender.csv')).toEqual([
      [
        'failing',
        'other',
        '2026-03-04T09:10:00.000Z',
        'Management ports should be closed on your virtual machines',
        '',
        SUBSCRIPTION,
      ],
      ['unknown', 'other', null, 'Storage account public access should be disallowed', '', SUBSCRIPTION],
    ]);
  });

  test('in updates: what failed to be assessed is not fine', async () => {
    expect(await seen('azure-updates.json', 5)).toEqual([
      ['failing', 'unpatched', null, 'web-1 lacks 7 critical and security updates', 'westeurope'],
      ['unknown', 'unpatched', null, 'web-2 lacks 0 critical and security updates', 'westeurope'],
    ]);
  });

  test('in firewall rules of Google Cloud', async () => {
    expect(await seen('google-firewalls.json')).toEqual([
      [
        'failing',
        'open_port',
        '2026-03-04T09:12:00.000Z',
        'The firewall rule allow-admin lets everybody in on 20-25, 443',
        '',
        'shop-prod',
      ],
      [
        'failing',
        'open_port',
        '2025-01-04T09:12:00.000Z',
        'The firewall rule allow-https lets everybody in on 443',
        '',
        'shop-prod',
      ],
      [
        'passing',
        'open_port',
        null,
        'The firewall rule allow-all would let everybody in, but is disabled',
        '',
        'shop-prod',
      ],
      ['passing', 'open_port', null, 'The firewall rule deny-out lets nobody in from everywhere', '', ''],
    ]);
    const { findings } = await read(path.join(FIXTURES, 'google-firewalls.json'));
    expect(findings.map(({ severity }) => severity)).toEqual(['high', 'low', 'info', 'info']);
  });

  test('in secrets, patches and findings of Google Cloud', async () => {
    expect(await seen('google-secret-versions.json', 4)).toEqual([
      ['passing', 'secret_expired', null, 'Version 3 of the secret db-password is enabled'],
      ['failing', 'secret_expired', null, 'Version 2 of the secret db-password is disabled'],
      [
        'failing',
        'secret_expired',
        '2026-03-04T09:19:30.000Z',
        'Version 1 of the secret db-password is destroyed',
      ],
    ]);
    expect(await seen('google-secrets.json', 3)).toEqual([
      ['unknown', 'secret_expired', '2026-03-04T09:20:00.000Z'],
      ['passing', 'secret_expired', null],
    ]);
    expect(await seen('google-patch-jobs.json', 4)).toEqual([
      ['failing', 'unpatched', '2026-03-04T09:00:00.000Z', 'The patch job monthly is completed with errors'],
      ['passing', 'unpatched', null, 'The patch job monthly is succeeded'],
    ]);
    expect(await seen('google-vulnerabilities.json', 5)).toEqual([
      ['failing', 'unpatched', null, '2 known vulnerabilities, 1 of them critical or high', 'europe-west1'],
    ]);
    expect(await seen('google-scc.json', 4)).toEqual([
      ['failing', 'public_storage', '2026-03-04T09:15:00.120Z', 'public bucket acl'],
      ['passing', 'logging_off', null, 'audit logging disabled'],
    ]);
  });
});
