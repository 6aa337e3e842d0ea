import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ByteSource } from '../../../main/adapters/evidence/read-bytes.ts';
import {
  readEvidence,
  readEvidenceFile,
  type ReadLimits,
  type ReadOptions,
} from '../../../main/adapters/evidence/read-file.ts';
import type { Mapping } from '../../../main/core/evidence/mapping/model.ts';
import type { FileReport, LogRecord } from '../../../main/core/evidence/model.ts';
import type { Result } from '../../../main/core/result.ts';
import type { StateFinding } from '../../../main/core/evidence/state-finding.ts';

export const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures/evidence');

export const FINDINGS = path.resolve(import.meta.dirname, '../../fixtures/findings');

export interface Read {
  readonly records: readonly LogRecord[];
  readonly findings: readonly StateFinding[];
  readonly report: FileReport;
}

/** Reads a file that must be readable; throws otherwise. */
export function readAll(file: string, limits: Partial<ReadLimits> = {}): Promise<Read> {
  return collected((options) => readEvidenceFile(file, options), limits);
}

/** Reads the bytes as if a file had them. */
export function readBytesAsFile(
  bytes: Buffer | string,
  limits: Partial<ReadLimits> = {},
  mappings: readonly Mapping[] = [],
): Promise<Read> {
  return collected((options) => readEvidence(sourceOf(bytes), 0, { ...options, mappings }), limits);
}

const NEVER = new AbortController().signal;

async function collected(
  read: (options: ReadOptions) => Promise<Result<FileReport>>,
  limits: Partial<ReadLimits>,
): Promise<Read> {
  const records: LogRecord[] = [];
  const findings: StateFinding[] = [];
  const result = await read({
    signal: NEVER,
    onRecord: (record) => {
      records.push(record);
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

/** The bytes in place of a file on disk. */
function sourceOf(content: Buffer | string): ByteSource {
  const bytes = Buffer.from(content);
  return {
    path: 'evidence',
    size: () => Promise.resolve(bytes.length),
    read: (at, length) => Promise.resolve(Buffer.from(bytes.subarray(at, at + length))),
  };
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
