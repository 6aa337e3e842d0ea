import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../main/core/report/model.ts';
import { temporaryFolder } from '../support/database.ts';
import { demarc, demarcJson, jsonFile } from './run.ts';

const GOOD = [
  { minute: 1, check: 'error_signature', answers: ['internal_5xx'] },
  { minute: 2, check: 'provider_status_page', answers: 'no_incident' },
  { minute: 5, check: 'other_locations', answers: ['failing'] },
  { minute: 5, check: 'failure_scope', answers: ['multi_region'] },
  { minute: 8, check: 'recent_change', answers: ['none'] },
  { minute: 9, check: 'audit_log_policy_change', answers: ['no'] },
  { minute: 12, check: 'clean_canary', answers: ['failing'] },
  { minute: 19, check: 'independent_reports', answers: ['many'] },
  { minute: 80, check: 'provider_status_page', answers: ['incident_matching_scope'] },
];

function answers(steps: unknown): string {
  return jsonFile(temporaryFolder(), 'answers.json', steps);
}

async function run(
  steps: unknown,
  data = temporaryFolder(),
): Promise<Awaited<ReturnType<typeof demarcJson>>> {
  return demarcJson(['drill', 'run', 'gcp-2025-06-12', '--answers', answers(steps), '--data', data]);
}

describe('drill run', () => {
  test('answers as a good responder has them reach the truth', async () => {
    const { status, json } = await run([...GOOD, { minute: 25, page: 'answered' }]);
    expect(status).toBe(0);
    expect(json).toMatchObject({
      scenario: 'gcp-2025-06-12',
      reference: 'DM-1',
      score: { truth: 'provider', verdict: 'provider', correct: true, outOf: 100 },
    });
  });

  test('naming the wrong side is status 1, and costs', async () => {
    const { status, json } = await run([
      ...GOOD.slice(0, 5),
      { minute: 10, accept: 'customer', reason: 'It is always us.' },
    ]);
    expect({ status, json }).toMatchObject({
      status: 1,
      json: {
        score: {
          correct: false,
          lines: expect.arrayContaining([expect.objectContaining({ points: -20 })]) as unknown,
        },
      },
    });
  });

  test('no answers at all give no verdict and no points', async () => {
    const { status, json } = await run([]);
    expect({ status, json }).toMatchObject({
      status: 1,
      json: { score: { minutesToVerdict: null, points: 0 } },
    });
  });

  test('the drill is kept: listed as one, its score beside the scenario, its feed read at the right minutes', async () => {
    const data = temporaryFolder();
    await run(GOOD, data);
    const listed = await demarc(['incident', 'list', '--data', data]);
    expect(listed.out).toContain('DRILL');
    const scenarios = await demarcJson(['drill', 'list', '--data', data]);
    expect(scenarios.json).toMatchObject([
      { id: 'aws-2023-07-10-exposed-bucket', lastScore: null },
      { id: 'gcp-2025-06-12', lastScore: { correct: true } },
    ]);
    const out = path.join(data, 'out');
    const made = await demarc(['export', 'DM-1', '--format', 'md,json', '--out', out, '--data', data]);
    expect(made.out).toContain('DRILL-DM-1.md');
    const { report } = JSON.parse(readFileSync(path.join(out, 'DRILL-DM-1.json'), 'utf8')) as {
      report: Report;
    }; // as written
    const [feed] = report.feeds;
    expect(feed?.claims.map(({ minute, saying }) => [minute, saying])).toEqual([
      [0, 'silent'],
      [71, 'matching'],
    ]);
    expect(report.firstPublicWord?.lagMinutes).toBe(71);
    const verified = await demarc(['verify', path.join(out, 'DRILL-DM-1.json')]);
    expect(verified.out).toContain('valid, no anchor');
  });

  test('what cannot be played is told with its minute or its place', async () => {
    const told = async (steps: unknown) =>
      (
        await demarc([
          'drill',
          'run',
          'gcp-2025-06-12',
          '--answers',
          answers(steps),
          '--data',
          temporaryFolder(),
        ])
      ).err;
    expect(await told([{ minute: 3, check: 'horoscope', answers: ['good'] }])).toBe(
      'At minute 3: The playbook has no check "horoscope".\n',
    );
    expect(await told([{ minute: 500, check: 'plane', answers: ['both'] }])).toBe(
      'The scenario is over before minute 500.\n',
    );
    expect(await told([{ minute: 1, check: 'plane', answers: ['both'] }, { when: 3 }])).toContain(
      'item 2 is none of {minute, check, answers}',
    );
  });

  test('a scenario that is not there is status 3', async () => {
    const { status, err } = await demarc([
      'drill',
      'run',
      'none',
      '--answers',
      answers([]),
      '--data',
      temporaryFolder(),
    ]);
    expect({ status, err }).toEqual({ status: 3, err: 'There is no scenario "none".\n' });
  });
});
