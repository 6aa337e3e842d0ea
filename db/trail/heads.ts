import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Sha256 } from '../../main/core/ids.ts';

/** How far a chain was once seen to reach. */
export interface HighWater {
  readonly count: number;
  readonly head: Sha256;
}

const HeadsFile = z.strictObject({
  v: z.literal(1),
  /** By incident, then by writer. */
  heads: z.record(
    z.string(),
    z.record(z.string(), z.strictObject({ count: z.number().int().min(1), head: Sha256 })),
  ),
});

type Heads = z.infer<typeof HeadsFile>['heads'];

/**
 * The high-water marks, in `<dataDir>/trail-heads.json`: outside the database, so that a database put back to an
 * older state, or cut off, is noticed. A missing or unreadable file means that nothing is known.
 */
export function readHighWater(dataDir: string, incidentId: string): ReadonlyMap<string, HighWater> {
  const heads = readHeads(dataDir);
  return new Map(Object.entries(Object.hasOwn(heads, incidentId) ? (heads[incidentId] ?? {}) : {}));
}

/** The incidents that a mark knows. */
export function markedIncidents(dataDir: string): readonly string[] {
  return Object.keys(readHeads(dataDir));
}

/**
 * Moves the mark of a chain up to `to`. It stays where it is when the chain does not contain it (`hashAt` gives the hash
 * of the entry with that number, or null): a chain that was cut off and continued must not wipe out its own trace.
 * Written after the commit and without waiting for the disk: a mark that lags behind is still a true one.
 */
export function raiseHighWater(
  dataDir: string,
  incidentId: string,
  writer: string,
  to: HighWater,
  hashAt: (seq: number) => Sha256 | null,
): void {
  const heads = readHeads(dataDir);
  const chains = Object.hasOwn(heads, incidentId) ? (heads[incidentId] ?? {}) : {};
  const mark = Object.hasOwn(chains, writer) ? chains[writer] : undefined;
  if (mark !== undefined && (mark.count >= to.count || hashAt(mark.count) !== mark.head)) return;
  const file = headsFile(dataDir);
  const temporary = `${file}.${process.pid}.tmp`;
  const next = { ...heads, [incidentId]: { ...chains, [writer]: to } };
  fs.writeFileSync(temporary, JSON.stringify({ v: 1, heads: next }), { mode: 0o600 });
  fs.renameSync(temporary, file);
}

function headsFile(dataDir: string): string {
  return path.join(dataDir, 'trail-heads.json');
}

function readHeads(dataDir: string): Heads {
  try {
    const parsed = HeadsFile.safeParse(JSON.parse(fs.readFileSync(headsFile(dataDir), 'utf8')));
    return parsed.success ? parsed.data.heads : {};
  } catch {
    return {};
  }
}
