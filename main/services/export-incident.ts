import { createHash } from 'node:crypto';
import path from 'node:path';
import type { ExportOutcome } from '../../preload/contract/views.ts';
import { renderJson } from '../adapters/exports/json.ts';
import { renderMarkdown } from '../adapters/exports/markdown.ts';
import { writeFileAtomically } from '../adapters/exports/write.ts';
import { judgementOf } from '../core/incident/judgement.ts';
import type { Report } from '../core/report/model.ts';
import { reportOf } from '../core/report/report.ts';
import { ok, type Result } from '../core/result.ts';
import type { ServiceContext } from './context.ts';
import { customerSide } from './customer-side.ts';
import type { IncidentBook } from './incident-book.ts';
import { clockOf } from './incident-clock.ts';
import { referenceOf } from './incidents.ts';
import type { TrailExport } from '../core/trail/model.ts';

export type ExportFormat = 'md' | 'json';

const RENDERERS: Readonly<Record<ExportFormat, (report: Report, trail: TrailExport) => string>> = {
  md: (report) => renderMarkdown(report),
  json: renderJson,
};

/**
 * Writes an incident's report in the formats asked for into `folder` (by default one of its own under the export
 * folder), and records in the trail what was written. Files appear whole or not at all.
 */
export async function exportIncident(
  context: ServiceContext,
  book: IncidentBook,
  incidentId: string,
  formats: readonly ExportFormat[],
  folder?: string,
): Promise<Result<ExportOutcome>> {
  const opened = await book.load(incidentId);
  if (!opened.ok) return opened;
  const { row, state, playbook, lexicon, entries } = opened.value;
  const generatedAt = clockOf(context.clock, state).now();
  const trail = await context.db.call('exportTrail', { incidentId: row.id, at: context.clock.now() });
  if (!trail.ok) return trail;
  const customer = await customerSide(context, book, incidentId);
  if (!customer.ok) return customer;
  const reference = referenceOf(row.number);
  const report = reportOf({
    state,
    entries,
    playbook: lexicon,
    judgement: judgementOf(state, playbook, generatedAt),
    customer: customer.value,
    checkpoint: trail.value.checkpoint,
    reference,
    generatedAt,
  });
  const target = folder ?? path.join(context.exportFolder, reference);
  const files: ExportOutcome['files'][number][] = [];
  for (const format of formats) {
    const name = `${state.mode === 'drill' ? 'DRILL-' : ''}${reference}.${format}`;
    const bytes = new TextEncoder().encode(RENDERERS[format](report, trail.value));
    const written = await writeFileAtomically(path.join(target, name), bytes);
    if (!written.ok) return written;
    files.push({
      format,
      name,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
  }
  const { count, head } = trail.value.checkpoint;
  const recorded = await book.dispatch(incidentId, {
    type: 'record_export',
    export: { files: files.map(({ format, name, sha256 }) => ({ format, name, sha256 })), count, head },
  });
  return recorded.ok ? ok({ folder: target, files }) : recorded;
}
