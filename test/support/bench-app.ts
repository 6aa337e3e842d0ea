import { pathToFileURL } from 'node:url';
import type { IncidentId } from '../../main/core/ids.ts';
import { parseInstant } from '../../main/core/time.ts';
import { declareIncident } from '../../main/services/incidents.ts';
import { openServices, SILENT, startDatabase } from '../../main/services/open-services.ts';

export function value<T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** The app's services with their threads, as they are built in the folder `workers`, and an incident that is declared. */
export async function openedApp({
  dataFolder,
  resourcesFolder,
  workers,
  onset,
}: {
  readonly dataFolder: string;
  readonly resourcesFolder: string;
  readonly workers: string;
  readonly onset: string;
}) {
  const worker = (name: string): URL => pathToFileURL(`${workers}/${name}.mjs`);
  const settings = {
    dataFolder,
    resourcesFolder,
    exportFolder: `${dataFolder}/exports`,
    workerUrl: worker('worker'),
    importWorkerUrl: worker('import-worker'),
    publish: SILENT,
  };
  const db = startDatabase(settings);
  const { context, book, imports } = value(await openServices(db, settings));
  const at = parseInstant(onset);
  if (at === null) throw new Error(`${onset} is no instant`);
  const { row } = value(
    await declareIncident(context, book, {
      title: 'Measured',
      onset: at,
      provider: 'aws',
      services: ['s3'],
      regions: ['eu-west-1'],
      severity: 2,
      workload: '',
      lead: '',
    }),
  );
  const incidentId: IncidentId = row.id;
  return { db, book, imports, incidentId };
}
