import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { cloudTrail } from '../../../main/adapters/evidence/cloudtrail.ts';
import { quickReader as inParts } from '../../../main/adapters/evidence/cloudtrail-quick.ts';
import { BESIDES, type ReadEvent, RUNS } from '../../../main/adapters/evidence/cloudtrail-runs.ts';
import {
  asList,
  asObject,
  type Json,
  type JsonObject,
  parseJson,
} from '../../../main/adapters/evidence/json.ts';
import type { LogRecord } from '../../../main/core/evidence/model.ts';
import { wholeRecord } from '../../../main/core/evidence/templated-record.ts';
import { generatedEvents, recordsFile } from '../../support/cloudtrail.ts';
import { mutatedBytes, mutatedValue, randomFrom } from '../../support/mutate.ts';
import { recordings } from '../../support/recordings.ts';
import { FIXTURES, readBytesAsFile } from './reading.ts';

const CASES = Number(process.env['DEMARC_FUZZ_CASES'] ?? 10_000);

/** Puts together what is read in parts. */
function quickReader(read: ReadEvent): (text: string) => LogRecord | null {
  const quick = inParts(read);
  return (text) => {
    const record = quick(text);
    return record === null ? null : wholeRecord(record);
  };
}

const readEvent: ReadEvent = (event, contentId) => {
  const read = cloudTrail.read(event, contentId);
  if ('finding' in read || 'findings' in read) throw new Error('CloudTrail has no findings.');
  return read;
};

/** The usual way of reading one event's bytes; null when it gives no record. */
function readSlowly(bytes: Buffer): LogRecord | null {
  const value = parseJson(bytes.toString('utf8'));
  const event = value === undefined ? null : asObject(value);
  const read = event === null ? null : readEvent(event, () => 'made of the bytes');
  return read !== null && 'id' in read ? read : null;
}

/** Real events where recordings are, and our own: all in the order of keys in which CloudTrail writes them. */
async function seedEvents(): Promise<JsonObject[]> {
  const recorded = recordings();
  const folders = [FIXTURES, ...(recorded === null ? [] : [path.join(recorded, 'evidence/cloudtrail')])];
  const found: JsonObject[] = [];
  for (const folder of folders.filter(existsSync)) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((one) => one.isFile() && one.name.endsWith('.json'))) {
      const value = parseJson(await readFile(path.join(entry.parentPath, entry.name), 'utf8'));
      for (const record of asList(asObject(value)?.['Records'] ?? value)) {
        const event = asObject(record);
        if (event?.['eventName'] !== undefined) found.push(inWrittenOrder(event));
      }
    }
  }
  const generated = generatedEvents({ seed: 7, events: 2_000, from: Date.UTC(2026, 2, 4), minutes: 20 });
  for (const text of generated) found.push(JSON.parse(text) as JsonObject);
  return found;
}

const WRITTEN_ORDER = [
  ...[
    'eventVersion',
    'userIdentity',
    'eventTime',
    'eventSource',
    'eventName',
    'awsRegion',
    'sourceIPAddress',
  ],
  ...[
    'userAgent',
    'errorCode',
    'errorMessage',
    'requestParameters',
    'responseElements',
    'additionalEventData',
  ],
  ...['requestID', 'eventID', 'readOnly', 'resources', 'eventType', 'apiVersion', 'managementEvent'],
];

function inWrittenOrder(event: JsonObject): JsonObject {
  const known = WRITTEN_ORDER.filter((key) => event[key] !== undefined);
  const others = Object.keys(event).filter((key) => !known.includes(key));
  return Object.fromEntries([...known, ...others].map((key) => [key, event[key]]));
}

test('most events as CloudTrail writes them are read quickly, and as the usual way reads them', async () => {
  const quick = quickReader(readEvent);
  let quickly = 0;
  const events = await seedEvents();
  for (const event of [...events, ...events]) {
    const bytes = Buffer.from(JSON.stringify(event));
    const record = quick(bytes.toString('latin1'));
    if (record === null) continue;
    quickly += 1;
    expect(record).toEqual(readSlowly(bytes));
  }
  expect(quickly / (events.length * 2)).toBeGreaterThan(0.8);
});

type Member = readonly [key: string, value: string];

/** The event's text with members swapped, doubled, left out, put in from others, respaced, or with their values exchanged. */
function mutatedText(event: JsonObject, random: () => number, others: readonly JsonObject[]): string {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const members: Member[] = Object.entries(event).map(([key, value]) => [key, JSON.stringify(value)]);
  for (let left = Math.floor(random() * 4); left > 0; left -= 1) {
    const at = Math.floor(random() * members.length);
    const [key, value] = members[at] ?? ['', 'null'];
    const other = pick(others);
    const kind = Math.floor(random() * 10);
    if (kind === 0) members.splice(at, 1);
    else if (kind === 1) members.splice(Math.floor(random() * members.length), 0, [key, value]);
    else if (kind === 2) members.push(members.splice(at, 1)[0] ?? ['', 'null']);
    else if (kind === 3) members.splice(at, 0, [key, JSON.stringify(other[key] ?? null)]);
    else if (kind === 4)
      members[at] = [key, JSON.stringify(mutatedValue(other[key] ?? null, random, others))];
    else if (kind === 5) members.splice(at, 0, [pick(STRAY_KEYS), pick(STRAY_VALUES)]);
    else if (kind === 6) members[at] = [key, value.replace(/"([a-z])/, '"\\u0061$1')];
    else if (kind === 7)
      members[at] = [key, value.replace(/[a-z]/, pick(['é', '\u2028', '\\n', '\\"', '\n', '\u007f']))];
    else if (kind === 8) members[at] = [key, `{"inner":${JSON.stringify(other)}}`];
    else members[at] = [key, ` ${value} `];
  }
  return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
}

const STRAY_KEYS = [
  '__proto__',
  'eventID',
  'readOnly',
  'addendum',
  'eventCategory',
  'constructor',
  'errorCode',
  'x',
];
const STRAY_VALUES = [
  '{"reason":"SERVICE_OUTAGE","eventCategory":"Insight"}',
  '"Insight"',
  '"true"',
  'null',
  '{"a":[1,{"eventTime":"2026-03-04T07:33:00Z","eventSource":"x"}]}',
  '"\\",\\"eventID\\":\\""',
  '["}",{"{":"]"}]',
  '',
  '1,',
];

test(
  'whatever is changed in an event, what is read quickly is what the usual way reads',
  async () => {
    const events = await seedEvents();
    const random = randomFrom(40_961);
    let quick = quickReader(readEvent);
    let quickly = 0;
    for (let done = 0; done < CASES; done += 1) {
      // A fresh one now and then: one that is refused too often lets events pass unread for a while.
      if (done % 500 === 0) quick = quickReader(readEvent);
      const event = events[Math.floor(random() * events.length)] ?? {};
      const text = Buffer.from(mutatedText(event, random, events));
      const bytes = random() < 0.7 ? text : mutatedBytes(text, random);
      const record = quick(bytes.toString('latin1'));
      if (record === null) continue;
      quickly += 1;
      expect(record, bytes.toString()).toEqual(readSlowly(bytes));
    }
    expect(quickly).toBeGreaterThan(CASES / 10);
  },
  CASES * 60,
);

test('a file is read alike whether its events are read quickly or not', async () => {
  const events = (await seedEvents()).slice(-1_500);
  const random = randomFrom(77);
  const texts = events.map((event) =>
    random() < 0.1 ? mutatedText(event, random, events) : JSON.stringify(event),
  );
  const whole = Buffer.from(recordsFile(texts));
  const files = [whole, ...Array.from({ length: 20 }, () => mutatedBytes(whole, random))];
  for (const file of files) {
    const quickly = await readBytesAsFile(file);
    // With a lower bound on depth nothing is read quickly, and no event is as deep as that.
    const slowly = await readBytesAsFile(file, { depth: 99 });
    expect({ ...quickly, report: { ...quickly.report, file: '' } }).toEqual({
      ...slowly,
      report: { ...slowly.report, file: '' },
    });
  }
});

test('a request that names a risk is flagged, and another account’s too, each time it is met', () => {
  const quick = quickReader(readEvent);
  const [first = ''] = [...generatedEvents({ seed: 1, events: 1, from: 0, minutes: 1 })];
  const event = {
    ...(JSON.parse(first) as JsonObject),
    eventSource: 's3.amazonaws.com',
    eventName: 'PutBucketPolicy',
  };
  const withPolicy = (principal: string): string =>
    JSON.stringify({
      ...event,
      requestParameters: {
        bucketName: 'b',
        bucketPolicy: { Statement: [{ Effect: 'Allow', Principal: principal, Action: 's3:GetObject' }] },
      },
    });
  const flags = ['*', 'arn:aws:iam::999988887777:root', '*', 'arn:aws:iam::111122223333:root'].map(
    (principal) => quick(withPolicy(principal))?.flags,
  );
  expect(flags).toEqual([['public_principal'], ['other_account'], ['public_principal'], []]);
});

test('what looks like an event seen before and is none, or another, is not taken for it', () => {
  const usual = [...generatedEvents({ seed: 1, events: 100, from: 0, minutes: 1 })].find(
    (text) => text.includes('"AssumedRole"') && text.includes('"GetRole"') && !text.includes('"errorCode"'),
  );
  if (usual === undefined) throw new Error('No such event was generated.');
  const event = JSON.parse(usual) as JsonObject;
  const identity = asObject(event['userIdentity']) ?? {};
  const session = (name: string, console: boolean): string =>
    JSON.stringify({
      ...event,
      userIdentity: { ...identity, arn: `arn:aws:sts::111122223333:assumed-role/service/${name}` },
      ...(console && { sessionCredentialFromConsole: 'true' }),
    });
  const texts = [
    usual,
    usual.replace(/("eventID":"[^"]*",).*$/, '$1}'),
    usual.replace(/("eventID":"[^"]*",).*$/, '$1 }'),
    usual.replace(/"requestParameters":.*?,"responseElements"/, '"responseElements"'),
    usual.replace(/"requestParameters":.*?,"responseElements"/, ',"responseElements"'),
    usual.replace(/("eventTime":"[^Z]*)Z/, '$1\n'),
    usual.replace(/("eventTime":"[^Z]*)Z/, '$1z'),
    usual.replace('"awsRegion"', '"__proto__":{"errorCode":"Inherited"},"awsRegion"'),
    usual.replace('"sourceIPAddress":"', '"sourceIPAddress":"\\",'),
    usual.replace('"requestID":"', '"requestID":"\\'),
    `[${usual}`,
    `${usual}}`,
    session('one', false),
    session('two', false),
    session('one', true),
    session('two', true),
    usual,
  ];
  const quick = quickReader(readEvent);
  for (const text of texts) {
    const record = quick(text);
    if (record !== null) expect(record, text).toEqual(readSlowly(Buffer.from(text)));
  }
  expect(quick(session('two', true))?.detail).toBe('session two');
});

test('every field that an event is read from is known to stand in one of its parts', async () => {
  const asked = new Set<string>();
  for (const event of await seedEvents()) {
    const watched = new Proxy(event, {
      get: (target, key): Json | undefined => {
        asked.add(String(key));
        return target[String(key)];
      },
    });
    readEvent(watched, () => 'made of the bytes');
  }
  const known: readonly string[] = [...Object.values(RUNS).flat(), ...BESIDES];
  expect([...asked].filter((key) => !known.includes(key))).toEqual([]);
});

test('events that have nothing in common are left to the usual way, and nothing of them is kept', () => {
  const quick = quickReader(readEvent);
  const events = [...generatedEvents({ seed: 3, events: 6_000, from: 0, minutes: 600 })];
  let quickly = 0;
  for (const [index, text] of events.entries()) {
    const event = JSON.parse(text) as JsonObject;
    const own = String(index).padStart(8, '0');
    const strange = JSON.stringify({
      ...event,
      eventVersion: own,
      eventName: `Name${own}`,
      sourceIPAddress: own,
      userAgent: own,
      requestParameters: { own },
      responseElements: { own },
      tlsDetails: { own },
    });
    if (quick(strange) !== null) quickly += 1;
  }
  expect(quickly).toBeGreaterThan(0);
  expect(quickly).toBeLessThan(2_000);
});
