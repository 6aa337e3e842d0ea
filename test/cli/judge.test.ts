import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/database.ts';
import { demarc, demarcJson, jsonFile } from './run.ts';

const CASES = [
  {
    id: 'all-regions',
    title: 'Every region fails',
    provider: 'gcp',
    label: 'provider',
    observations: [
      { check: 'error_signature', value: 'internal_5xx', minute: 0 },
      { check: 'failure_scope', value: 'global', minute: 0 },
      { check: 'other_locations', value: 'failing', minute: 0 },
      { check: 'clean_canary', value: 'failing', minute: 0 },
      { check: 'independent_reports', value: 'many', minute: 0 },
      { check: 'recent_change', value: 'none', minute: 0 },
      { check: 'provider_status_page', value: 'incident_matching_scope', minute: 0 },
    ],
  },
];

describe('judge', () => {
  test('tells for each case the verdict, the probabilities and what was asked in which order', async () => {
    const { status, json } = await demarcJson(['judge', jsonFile(temporaryFolder(), 'cases.json', CASES)]);
    expect(status).toBe(0);
    expect(json).toMatchObject([{ id: 'all-regions', verdict: 'provider', declared: true }]);
    const [first] = json as { asked: { check: string; minute: number }[] }[]; // shown right above
    expect(first?.asked.map(({ minute }) => minute)).toEqual(
      [...(first?.asked ?? [])].map(({ minute }) => minute).sort((a, b) => a - b),
    );
    expect(first?.asked.length).toBeGreaterThan(2);
  });

  test('--report is the summary', async () => {
    const file = jsonFile(temporaryFolder(), 'cases.json', CASES);
    const { json } = await demarcJson(['judge', file, '--report']);
    expect(json).toMatchObject({ cases: 1, exact: 1, declared: 1, confidentErrors: [] });
    expect((await demarc(['judge', file, '--report'])).out).toContain('exact                     1 of 1');
  });

  test('what is not a list of cases is named with its place', async () => {
    const file = jsonFile(temporaryFolder(), 'cases.json', [{ id: 'x' }]);
    const { status, err } = await demarc(['judge', file]);
    expect(status).toBe(3);
    expect(err).toContain('is not a list of cases');
    expect(err).toContain('0.provider');
  });
});
