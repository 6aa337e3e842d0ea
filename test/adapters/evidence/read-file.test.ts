import { createHash } from 'node:crypto';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readEvidenceFile } from '../../../main/adapters/evidence/read-file.ts';
import { FileReport, LogRecord } from '../../../main/core/evidence/model.ts';
import { generatedEvents, recordsFile } from '../../support/cloudtrail.ts';
import { FINDINGS, FIXTURES, inFolder, readAll, readBytesAsFile } from './reading.ts';

const HOUR = path.join(FIXTURES, 'hour.json');
const events = [...generatedEvents({ seed: 7, events: 60, from: Date.UTC(2026, 2, 4, 9), minutes: 30 })];
const [first = '', second = '', third = ''] = events;

async function hourIds(): Promise<readonly string[]> {
  return (await readAll(HOUR)).records.map((record) => record.id);
}

describe('a sound file', () => {
  test('is reported with what it covers, and its stored bytes are hashed', async () => {
    const bytes = await readFile(HOUR);
    const { report, records } = await readAll(HOUR);
    expect(report).toEqual({
      file: HOUR,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: bytes.length,
      recognisedAs: 'cloudtrail_records',
      records: 33,
      duplicates: 0,
      rejected: 0,
      findings: 0,
      failing: 0,
      scanned: null,
      rejects: [],
      window: { from: '2026-03-04T08:35:04.000Z', to: '2026-03-04T09:34:59.000Z' },
      accounts: ['111122223333'],
      regions: ['eu-west-1', 'us-east-1'],
      notes: [],
    });
    expect(FileReport.safeParse(report).success).toBe(true);
    expect(records.filter((record) => !LogRecord.safeParse(record).success)).toEqual([]);
  });

  test('compressed gives the same records and the hash of the compressed bytes', async () => {
    const file = path.join(FIXTURES, 'hour.json.gz');
    const { report, records } = await readAll(file);
    expect(records).toEqual((await readAll(HOUR)).records);
    expect(report.sha256).toBe(
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    );
    expect(report.notes).toEqual([]);
  });

  test('of several gzip members, also of several documents, is read to its end', async () => {
    const half = Math.floor(events.length / 2);
    const whole = recordsFile(events);
    const split = Buffer.concat([gzipSync(whole.slice(0, 5_000)), gzipSync(whole.slice(5_000))]);
    const documents = Buffer.concat([
      gzipSync(recordsFile(events.slice(0, half))),
      gzipSync(recordsFile(events.slice(half))),
    ]);
    const expected = (await readBytesAsFile(whole)).records;
    expect((await readBytesAsFile(split)).records).toEqual(expected);
    expect((await readBytesAsFile(documents)).records).toEqual(expected);
  });

  const detail = (text: string): string => `{"detail-type":"x","source":"aws.ec2","detail":${text}}`;
  test.each<[string, string, string]>([
    ['a bare list', `[${events.join(',\n')}]`, 'cloudtrail_list'],
    ['lines', events.join('\n'), 'cloudtrail_lines'],
    [
      'indented',
      JSON.stringify({ Records: events.map((text) => JSON.parse(text) as unknown) }, null, 2),
      'cloudtrail_records',
    ],
    ['lines of EventBridge', events.map(detail).join('\n'), 'cloudtrail_eventbridge'],
    ['a list of EventBridge', `[${events.map(detail).join(',')}]`, 'cloudtrail_eventbridge'],
    [
      'lookup-events',
      JSON.stringify({ Events: events.map((text) => ({ EventId: 'x', CloudTrailEvent: text })) }),
      'cloudtrail_lookup',
    ],
    [
      'CloudWatch Logs',
      JSON.stringify({ events: events.map((message) => ({ timestamp: 1, message, ingestionTime: 2 })) }),
      'cloudtrail_logs',
    ],
    ['a byte order mark before it', `\uFEFF${recordsFile(events)}`, 'cloudtrail_records'],
    [
      'other keys around the records',
      `{"a":{"Records":[{"x":1}]},"b":"Records","Records":[${events.join(',')}],"c":[{}]}`,
      'cloudtrail_records',
    ],
  ])('is recognised by content: %s', async (_shape, text, recognisedAs) => {
    const { report, records } = await readBytesAsFile(text);
    expect([report.recognisedAs, report.rejected]).toEqual([recognisedAs, 0]);
    expect(records).toEqual((await readBytesAsFile(recordsFile(events))).records);
  });

  test('read twice gives the same ids, also for records without one', async () => {
    const text = recordsFile(events.map((event) => event.replace(/"eventID":"[^"]*"/, '"eventID":"1"')));
    const [one, two] = [await readBytesAsFile(text), await readBytesAsFile(gzipSync(text))];
    expect(one.records.map((record) => record.id)).toEqual(two.records.map((record) => record.id));
    expect(new Set(one.records.map((record) => record.id)).size).toBe(events.length);
  });

  test('that is one page of lookup-events says what it may lack', async () => {
    const { report } = await readAll(path.join(FIXTURES, 'lookup-events.json'));
    expect([report.records, report.notes]).toEqual([
      2,
      [
        'lookup-events gives management events of one region and at most 90 days.',
        'This may be the first page only: there were more events than were saved.',
      ],
    ]);
  });

  test('is read no further while whoever takes it asks for a pause', async () => {
    const many = recordsFile(generatedEvents({ seed: 1, events: 4_321, from: 0, minutes: 60 }));
    await inFolder(async (folder) => {
      const file = path.join(folder, 'many.json');
      await writeFile(file, many);
      const sizes: number[] = [0];
      let busy = false;
      const result = await readEvidenceFile(file, {
        signal: new AbortController().signal,
        onRecord: () => {
          expect(busy).toBe(false);
          sizes.push((sizes.pop() ?? 0) + 1);
        },
        onPause: async () => {
          busy = true;
          await new Promise(setImmediate);
          busy = false;
          sizes.push(0);
        },
      });
      expect(result.ok).toBe(true);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(4_321);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
    });
  });
});

describe('a damaged file', () => {
  test('that is cut off gives every record before the cut', async () => {
    const { report, records } = await readAll(path.join(FIXTURES, 'hour-cut-off.json'));
    expect(records.map((record) => record.id)).toEqual((await hourIds()).slice(0, 20));
    expect([report.rejected, report.rejects[0]?.reason, report.notes]).toEqual([
      1,
      'cut off before its end',
      ['The file is cut off: it ends in the middle of its content.'],
    ]);
  });

  test('with bad records gives the good ones and lists the bad by place', async () => {
    const file = path.join(FIXTURES, 'hour-bad-records.json');
    const text = await readFile(file, 'utf8');
    const { report, records } = await readAll(file);
    const ids = await hourIds();
    expect(records.map((record) => record.id)).toEqual(
      ids.filter((_id, index) => ![4, 9, 15].includes(index)),
    );
    expect(report.rejects).toEqual([
      {
        place: `record 5, byte ${text.lastIndexOf('{"eventVersion"', text.indexOf('yesterday'))}`,
        reason: 'eventTime is missing or is not a time in ISO 8601',
      },
      {
        place: `record 10, byte ${text.lastIndexOf('{"eventVersion"', text.indexOf('ListObjects,'))}`,
        reason: 'damaged: it does not end before the next record begins',
      },
      {
        place: `record 16, byte ${text.indexOf('\n42') + 1}`,
        reason: 'the character 4 where a record should begin',
      },
    ]);
    expect([report.records, report.rejected, report.notes]).toEqual([30, 3, []]);
  });

  test('that is a cut off gzip gives what came before', async () => {
    const packed = gzipSync(recordsFile(events));
    const { report, records } = await readBytesAsFile(packed.subarray(0, Math.floor(packed.length / 2)));
    expect(records.length).toBeGreaterThan(10);
    expect(records.length).toBeLessThan(events.length);
    expect(report.notes).toEqual(['The compressed file is cut off; what came before was read.']);
  });

  test('that is a gzip with a wrong checksum gives everything, and says where it is damaged', async () => {
    const packed = gzipSync(recordsFile(events));
    const checksum = packed.length - 8;
    packed[checksum] = (packed[checksum] ?? 0) ^ 0xff;
    const { report, records } = await readBytesAsFile(packed);
    expect(records.length).toBe(events.length);
    expect(report.notes).toEqual([
      `The compressed data is damaged at byte ${checksum + 3}; what came before was read, and the last records of it may be wrong.`,
    ]);
  });

  test('that is a gzip damaged in the middle of a long file gives what came before', async () => {
    const many = [...generatedEvents({ seed: 9, events: 3_000, from: 0, minutes: 60 })];
    const packed = gzipSync(recordsFile(many));
    const middle = Math.floor(packed.length / 2);
    packed.fill(0xff, middle, middle + 64);
    const { report, records } = await readBytesAsFile(packed);
    expect(records.length).toBeGreaterThan(1_400);
    expect(records.length).toBeLessThan(1_600);
    // Deflate goes on for a while in damaged data before it notices, so the last few may be made up.
    const sound = (await readBytesAsFile(recordsFile(many))).records;
    expect(records.slice(0, 1_400)).toEqual(sound.slice(0, 1_400));
    expect(Number(/damaged at byte (\d+);/.exec(report.notes[0] ?? '')?.[1])).toBeGreaterThanOrEqual(middle);
  });

  test.each<[string, Buffer, RegExp | null]>([
    ['zeros', Buffer.alloc(40_000), null],
    [
      'text',
      Buffer.alloc(40_000, 'x'),
      /^The compressed data is damaged at byte \d+; what came before was read/,
    ],
    [
      'zeros and text',
      Buffer.alloc(40_000).fill('x', 30_000),
      /^Bytes follow the compressed data at byte \d+; they were not read\.$/,
    ],
  ])('that is a gzip with %s behind it loses nothing', async (_case, behind, note) => {
    const packed = gzipSync(recordsFile(events));
    const { report, records } = await readBytesAsFile(Buffer.concat([packed, behind]));
    expect(records.length).toBe(events.length);
    expect(report.notes.length).toBe(note === null ? 0 : 1);
    if (note !== null) expect(report.notes[0]).toMatch(note);
  });

  test('with NUL bytes between and after its records loses none', async () => {
    const text = `{"Records":[${first},\0\0\0${second},${third}]}${'\0'.repeat(5_000)}`;
    const { report, records } = await readBytesAsFile(text);
    expect(records.length).toBe(3);
    expect(report.rejects.map((reject) => reject.reason)).toEqual(['a NUL byte where a record should begin']);
  });

  test('with damage that brings the inside of a record to the top keeps the record before it', async () => {
    const event = await readFile(path.join(FINDINGS, 'securityhub-eventbridge-ocsf.json'), 'utf8');
    const damaged = event.replace('"0",', '"0",}').replaceAll('snapshot:orders', 'snapshot:carts');
    const { findings, report } = await readBytesAsFile(event + damaged);
    expect(findings.map(({ resource }) => resource)).toEqual([
      'arn:aws:rds:eu-west-1:111122223333:snapshot:orders',
    ]);
    expect(report.rejected).toBeGreaterThan(0);
  });

  test('with NUL bytes in a record loses that record alone', async () => {
    const { report, records } = await readBytesAsFile(
      recordsFile([first, second.replace('ec2', 'e\0c').replace('awsRegion', 'aws\0Region'), third]),
    );
    expect([records.length, report.rejected]).toEqual([2, 1]);
  });

  test('with lines that are no records gives the others', async () => {
    const { report, records } = await readBytesAsFile(
      [first, 'Jul 10 12:00 error', second, '{"eventName":', '', '[1,2]', '"text"', third, '{"a":1}'].join(
        '\n',
      ),
    );
    expect(records.length).toBe(3);
    expect(report.rejects.map((reject) => reject.reason)).toEqual([
      'the character J where a record should begin',
      'damaged: it does not end before the next record begins',
      'no CloudTrail event in it',
    ]);
  });

  test('with bytes that are not UTF-8 is read, and says so', async () => {
    const latin1 = Buffer.from(
      recordsFile([first.replace('"awsRegion"', '"note":"Zürich","awsRegion"'), second]),
      'latin1',
    );
    const { report, records } = await readBytesAsFile(latin1);
    expect(records.length).toBe(2);
    expect(report.notes).toEqual([
      '1 records hold bytes that are not UTF-8, as in Windows-1252; those are shown as \uFFFD.',
    ]);
  });

  test.each([
    ['with its mark', `\uFEFF${recordsFile(events)}`],
    ['without', recordsFile(events)],
  ])('in UTF-16 %s is read as such', async (_case, text) => {
    const { report, records } = await readBytesAsFile(Buffer.from(text, 'utf16le'));
    expect([records.length, report.notes]).toEqual([
      events.length,
      ['The file is in UTF-16 and was read as such; places count bytes of UTF-8.'],
    ]);
  });

  test.each<[string, Buffer | string, string]>([
    [
      'UTF-32',
      Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), Buffer.from('{\0\0\0}\0\0\0')]),
      'The file is in UTF-32; save it as UTF-8 and import it again.',
    ],
    ['nothing', '', 'The file is empty.'],
    [
      'a login page',
      '<!DOCTYPE html><title>Sign in</title>',
      'This is a web page, not a log: perhaps a login page was saved.',
    ],
    ['other JSON', '{"hello":"world"}', 'This is JSON, but of no kind that is known here.'],
    [
      'notifications of S3, which look alike',
      '{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventTime":"x","eventName":"ObjectCreated:Put","s3":{}}]}',
      'This is JSON, but of no kind that is known here.',
    ],
    [
      'a picture',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]),
      'This is no kind of file that is known here.',
    ],
    [
      'a zip archive',
      'PK\x03\x04a.json{"Records":[]}',
      'This is a zip archive or a workbook, which is not read here. Unpack it and import what is in it, or save the workbook as CSV.',
    ],
    [
      'a packed tar archive',
      gzipSync(`a.jsonl${'\0'.repeat(250)}ustar\0{"time":"2026-03-04T09:26:48Z"}`),
      'This is a tar archive, which is not read here. Unpack it and import what is in it.',
    ],
    [
      'a Parquet file',
      'PAR1\0\0',
      'This is a Parquet file, which is not read here. Export the same as JSON or CSV.',
    ],
    [
      'what a command said when it failed',
      'An error occurred (AccessDenied) when calling the LookupEvents operation: no',
      'This is what the AWS command line said when it failed, not what it was asked for: “An error occurred (AccessDenied) when calling the LookupEvents operation”.',
    ],
    ['gzip of nothing known', gzipSync('hello'), 'This is no kind of file that is known here.'],
  ])('that is %s is not recognised, with a sentence', async (_case, bytes, note) => {
    const { report, records } = await readBytesAsFile(bytes);
    expect([records, report.recognisedAs, report.records, report.notes]).toEqual([[], null, 0, [note]]);
  });

  test('that is a digest is skipped knowingly', async () => {
    const { report } = await readAll(path.join(FIXTURES, 'digest.json'));
    expect([report.recognisedAs, report.records, report.notes]).toEqual([
      'cloudtrail_digest',
      0,
      ['A CloudTrail digest: it proves that log files are unchanged and holds no events.'],
    ]);
  });

  test('with Insights events among others counts those it leaves out', async () => {
    const insight = second.replace('"eventCategory":"Management"', '"eventCategory":"Insight"');
    const { report } = await readBytesAsFile(recordsFile([first, insight, third]));
    expect([report.records, report.rejected, report.notes]).toEqual([
      2,
      0,
      ['Left out knowingly (1): Insights events.'],
    ]);
  });

  test('that is not there, or a folder, cannot be read', async () => {
    await inFolder(async (folder) => {
      const options = { signal: new AbortController().signal, onRecord: () => undefined };
      const missing = path.join(folder, 'missing');
      expect(await readEvidenceFile(missing, options)).toEqual({
        ok: false,
        error: { code: 'unreadable', message: 'The file cannot be opened: it is not there.', place: missing },
      });
      expect(await readEvidenceFile(folder, options)).toEqual({
        ok: false,
        error: { code: 'unreadable', message: 'This is not a regular file.', place: folder },
      });
    });
  });

  test('that shrinks while it is read gives what was there', async () => {
    await inFolder(async (folder) => {
      const file = path.join(folder, 'shrinking.json');
      const many = recordsFile(generatedEvents({ seed: 3, events: 3_000, from: 0, minutes: 60 }));
      await writeFile(file, many);
      let records = 0;
      const result = await readEvidenceFile(file, {
        signal: new AbortController().signal,
        onRecord: () => void (records += 1),
        onPause: () => truncate(file, 600_000),
      });
      expect(result).toMatchObject({ ok: true, value: { records } });
      expect(result.ok ? result.value.notes[0] : '').toMatch(
        /^The file became shorter while it was read: \d+ of \d+ bytes were there\.$/,
      );
    });
  });
});
