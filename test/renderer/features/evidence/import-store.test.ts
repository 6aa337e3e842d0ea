import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FileReport } from '../../../../main/core/evidence/model.ts';
import { outcomeWords, useImport } from '../../../../renderer/features/evidence/import-store.ts';

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

describe('useImport', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('keeps that something was turned away apart from what came of the import that ran', async () => {
    const ends: (() => void)[] = [];
    const outcome = { files: [file({ records: 5 })], cancelled: false, leftOut: [], unmapped: [] };
    vi.stubGlobal('window', {
      demarc: {
        importEvidence: () =>
          new Promise((resolve) => {
            ends.push(() => {
              resolve({ ok: true, value: outcome });
            });
          }),
      },
    });
    const { run } = useImport.getState();
    const first = run('inc-1', ['/logs/a.json']);
    await run('inc-1', ['/logs/b.json']);
    expect(ends).toHaveLength(1);
    expect(useImport.getState()).toMatchObject({ incidentId: 'inc-1', turnedAway: true, fault: null });
    ends[0]?.();
    await first;
    expect(useImport.getState()).toMatchObject({ turnedAway: true, fault: null, last: { outcome } });
    const again = run('inc-1', ['/logs/b.json']);
    expect(useImport.getState().turnedAway).toBe(false);
    ends[1]?.();
    await again;
  });
});
