import { createInProcessClient } from '../../db/in-process.ts';
import { INCIDENT_ID, incidentSummary } from './kill-values.ts';

/*
 * Appends large entries until one is not saved, then tries once more and reads. Prints what was acknowledged and what the
 * failures said, as JSON. Its parent limits how large its files may grow.
 */
const client = createInProcessClient({ dataDir: process.argv[2] ?? '' });
let acknowledged = 0;

function append() {
  const data = { text: `${acknowledged} `.repeat(5000) };
  const { updatedAt: at } = incidentSummary;
  const drafts = [{ type: 'note.added', data, at, offsetMinutes: 0, actor: 'test' }];
  const args = { incidentId: INCIDENT_ID, expectedCount: acknowledged, drafts, summary: incidentSummary };
  return client.call('appendEntries', args);
}

let answer = await append();
while (answer.ok && acknowledged < 1000) {
  acknowledged += 1;
  answer = await append();
}
const again = await append();
const readable = await client.call('readEntries', { incidentId: INCIDENT_ID });
await client.close();
process.stdout.write(
  JSON.stringify({
    acknowledged,
    first: answer.ok ? null : answer.error,
    again: again.ok ? null : again.error,
    readable: readable.ok ? readable.value.length : null,
  }),
);
