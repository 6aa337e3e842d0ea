import path from 'node:path';
import { renderStatement } from '../adapters/exports/feed-statement.ts';
import { writeFileAtomically } from '../adapters/exports/write.ts';
import type { FeedStatement } from '../core/feeds/statement.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { ServiceContext } from './context.ts';
import type { FeedHistory } from './feed-history.ts';
import type { OpenIncident } from './incident-book.ts';
import { referenceOf } from './incidents.ts';

/** Where the raw bytes of a snapshot were written. */
export interface SavedSnapshot {
  readonly folder: string;
  readonly name: string;
  readonly sha256: string;
}

/** A statement as Markdown, in the words of its incident. */
export function statementMarkdown({ row, state }: OpenIncident, statement: FeedStatement): string {
  const { mode, scope } = state;
  return renderStatement(statement, { reference: referenceOf(row.number), mode, onset: scope.onset });
}

/** Writes a statement's raw bytes, exactly as received, into the incident's export folder. `refused` when there are none. */
export async function saveSnapshot(
  { exportFolder }: ServiceContext,
  history: FeedHistory,
  incident: OpenIncident,
  statement: FeedStatement,
): Promise<Result<SavedSnapshot>> {
  if (statement.polled === null) return fail('refused', `${statement.name} had not been asked by then.`);
  const kept = await history.bytes(statement);
  if (!kept.ok) return kept;
  const { bytes, sha256 } = kept.value;
  const folder = path.join(exportFolder, referenceOf(incident.row.number), 'feeds');
  const received = statement.polled.from.replaceAll(/[-:]/g, '').replace(/\.\d+/, '');
  const drill = incident.state.mode === 'drill' ? 'DRILL-' : '';
  const name = `${drill}${plain(statement.feedId)}-${received}-${sha256.slice(0, 8)}.${extensionOf(bytes)}`;
  const written = await writeFileAtomically(path.join(folder, name), bytes);
  return written.ok ? ok({ folder, name, sha256 }) : written;
}

/** An id as a part of a file's name on every system. */
function plain(id: string): string {
  return id.replaceAll(/[^\w-]/g, '_');
}

const EXTENSIONS: Readonly<Record<string, string>> = { '<': 'xml', '{': 'json', '[': 'json' };

/** By its first character that says something; a byte-order mark and the halves of UTF-16 do not. */
function extensionOf(bytes: Uint8Array): string {
  const first = /[^\s\0\ufeff\ufffd]/u.exec(new TextDecoder().decode(bytes.subarray(0, 64)))?.[0] ?? '';
  return EXTENSIONS[first] ?? 'bin';
}
