import { createInProcessClient } from '../../db/in-process.ts';
import { INCIDENT_ID, incidentSummary } from './kill-values.ts';

/*
 * Appends entries as fast as it can, three to a transaction, and prints the number of entries after each that is
 * acknowledged. It is killed at any moment; its parent then looks at what is there.
 */
const client = createInProcessClient({ dataDir: process.argv[2] ?? '' });
const opened = await client.opened;
if (!opened.ok) throw new Error(opened.error.message);

const known = await client.call('getIncident', { incidentId: INCIDENT_ID });
let count = known.ok ? known.value.entries : 0;
for (;;) {
  const drafts = [1, 2, 3].map((part) => ({
    type: 'note.added',
    data: { text: `transaction after ${count}, part ${part}` },
    at: incidentSummary.updatedAt,
    offsetMinutes: 0,
    actor: 'test',
  }));
  const args = { incidentId: INCIDENT_ID, expectedCount: count, drafts, summary: incidentSummary };
  const appended = await client.call('appendEntries', args);
  if (!appended.ok) throw new Error(appended.error.message);
  count = appended.value.incident.entries;
  process.stdout.write(`${count}\n`);
}
