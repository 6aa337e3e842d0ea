import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectKind, readFeed } from '../../../main/adapters/feeds/registry.ts';
import { FeedKind, FeedReading } from '../../../main/core/feeds/model.ts';
import { Instant } from '../../../main/core/time.ts';
import { bytesOf, fixture, fixtures, read } from './fixtures.ts';

const context = { fetchedAt: Instant.parse('2031-03-02T13:30:00.000Z') };
const KINDS = FeedKind.options;

/** A reading keeps to the model, and says why whenever it is not `ok`. */
function expectSound(reading: FeedReading): void {
  FeedReading.parse(reading);
  expect(reading.feedState === 'ok' ? reading.events.length > 0 : (reading.reason ?? '').length > 0).toBe(
    true,
  );
}

const json = (name: string): unknown => JSON.parse(new TextDecoder().decode(fixture(name)));

describe('no bytes make a parser throw', () => {
  test('noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        for (const kind of KINDS) expectSound(readFeed(kind, bytes, context));
        detectKind(bytes);
      }),
    );
  });

  test('any JSON, alone and where the items are', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        for (const shape of [
          text,
          `[${text}]`,
          `{"incidents":[${text}],"components":[${text}],"status":${text}}`,
        ]) {
          for (const kind of KINDS) expectSound(readFeed(kind, bytesOf(shape), context));
        }
      }),
    );
  });

  test('good documents with bytes changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...fixtures()),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 5 }),
        ({ kind, bytes }, changes) => {
          const changed = Uint8Array.from(bytes);
          for (const [at, byte] of changes) changed[at % changed.length] = byte;
          expectSound(readFeed(kind, changed, context));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('good documents with any one value replaced', () => {
    const documents = fixtures().filter(({ name }) => /traps.*\.json$/.test(name));
    fc.assert(
      fc.property(
        fc.constantFrom(...documents),
        fc.nat(),
        fc.jsonValue({ maxDepth: 2 }),
        ({ name, kind }, at, value) => {
          expectSound(readFeed(kind, bytesOf(JSON.stringify(replaceOne(json(name), at, value))), context));
        },
      ),
      { numRuns: 1000 },
    );
  });
});

/** The document with its `at`-th value (in reading order, counted round) replaced. */
function replaceOne(document: unknown, at: number, value: unknown): unknown {
  let count = 0;
  JSON.stringify(document, (_, each: unknown) => ((count += 1), each));
  let seen = -1;
  const text = JSON.stringify(document, (_, each: unknown) => ((seen += 1) === at % count ? value : each));
  return JSON.parse(text ?? 'null');
}

/** The value as the list it must be. */
function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error('not a list');
  return value;
}

describe('a document that is cut off never says ok or empty', () => {
  test.each(fixtures().map(({ name }) => name))('%s, cut anywhere', (name) => {
    const entry = fixtures().find((each) => each.name === name);
    if (entry === undefined) throw new Error('no such fixture');
    const end = new TextDecoder().decode(entry.bytes).trimEnd().length;
    const states = new Set<string>();
    const step = Math.max(1, Math.floor(end / 400));
    for (let length = end - 1; length >= 0; length -= length > end - 60 ? 1 : step) {
      states.add(read(entry.kind, entry.bytes.subarray(0, length)).feedState);
    }
    expect([...states]).toEqual(['unreadable']);
  });
});

describe('one bad item never loses the others', () => {
  test.each<[FeedKind, string]>([
    ['gcp_incidents', 'gcp-traps.json'],
    ['aws_public_events', 'aws_public_events.traps.json'],
    ['google_workspace', 'google_workspace.traps.json'],
    ['salesforce_trust', 'salesforce_trust.traps.json'],
    ['aws_health_events', 'aws_health_events.bridge.json'],
  ])('%s, an array', (kind, name) => {
    const items = list(json(name));
    const good = read(kind, bytesOf(JSON.stringify(items))).events;
    fc.assert(
      fc.property(fc.nat({ max: items.length }), fc.jsonValue({ maxDepth: 2 }), (at, bad) => {
        const spoilt = [...items.slice(0, at), bad, ...items.slice(at)];
        expect(read(kind, bytesOf(JSON.stringify(spoilt))).events).toEqual(good);
      }),
    );
  });

  test.each<[FeedKind, string, readonly string[]]>([
    ['statuspage', 'statuspage-traps.json', ['incidents', 'components']],
    ['aws_public_events', 'aws_public_events.data-json.json', ['current', 'archive']],
    ['azure_service_health', 'azure_service_health.traps.json', ['value', 'impact', 'updates']],
    ['azure_resource_health', 'azure_resource_health.traps.json', ['value']],
    ['azure_activity_log', 'azure_activity_log.traps.json', ['value']],
    ['slack', 'slack.traps.json', ['active_incidents', 'notes']],
    ['heroku', 'heroku.traps.json', ['incidents', 'updates']],
    ['oracle_cloud', 'oracle_cloud.traps.json', ['regionHealthReports', 'serviceHealthReports']],
    ['aws_health_events', 'aws_health_events.traps.json', ['successfulSet', 'failedSet']],
    ['gcp_service_health', 'gcp_service_health.traps.json', ['events', 'updates']],
  ])('%s, lists of %s', (kind, file, names) => {
    const document = json(file);
    const good = read(kind, fixture(file)).events;
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 1 }), (name, bad) => {
        const spoilt = JSON.stringify(document, (key, value: unknown) =>
          key === name && Array.isArray(value) ? [bad, ...list(value)] : value,
        );
        expect(read(kind, bytesOf(spoilt)).events).toEqual(good);
      }),
    );
  });

  test('AWS', () => {
    const text = new TextDecoder().decode(fixture('aws-traps.rss'));
    const good = read('aws_rss', bytesOf(text)).events;
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (noise) => {
        const safe = noise.replace(/[<>&\]]/g, '').replace(/[^\P{C}]/gu, '');
        const item = `<item><title>${safe}</title><guid>${safe}</guid><pubDate>${safe}</pubDate></item>`;
        expect(read('aws_rss', bytesOf(text.replace('<item>', `${item}<item>`))).events).toEqual(good);
      }),
    );
  });
});

/** Measured in processor time, which a busy machine does not stretch. */
describe('no bytes hold a parser up for a second', () => {
  const MIB = 1024 * 1024;
  /** A document that cannot be opened is the same to every kind; those that can be are given to each. */
  test.each<[string, () => string]>([
    ['brackets', () => '['.repeat(4 * MIB)],
    ['the most brackets', () => '['.repeat(16 * MIB)],
    ['numbers', () => `[${'0,'.repeat(8 * MIB - 4)}0]`],
    ['empty objects', () => `{"incidents":[${'{},'.repeat(5 * MIB)}{}]}`],
    ['the least of items', () => `[${'{"id":"a","begin":null},'.repeat(MIB / 2)}{}]`],
    [
      'the least of updates',
      () => `[${`{"id":"a","begin":null,"updates":[${'0,'.repeat(50)}0]},`.repeat(100_000)}{}]`,
    ],
    ['braces', () => '{"a":'.repeat(MIB)],
    ['a long string', () => `["${'a'.repeat(15 * MIB)}`],
    ['nested elements', () => '<a>'.repeat(MIB)],
    ['nested elements, closed', () => `<rss>${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}</rss>`],
    ['angle brackets', () => '<'.repeat(4 * MIB)],
    ['an open comment', () => `<rss><!--${' -'.repeat(4 * MIB)}`],
    ['an open tag with attributes', () => `<rss ${'a="b" '.repeat(MIB / 2)}`],
    ['ampersands', () => `<rss><channel><title>amazon${'&'.repeat(4 * MIB)}</title></channel></rss>`],
    ['spaces', () => `<rss>${' '.repeat(MIB)}</rss>`],
    ['more spaces', () => `<rss>${' '.repeat(15 * MIB)}</rss>`],
    ['times of many digits', () => `[{"id":"a","begin":"2031-01-01T00:00:00.${'0'.repeat(4 * MIB)}x"}]`],
    ['prose of capitals', () => rssWith(`Between ${'A'.repeat(MIB)} Starting at `.repeat(4))],
    ['prose without a stop', () => rssWith('. the issue has been '.repeat(MIB / 8))],
  ])('%s', (_, make) => {
    const bytes = bytesOf(make());
    const { reason } = readFeed('statuspage', bytes, context);
    const opens = reason?.startsWith('The answer is not Statuspage') !== false;
    for (const kind of opens ? KINDS : (['statuspage'] as const)) {
      const before = process.cpuUsage();
      expectSound(readFeed(kind, bytes, context));
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1000).toBeLessThan(1000);
    }
  });
});

function rssWith(prose: string): string {
  return new TextDecoder().decode(fixture('aws-one-item.rss')).replace('All is well since', prose);
}
