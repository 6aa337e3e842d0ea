import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asObject, type Json, parseJson } from '../../../main/adapters/evidence/json.ts';
import { POSTURE } from '../../../main/adapters/evidence/posture.ts';
import { StateFinding } from '../../../main/core/evidence/state-finding.ts';
import { changed, picks } from '../../support/hostile.ts';
import { FINDINGS } from './reading.ts';

/** Every adapter of findings with a file, and where its records are; null for one document that is a record itself. */
const SOURCES: readonly (readonly [adapter: string, file: string, key: string | null])[] = [
  ['asff', 'securityhub-asff.json', 'Findings'],
  ['asff', 'securityhub-history.json', 'Records'],
  ['ocsf', 'securityhub-ocsf.json', 'Findings'],
  ['ocsf', 'securityhub-eventbridge-ocsf.json', null],
  ['guardduty', 'guardduty-export.jsonl', ''],
  ['scoutsuite', 'scoutsuite-results.txt', null],
  ['access_analyzer', 'access-analyzer-v2.json', 'findings'],
  ['iam_credential_report', 'iam-credential-report.json', null],
  ['kms_keys', 'kms-keys.json', ''],
  ['trusted_advisor', 'trusted-advisor-limits.json', null],
  ['prowler', 'prowler-v3.json', ''],
];

async function recordsIn(file: string, key: string | null): Promise<readonly Json[]> {
  const text = (await readFile(path.join(FINDINGS, file), 'utf8')).replace('scoutsuite_results =', '');
  const document = file.endsWith('.jsonl')
    ? parseJson(`[${text.trim().replaceAll('\n', ',')}]`)
    : parseJson(text);
  if (document === undefined) throw new Error(`${file} is not JSON`);
  if (key === null) return [document];
  const list = key === '' ? document : asObject(document)?.[key];
  if (!Array.isArray(list)) throw new Error(`no records in ${file}`);
  return list as readonly Json[];
}

test.each(SOURCES)(
  '%s gives sound findings or a reason, whatever a field of %s holds',
  async (id, file, key) => {
    const adapter = POSTURE.find((one) => one.id === id);
    if (adapter === undefined) throw new Error(`no adapter ${id}`);
    const records = await recordsIn(file, key);
    const findingsOf = (record: Json): readonly StateFinding[] => {
      const reader = adapter.open?.() ?? adapter;
      const read = reader.read(record, () => 'content');
      if ('notTaken' in read) expect(read.reason).not.toBe('');
      const own = 'finding' in read ? [read.finding] : 'findings' in read ? read.findings : [];
      return [...own, ...(reader.restFindings?.() ?? [])];
    };
    expect(records.flatMap(findingsOf).length).toBeGreaterThan(0);
    fc.assert(
      fc.property(fc.nat(records.length - 1), picks, (index, stream) => {
        for (const finding of findingsOf(changed(records[index] ?? null, stream)))
          expect(StateFinding.safeParse(finding).error).toBe(undefined);
      }),
      { numRuns: 2_000 },
    );
    expect(new Set(SOURCES.map(([name]) => name))).toEqual(new Set(POSTURE.map((one) => one.id)));
  },
);
