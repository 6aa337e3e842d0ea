import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support/database.ts';
import { buildScripts } from '../support/kill-build.ts';
import { demarc, demarcJson, FIXTURES } from './run.ts';

const FINDINGS = path.join(FIXTURES, 'findings');
let scripts: Awaited<ReturnType<typeof buildScripts<'worker'>>>;

beforeAll(async () => {
  scripts = await buildScripts({ worker: 'main/adapters/evidence/import-worker.ts' });
});

afterAll(() => {
  scripts.remove();
});

async function declared(): Promise<string> {
  const data = temporaryFolder();
  const scope = ['--onset', '2026-03-04T09:30Z', '--provider', 'aws', '--service', 'Amazon S3'];
  await demarc([
    'incident',
    'new',
    '--title',
    'Denied orders',
    ...scope,
    '--region',
    'eu-west-1',
    '--data',
    data,
  ]);
  return data;
}

test('inspect counts findings and says when they were looked at', async () => {
  const file = path.join(FINDINGS, 'securityhub-asff.json');
  const { json } = await demarcJson(['evidence', 'inspect', file]);
  expect(json).toMatchObject([{ recognisedAs: 'asff', records: 0, findings: 4, failing: 2, window: null }]);
  const { out } = await demarc(['evidence', 'inspect', file]);
  expect(out).toContain('4 findings, 2 failing, looked at 2026-03-04 09:20');
});

test('findings are ranked for the incident: dated near onset first, with pattern, owner and reason', async () => {
  const data = await declared();
  const worker = pathToFileURL(scripts.script('worker'));
  const imported = await demarcJson(['evidence', 'import', 'DM-1', FINDINGS, '--data', data], worker);
  expect(imported).toMatchObject({ status: 0, json: { records: 0, findings: 42, failing: 29 } });
  const { json } = await demarcJson(['evidence', 'findings', 'DM-1', '--data', data]);
  const { ranked, patterns, datedNear } = json as {
    ranked: {
      finding: { id: string; pattern: string; since: string | null };
      dated: string;
      reasons: string[];
    }[];
    patterns: { pattern: string; owner: string }[];
    datedNear: number;
  }; // checked right below
  const near = ranked.filter(({ dated }) => dated === 'near');
  expect(near.length).toBe(datedNear);
  expect(ranked.slice(0, near.length)).toEqual(near);
  expect(near.map(({ finding }) => finding.pattern)).toEqual(
    expect.arrayContaining([
      'external_access',
      'threat_detected',
      'disabled_key',
      'logging_off',
      'open_port',
    ]),
  );
  expect(patterns.map(({ pattern }) => pattern)).toEqual(
    expect.arrayContaining(['public_storage', 'open_port']),
  );
  const { out } = await demarc(['evidence', 'findings', 'DM-1', '--data', data]);
  expect(out).toContain('dated near onset');
  expect(out).toContain('dated by nothing');
});

test('findings of an incident without any could not be told', async () => {
  const { status, err } = await demarc(['evidence', 'findings', 'DM-1', '--data', await declared()]);
  expect({ status, err }).toEqual({
    status: 3,
    err: 'No findings of states have been imported into this incident.\n',
  });
});
