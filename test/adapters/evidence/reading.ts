import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readEvidenceFile, type ReadLimits } from '../../../main/adapters/evidence/read-file.ts';
import type { FileReport, LogRecord } from '../../../main/core/evidence/model.ts';
import type { StateFinding } from '../../../main/core/evidence/state-finding.ts';

export const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures/evidence');

export const FINDINGS = path.resolve(import.meta.dirname, '../../fixtures/findings');

export interface Read {
  readonly records: readonly LogRecord[];
  readonly findings: readonly StateFinding[];
  readonly report: FileReport;
}

/** Reads a file that must be readable; throws otherwise. */
export async function readAll(file: string, limits: Partial<ReadLimits> = {}): Promise<Read> {
  const records: LogRecord[] = [];
  const findings: StateFinding[] = [];
  const result = await readEvidenceFile(file, {
    signal: new AbortController().signal,
    onBatch: (batch) => {
      records.push(...batch);
      return Promise.resolve();
    },
    onFindings: (some) => {
      findings.push(...some);
      return Promise.resolve();
    },
    limits,
  });
  if (!result.ok) throw new Error(result.error.message);
  return { records, findings, report: result.value };
}

/** Writes the bytes into a file of their own and reads it. */
export async function readBytesAsFile(
  bytes: Buffer | string,
  limits: Partial<ReadLimits> = {},
): Promise<Read> {
  return inFolder(async (folder) => {
    const file = path.join(folder, 'evidence');
    await writeFile(file, bytes);
    return readAll(file, limits);
  });
}

/** Runs with a new empty folder, which is gone afterwards. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'demarc-evidence-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
