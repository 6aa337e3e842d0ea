import { utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readEvidenceFile } from '../../../main/adapters/evidence/read-file.ts';
import { sampleRows } from '../../../main/adapters/evidence/sample-rows.ts';
import { guessMapping } from '../../../main/core/evidence/mapping/guess.ts';
import type { Mapping } from '../../../main/core/evidence/mapping/model.ts';
import type { FileReport, LogRecord } from '../../../main/core/evidence/model.ts';
import { inFolder } from './reading.ts';

const CHANGED = new Date('2026-03-05T00:00:00Z');

async function read(
  bytes: string | Buffer,
  mappings: readonly Mapping[],
): Promise<{ readonly records: readonly LogRecord[]; readonly report: FileReport }> {
  return inFolder(async (folder) => {
    const file = path.join(folder, 'shop-2026-03-04.log');
    await writeFile(file, bytes);
    await utimes(file, CHANGED, CHANGED);
    const records: LogRecord[] = [];
    const result = await readEvidenceFile(file, {
      signal: new AbortController().signal,
      onRecord: (record) => void records.push(record),
      mappings,
    });
    if (!result.ok) throw new Error(result.error.message);
    return { records, report: result.value };
  });
}

function mappingOf(text: string): Mapping {
  const sample = sampleRows(Buffer.from(text), true);
  const guess = sample === null ? null : guessMapping(sample, 'shop', CHANGED.getTime());
  if (guess === null) throw new Error('nothing was guessed');
  return guess.mapping;
}

const LINES = [
  '{"ts":"2026-03-04T09:26:48Z","level":"info","msg":"cart opened","svc":{"name":"cart"}}',
  '{"ts":"2026-03-04T09:26:49Z","level":"error","msg":"no database","svc":{"name":"cart"}}',
].join('\n');
const TABLE = 'When;Action;User\n2026-03-04 09:26:48;deploy;ana\n2026-03-04 09:30:00;rollback;"bo; jr"\n';
const ACCESS = [
  '203.0.113.9 - - [04/Mar/2026:09:26:48 +0000] "GET /cart HTTP/1.1" 200 31 "-" "curl/8"',
  '203.0.113.9 - - [04/Mar/2026:09:26:49 +0000] "GET /cart HTTP/1.1" 503 31 "-" "curl/8"',
].join('\n');
const TRACE = [
  '2026-03-04 09:26:48,120 ERROR [http-1] com.example.Cart - payment refused',
  'java.lang.IllegalStateException: closed',
  '    at com.example.Cart.pay(Cart.java:114)',
  '2026-03-04 09:26:49,000 INFO [http-1] com.example.Cart - retried',
].join('\n');
const SYSLOG = 'Mar  4 09:26:48 web-1 sshd[1]: up\nMar  4 09:26:49 web-1 sshd[1]: down\n';

test.each([
  ['lines of JSON', LINES, 'msg'],
  ['a list of JSON', `[${LINES.replace('\n', ',\n')}]`, 'msg'],
  ['a list in a document', `{"page":1,"logs":[${LINES.replace('\n', ',\n')}],"next":null}`, 'msg'],
  ['a table with semicolons', TABLE, 'Action'],
  ['a table with tabs', TABLE.replaceAll(';', '\t'), 'Action'],
  ['an access log', ACCESS, 'path'],
  ['a log with traces', TRACE, 'message'],
  ['a syslog', SYSLOG, 'message'],
])('%s waits for a mapping, and is read by it from then on', async (_, text, used) => {
  const before = await read(text, []);
  expect(before.report).toMatchObject({ recognisedAs: null, records: 0, mappable: true });
  expect(before.report.notes.join()).toContain('Guessed: time in');
  const mapping = mappingOf(text);
  expect(Object.values(mapping.fields)).toContain(used);
  const after = await read(text, [mapping]);
  expect(after.report).toMatchObject({ recognisedAs: 'mapped_rows', records: 2, rejected: 0 });
  expect(after.report.mappable).toBe(undefined);
  expect(after.report.window?.from.slice(0, 19)).toBe('2026-03-04T09:26:48');
});

describe('rows that are mapped', () => {
  test('keep an outcome, a trace and a place', async () => {
    const { records } = await read(TRACE, [mappingOf(TRACE)]);
    expect(records).toMatchObject([
      {
        name: 'payment refused',
        source: 'com.example.Cart',
        errorCode: 'ERROR',
        errorMessage:
          'payment refused\njava.lang.IllegalStateException: closed\n    at com.example.Cart.pay(Cart.java:114)',
        readOnly: true,
      },
      { name: 'retried', errorCode: null, detail: 'retried' },
    ]);
  });

  test('that are alike within a moment are all kept, and the same in an overlapping export', async () => {
    const line = SYSLOG.split('\n')[0] ?? '';
    const mapping = mappingOf(SYSLOG);
    const twice = await read(`${line}\n${line}\n`, [mapping]);
    expect(new Set(twice.records.map(({ id }) => id)).size).toBe(2);
    const overlapping = await read(`${line}\n${line}\n${SYSLOG.split('\n')[1] ?? ''}\n`, [mapping]);
    expect(overlapping.records.slice(0, 2).map(({ id }) => id)).toEqual(twice.records.map(({ id }) => id));
  });

  test('say whose clock and which year was taken', async () => {
    const { records, report } = await read(SYSLOG, [
      { ...mappingOf(SYSLOG), time: { field: 'time', zone: 'Europe/Berlin', order: 'dmy' } },
    ]);
    expect(records[0]?.at).toBe('2026-03-04T08:26:48.000Z');
    expect(report.notes).toEqual([
      'Read as mapped by hand, “shop”, with the time in “time”.',
      'Times without a zone, taken as Europe/Berlin: 2.',
      "Times without a year, each taken as the latest that is not after the file's last change: 2.",
    ]);
  });

  test('are refused one by one, with their place', async () => {
    const mapping = mappingOf(TABLE);
    const text = `${TABLE}soon;deploy;ana\n2026-03-04 10:00:00;deploy\n2026-03-04 10:00:01;"open;x\n2026-03-04 10:00:02;close;y\n`;
    const { records, report } = await read(text, [mapping]);
    expect(records.map(({ name }) => name)).toEqual(['deploy', 'rollback', 'close']);
    expect(report.rejects.map(({ reason }) => reason)).toEqual([
      'When is not a time: soon',
      '2 cells where the header has 3',
      'a quote that is not closed',
    ]);
  });

  test('are those of another shape no longer', async () => {
    const other = TABLE.replace('User', 'Team');
    expect((await read(other, [mappingOf(TABLE)])).report).toMatchObject({
      recognisedAs: null,
      mappable: true,
    });
  });

  test.each([
    ['a letter', 'Dear colleague,\nplease find below, as agreed, the figures.\nYours, A.\n'],
    ['a table without times', 'name,price\nbolt,1.20\nnut,0.80\n'],
    ['a document', '{"version":3,"items":[{"name":"x"}]}'],
    ['a program', 'import { a } from "b";\nconst x = a(1, 2);\n'],
  ])('are not in %s', async (_, text) => {
    const { report } = await read(text, []);
    expect([report.recognisedAs, report.mappable]).toEqual([null, undefined]);
  });
});

describe('the encoding of a file', () => {
  test.each([
    ['utf-16le', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['utf-16be', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['utf-16le without a mark', (text: string) => Buffer.from(text, 'utf16le')],
  ])('%s is read as such', async (_, encode) => {
    const { records, report } = await read(encode(TABLE.replace('ana', 'Änne')), [mappingOf(TABLE)]);
    expect(records.map(({ principal }) => principal)).toEqual(['Änne', 'bo; jr']);
    expect(report.notes[0]).toBe('The file is in UTF-16 and was read as such; places count bytes of UTF-8.');
  });

  test('that is not UTF-8 is told, and its rows are kept', async () => {
    const bytes = Buffer.from(TABLE.replace('ana', 'Änne'), 'latin1');
    const { records, report } = await read(bytes, [mappingOf(TABLE)]);
    expect(records).toHaveLength(2);
    expect(report.notes.join()).toContain('1 records hold bytes that are not UTF-8, as in Windows-1252');
  });
});
