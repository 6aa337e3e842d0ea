import type { FileReport } from '../../main/core/evidence/model.ts';

/** What is said of a file with that hash that was read without any trouble. */
export function fileReport(sha256: string): FileReport {
  return {
    ...{ file: 'f', sha256, size: 1, recognisedAs: 'x', records: 1, duplicates: 0, rejected: 0, findings: 0 },
    ...{ failing: 0, rejects: [], window: null, scanned: null, accounts: [], regions: [], notes: [] },
  };
}
