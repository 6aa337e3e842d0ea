import { describe, expect, it } from 'vitest';
import type { FileReport } from '../../../../main/core/evidence/model.ts';
import { outcomeWords } from '../../../../renderer/features/evidence/import-store.ts';

function file(more: Partial<FileReport>): FileReport {
  return {
    file: '/logs/a.json',
    sha256: 'a'.repeat(64),
    size: 10,
    recognisedAs: 'cloudtrail_records',
    records: 0,
    duplicates: 0,
    rejected: 0,
    findings: 0,
    failing: 0,
    scanned: null,
    rejects: [],
    window: null,
    accounts: [],
    regions: [],
    notes: [],
    ...more,
  };
}

describe('outcomeWords', () => {
  it('says what came in, and never leaves out what did not', () => {
    const files = [
      file({ records: 1200, rejected: 2 }),
      file({ duplicates: 30 }),
      file({ recognisedAs: null }),
    ];
    expect(outcomeWords({ files, cancelled: false })).toBe(
      'Read 1,200 records from 3 files, 30 records there already, 2 records rejected, 1 file not recognised.',
    );
    expect(outcomeWords({ files: [file({ records: 5 })], cancelled: true })).toBe(
      'Cancelled after 5 records from 1 file.',
    );
  });
});
