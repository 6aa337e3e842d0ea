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
export interface HighWaterMarks {
  /** The marks of an incident, by writer. */
  of(incidentId: string): ReadonlyMap<string, HighWater>;
  /** The incidents that a mark knows. */
  incidents(): readonly string[];
  /**
   * Moves the mark of a chain up to `to`. It stays where it is when the chain does not contain it (`hashAt` gives the hash
   * of the entry with that number, or null): a chain that was cut off and continued must not wipe out its own trace.
   */
  raise(incidentId: string, writer: string, to: HighWater, hashAt: (seq: number) => Sha256 | null): void;
  /** Writes what was raised. It happens by itself after the answer has gone out: a mark that lags behind is still a true one. */
  flush(): void;
}

/** Opens the marks of a data folder. */
export function highWaterMarks(dataDir: string): HighWaterMarks {
  const file = path.join(dataDir, 'trail-heads.json');
  const raised = new Map<string, Map<string, HighWater>>();
  let timer: NodeJS.Immediate | null = null;

  function current(): Heads {
    return merged(readHeads(file), raised);
  }

  function markOf(incidentId: string, writer: string): HighWater | undefined {
    return raised.get(incidentId)?.get(writer) ?? chainsOf(readHeads(file), incidentId)[writer];
  }

  function flush(): void {
    if (timer === null) return;
    clearImmediate(timer);
    timer = null;
    writeHeads(file, current());
  }

  return {
    of: (incidentId) => new Map(Object.entries(chainsOf(current(), incidentId))),
    incidents: () => Object.keys(current()),
    raise: (incidentId, writer, to, hashAt) => {
      const mark = markOf(incidentId, writer);
      if (mark !== undefined && (mark.count >= to.count || hashAt(mark.count) !== mark.head)) return;
      const chains = raised.get(incidentId) ?? new Map<string, HighWater>();
      raised.set(incidentId, chains.set(writer, to));
      timer ??= setImmediate(flush);
    },
    flush,
  };
}

/** The higher mark of each chain: another process may have raised one in the meantime. */
function merged(heads: Heads, raised: ReadonlyMap<string, ReadonlyMap<string, HighWater>>): Heads {
  const all: Heads = { ...heads };
  for (const [incidentId, chains] of raised) {
    const known = chainsOf(heads, incidentId);
    const higher = [...chains].filter(([writer, mark]) => mark.count > (known[writer]?.count ?? 0));
    all[incidentId] = { ...known, ...Object.fromEntries(higher) };
  }
  return all;
}

function chainsOf(heads: Heads, incidentId: string): Readonly<Record<string, HighWater>> {
  return Object.hasOwn(heads, incidentId) ? (heads[incidentId] ?? {}) : {};
}

/** A disk that refuses is let pass: the entries are committed, and the next raise writes this mark too. */
function writeHeads(file: string, heads: Heads): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    fs.writeFileSync(temporary, JSON.stringify({ v: 1, heads }), { mode: 0o600 });
    fs.renameSync(temporary, file);
  } catch {
    fs.rmSync(temporary, { force: true });
  }
}

function readHeads(file: string): Heads {
  try {
    const parsed = HeadsFile.safeParse(JSON.parse(fs.readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data.heads : {};
  } catch {
    return {};
  }
}
