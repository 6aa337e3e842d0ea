/**
 * How to add a source of evidence. Copy this file to `main/adapters/evidence/<source>.ts`, change what is marked,
 * and list the adapter in `adapters.ts`. The reader does the rest: gzip, limits, damage, counting, batches.
 * Put a small file of your own making in `test/fixtures/evidence/`, and a test beside that of CloudTrail.
 * A source that says how things stand gives `{ finding: findingOf({...}) }` in place of a record (`finding.ts`, and `kms-keys.ts` as an example).
 * What makes a change suspicious is not code: add rules to `resources/evidence/changes.json` and `errors.json`.
 */
import { parseInstant } from '../../core/time.ts';
import { type EvidenceAdapter, rejected } from './adapter.ts';
import { asObject, asText, bounded } from './json.ts';

export const example: EvidenceAdapter = {
  // Change: a short id in snake_case.
  id: 'example_log',

  // Change: recognise by content. `paths` holds the key paths of the first 64 KB, e.g. `entries[].eventId`.
  recognise(head) {
    if (!head.paths.has('entries[].eventId') || !head.paths.has('entries[].occurredAt')) return null;
    return { kind: 'records', recognisedAs: 'example_log', container: { kind: 'wrapped', key: 'entries' } };
  },

  // Change: one record in the shape of LogRecord. Say '' or null for what the record does not say; guess nothing.
  read(value, contentId) {
    const entry = asObject(value);
    if (entry === null) return rejected('not an object');
    const at = parseInstant(asText(entry['occurredAt']));
    if (at === null) return rejected('occurredAt is missing or is not a time in ISO 8601 with its zone');
    return {
      id: asText(entry['eventId']) || contentId(),
      at,
      source: 'example',
      name: bounded(asText(entry['action']), 128),
      region: '',
      account: '',
      principal: bounded(asText(entry['user']), 512),
      actor: 'unknown',
      sourceIp: '',
      userAgent: '',
      readOnly: null,
      errorCode: asText(entry['error']) || null,
      errorMessage: null,
      resources: [],
      flags: [],
      detail: '',
    };
  },

  // Change: sentences on the whole file, e.g. that the tool's default saves only the first page.
  notes: () => [],
};
