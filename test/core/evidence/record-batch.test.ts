import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogRecord } from '../../../main/core/evidence/model.ts';
import {
  guidOf,
  LIST_FIELD,
  type RecordBatch,
  TEXT_FIELDS,
  writePrint,
} from '../../../main/core/evidence/record-batch.ts';
import { recordBatcher } from '../../../main/core/evidence/record-batcher.ts';
import {
  shared,
  type SharedResources,
  type Template,
  wholeRecord,
} from '../../../main/core/evidence/templated-record.ts';
import { instantOf } from '../../../main/core/time.ts';
import { recordReader } from '../../support/record-batches.ts';

const word = fc.constantFrom('', 'a', 'b', 'c', 'é');
const record = fc.record<LogRecord>({
  id: fc.oneof(
    fc.uuid(),
    fc.uuid().map((id) => id.toUpperCase()),
    fc.string({ maxLength: 40 }),
  ),
  at: fc.integer({ min: 0, max: 20 }).map((seconds) => instantOf(seconds * 1000)),
  source: word,
  name: word,
  region: word,
  account: word,
  principal: word,
  actor: fc.constantFrom('person', 'role'),
  sourceIp: word,
  userAgent: word,
  readOnly: fc.constantFrom(true, false, null),
  errorCode: fc.option(word),
  errorMessage: fc.option(word),
  resources: fc.array(word, { maxLength: 3 }),
  flags: fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
  detail: word,
});

/** Which texts of which fields each record has, by what the lists of positions say. */
function textsByPosition(batch: RecordBatch, texts: readonly { field: number; value: string }[]): string[][] {
  const found = Array.from({ length: batch.records }, (): string[] => []);
  let from = 0;
  batch.postings.texts.forEach((text, index) => {
    const end = batch.postings.ends[index] ?? from;
    const { field, value } = texts[text - 1] ?? { field: -1, value: '' };
    for (const position of batch.postings.positions.subarray(from, end))
      found[position]?.push(`${TEXT_FIELDS[field] ?? String(field)} ${value}`);
    from = end;
  });
  return found.map((all) => all.sort());
}

function textsOf(one: LogRecord): string[] {
  const all: [string, string | null][] = [
    ['name', one.name],
    ['source', one.source],
    ['principal', one.principal],
    ['actor', one.actor],
    ['region', one.region],
    ['account', one.account],
    ['address', one.sourceIp],
    ['agent', one.userAgent],
    ['error', one.errorCode],
    ['message', one.errorMessage],
    ['detail', one.detail],
    ...[...new Set(one.resources)].map((resource): [string, string] => ['resource', resource]),
  ];
  return all
    .flatMap(([field, value]) => (value === null || value === '' ? [] : [`${field} ${value}`]))
    .sort();
}

test('what goes into batches comes out of them, oldest first, with the texts that each record has', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(record, { maxLength: 30 }), { maxLength: 4 }),
      fc.boolean(),
      (batches, reset) => {
        const batcher = recordBatcher();
        const read = recordReader();
        let texts: { field: number; value: string }[] = [];
        let vocabulary = 0;
        for (const records of batches) {
          if (reset) batcher.reset();
          for (const one of records) batcher.add(one);
          expect(batcher.size()).toBe(records.length);
          const batch = batcher.take();
          if (batch.vocabulary !== vocabulary) texts = [];
          vocabulary = batch.vocabulary;
          batch.newTexts.values.forEach((value, index) =>
            texts.push({ field: batch.newTexts.fields[index] ?? LIST_FIELD, value }),
          );
          const sorted = records
            .map((one, index) => ({ one, index }))
            .sort((a, b) => a.one.at.localeCompare(b.one.at) || a.index - b.index)
            .map(({ one }) => one);
          expect(read(batch)).toEqual(sorted);
          expect(textsByPosition(batch, texts)).toEqual(sorted.map(textsOf));
          sorted.forEach((one, position) => {
            const print = new Uint32Array(2);
            writePrint(one.id, print, 0);
            expect(batch.prints.slice(position * 2, position * 2 + 2)).toEqual(print);
          });
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('records in parts make the same batches as whole ones, whichever of them they share', () => {
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 1, maxLength: 5 }),
      fc.array(
        fc.array(
          fc.record({ template: fc.nat(), address: fc.nat(), resources: fc.nat(), whole: fc.boolean() }),
          {
            maxLength: 30,
          },
        ),
        { maxLength: 4 },
      ),
      fc.boolean(),
      (given, batches, reset) => {
        const at = (number: number): number => number % given.length;
        const templates = given.map((one): Template => shared(one));
        const addresses = given.map(({ sourceIp }) => shared<string, { text: number }>(sourceIp));
        const lists = given.map(({ resources }): SharedResources => shared(resources));
        const whole = recordBatcher();
        const parts = recordBatcher();
        // Parts may have been numbered by another, whose numbers say nothing here.
        const other = recordBatcher();
        batches.forEach((places, batch) => {
          if (reset) {
            whole.reset();
            parts.reset();
          }
          places.forEach((place, index) => {
            const template = templates[at(place.template)];
            const address = addresses[at(place.address)];
            const resources = lists[at(place.resources)];
            if (template === undefined || address === undefined || resources === undefined) return;
            const one = { template, address, resources, id: `${batch} ${index}`, at: template.value.at };
            whole.add(wholeRecord(one));
            if (place.whole) parts.add(wholeRecord(one));
            else parts.addTemplated(one);
            if (place.template % 7 === 0) other.addTemplated(one);
          });
          expect(parts.take()).toEqual(whole.take());
        });
      },
    ),
    { numRuns: 300 },
  );
});

test('a batch of many records keeps a call for each that differs, and packs their ids', () => {
  const batcher = recordBatcher();
  const calls = 5_000;
  const base: LogRecord = {
    id: '',
    at: instantOf(0),
    source: 's',
    name: 'n',
    region: 'r',
    account: 'a',
    principal: '',
    actor: 'role',
    sourceIp: '',
    userAgent: '',
    readOnly: true,
    errorCode: null,
    errorMessage: null,
    resources: [],
    flags: [],
    detail: '',
  };
  const idOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  for (let index = 0; index < calls * 2; index += 1)
    batcher.add({ ...base, id: idOf(index), principal: `p${index % calls}` });
  const batch = batcher.take();
  expect(batch.newCalls).toHaveLength(calls);
  expect(new Set(batch.call).size).toBe(calls);
  expect(batch.call.slice(0, calls)).toEqual(batch.call.slice(calls));
  expect(guidOf(batch.guids, 16 * 7_777)).toBe(idOf(7_777));
  expect(batch.otherIds).toEqual([]);
});
