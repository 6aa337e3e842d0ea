import type { FileReport, LogRecord, RejectedRecord } from '../../core/evidence/model.ts';
import type { StateFinding } from '../../core/evidence/state-finding.ts';
import type { Instant } from '../../core/time.ts';

/** What reading the content of one file found. */
export type Findings = Omit<FileReport, 'file' | 'sha256' | 'size' | 'notes'>;

const MOST_REJECTS = 100;

export interface Tally {
  readonly records: () => number;
  readonly count: (at: LogRecord['at'], of: Pick<LogRecord, 'account' | 'region'>) => void;
  readonly foundStates: () => number;
  readonly countFinding: (finding: StateFinding) => void;
  /** A record that could not be taken, at `offset` bytes into the unpacked content. */
  readonly reject: (offset: number, reason: string) => void;
  /** A record that is left out knowingly. */
  readonly skip: (reason: string) => void;
  /** A record with bytes that are not UTF-8. */
  readonly strange: () => void;
  readonly notes: () => readonly string[];
  readonly findings: (recognisedAs: string | null) => Findings;
}

/** Counts what one file holds and what it covers; only the first hundred rejects are kept. */
export function fileTally(): Tally {
  const rejects: RejectedRecord[] = [];
  const skips = new Map<string, number>();
  const accounts = new Set<string>();
  const regions = new Set<string>();
  let records = 0;
  let states = 0;
  let failing = 0;
  let scanned: { from: Instant; to: Instant } | null = null;
  let seen = 0;
  let rejected = 0;
  let strange = 0;
  let from: LogRecord['at'] | null = null;
  let to: LogRecord['at'] | null = null;
  return {
    records: () => records,
    count(at, { account, region }) {
      seen += 1;
      records += 1;
      if (from === null || at < from) from = at;
      if (to === null || at > to) to = at;
      if (account !== '') accounts.add(account);
      if (region !== '') regions.add(region);
    },
    foundStates: () => states,
    countFinding({ seenAt, status, account, region }) {
      seen += 1;
      states += 1;
      if (status === 'failing') failing += 1;
      if (account !== '') accounts.add(account);
      if (region !== '') regions.add(region);
      if (seenAt === null) return;
      scanned = {
        from: scanned === null || seenAt < scanned.from ? seenAt : scanned.from,
        to: scanned === null || seenAt > scanned.to ? seenAt : scanned.to,
      };
    },
    reject(offset, reason) {
      seen += 1;
      rejected += 1;
      if (rejects.length < MOST_REJECTS) rejects.push({ place: `record ${seen}, byte ${offset}`, reason });
    },
    skip(reason) {
      seen += 1;
      skips.set(reason, (skips.get(reason) ?? 0) + 1);
    },
    strange() {
      strange += 1;
    },
    notes() {
      const notes = [...skips].map(([reason, count]) => `Left out knowingly (${count}): ${reason}.`);
      if (strange > 0) {
        notes.push(
          `${strange} records hold bytes that are not UTF-8, as in Windows-1252; those are shown as \uFFFD.`,
        );
      }
      if (seen === 0) notes.push('There are no records in it.');
      return notes;
    },
    findings: (recognisedAs) => ({
      recognisedAs,
      records,
      duplicates: 0,
      rejected,
      findings: states,
      failing,
      rejects,
      scanned,
      window: from === null || to === null ? null : { from, to },
      accounts: [...accounts].sort(),
      regions: [...regions].sort(),
    }),
  };
}
