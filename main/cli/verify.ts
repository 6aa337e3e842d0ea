import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { createInProcessClient } from '../../db/in-process.ts';
import { databaseFile } from '../../db/store.ts';
import { verifyExport } from '../../db/trail/verify-export.ts';
import { counted } from '../core/report/words.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { Anchor, Checkpoint, type TrailVerification } from '../core/trail/model.ts';
import { referenceOf } from '../services/incidents.ts';
import { readJsonInput } from './input.ts';
import { answer, type CommandResult } from './outcome.ts';

/** One trail and what was found, with where it was read from. */
interface Verified extends TrailVerification {
  readonly source: string;
}

/**
 * Verifies the trails in an exported JSON file, in every export of a folder, or in a data folder. With `anchorFile`, against
 * what was kept elsewhere: a checkpoint, an earlier export, or `{count, head}`. The answer is "no" when any trail was
 * altered or truncated.
 */
export async function verifyPath(given: string, anchorFile: string | undefined): Promise<CommandResult> {
  const anchor = anchorFile === undefined ? ok(undefined) : await readAnchor(anchorFile);
  if (!anchor.ok) return anchor;
  const found = await verifyAt(path.resolve(given), anchor.value);
  if (!found.ok) return found;
  const json = found.value.map((one) => ({ ...one, result: words(one) }));
  const lines = found.value.flatMap((one) => [
    `${one.source}: ${words(one)}`,
    `   ${counted(one.entries, 'entry', 'entries')}, head ${one.head}`,
    `   ${one.reason}`,
  ]);
  const no = found.value.some(({ state }) => state === 'altered' || state === 'truncated');
  return answer({ incidents: json }, lines, no);
}

function words({ state, at }: Pick<TrailVerification, 'state' | 'at'>): string {
  if (state === 'altered') return at === undefined ? 'altered' : `altered at ${at}`;
  return state === 'valid_no_anchor' ? 'valid, no anchor' : state;
}

async function verifyAt(given: string, anchor: Anchor | undefined): Promise<Result<readonly Verified[]>> {
  const kind = await stat(given).catch(() => null);
  if (kind === null) return fail('not_found', `There is nothing at ${given}.`, given);
  if (!kind.isDirectory()) {
    const folder = path.dirname(given);
    return given === databaseFile(folder) ? verifyData(folder, anchor) : verifyFile(given, anchor);
  }
  const isData = await stat(databaseFile(given)).catch(() => null);
  return isData === null ? verifyFolder(given, anchor) : verifyData(given, anchor);
}

async function verifyFile(file: string, anchor: Anchor | undefined): Promise<Result<readonly Verified[]>> {
  const json = await readJsonInput(file);
  if (!json.ok) return json;
  const verified = verifyExport(json.value, anchor);
  return verified.ok ? ok([{ ...verified.value, source: path.basename(file) }]) : verified;
}

async function verifyFolder(
  folder: string,
  anchor: Anchor | undefined,
): Promise<Result<readonly Verified[]>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  if (names.length === 0)
    return fail('not_found', `There is no export and no database in ${folder}.`, folder);
  const all: Verified[] = [];
  for (const name of names) {
    const one = await verifyFile(path.join(folder, name), anchor);
    if (!one.ok) return fail(one.error.code, `${name}: ${one.error.message}`, one.error.place);
    all.push(...one.value);
  }
  return ok(all);
}

async function verifyData(folder: string, anchor: Anchor | undefined): Promise<Result<readonly Verified[]>> {
  const db = createInProcessClient({ dataDir: folder });
  try {
    const opened = await db.opened;
    if (!opened.ok) return opened;
    const rows = await db.call('listIncidents', {});
    if (!rows.ok) return rows;
    const wanted = rows.value.filter(({ id }) => concerns(anchor, id, rows.value.length));
    if (anchor !== undefined && wanted.length === 0) {
      return fail('invalid_input', 'The anchor is of an incident that is not here.');
    }
    const all: Verified[] = [];
    for (const { id, number, title } of wanted) {
      const verified = await db.call('verifyIncident', { incidentId: id, anchor });
      if (!verified.ok) return verified;
      all.push({ ...verified.value, source: `${referenceOf(number)} ${title}` });
    }
    return ok(all);
  } finally {
    await db.close();
  }
}

/** A checkpoint is about one incident; a count and a head alone could be about the only one. */
function concerns(anchor: Anchor | undefined, id: string, incidents: number): boolean {
  if (anchor === undefined) return true;
  return 'incidentId' in anchor ? anchor.incidentId === id : incidents === 1;
}

const AnchorFile = z.union([Anchor, z.looseObject({ trail: z.looseObject({ checkpoint: Checkpoint }) })]);

async function readAnchor(file: string): Promise<Result<Anchor>> {
  const json = await readJsonInput(file);
  if (!json.ok) return json;
  const parsed = AnchorFile.safeParse(json.value);
  if (!parsed.success) {
    return fail(
      'invalid_input',
      'The anchor is neither a checkpoint, nor an export, nor {count, head}.',
      file,
    );
  }
  return ok('trail' in parsed.data ? parsed.data.trail.checkpoint : parsed.data);
}
