import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFeed } from '../../../main/adapters/feeds/registry.ts';
import { feedAt } from '../../../main/core/drill/feed-at.ts';
import { parseScenario, type Scenario, type SnapshotBody } from '../../../main/core/drill/scenario.ts';
import { buildCatalog } from '../../../main/core/feeds/catalog.ts';
import { matchEvents, type FeedMatch } from '../../../main/core/feeds/match.ts';
import { parsePlaybook } from '../../../main/core/playbook/parse.ts';
import { addMinutes } from '../../../main/core/time.ts';
import { recordings } from '../../support/recordings.ts';

const RESOURCES = path.resolve(import.meta.dirname, '../../../resources');
const FOLDER = path.join(RESOURCES, 'scenarios');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

function json(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function valueOf<T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function shipped(name: string): Scenario {
  return valueOf(parseScenario(json(path.join(FOLDER, name))));
}

const PLAYBOOK = valueOf(parsePlaybook(json(path.join(RESOURCES, 'playbooks', 'general.json'))));
const CATALOG = valueOf(
  buildCatalog(
    json(path.join(RESOURCES, 'feeds', 'services.json')),
    json(path.join(RESOURCES, 'feeds', 'regions.json')),
  ),
);

function bytesOf(body: SnapshotBody): Uint8Array {
  return typeof body === 'string' ? Buffer.from(body) : readFileSync(path.join(FOLDER, body.file));
}

function saidAt(scenario: Scenario, feedId: string, minute: number): FeedMatch {
  const feed = scenario.feeds.find((one) => one.feedId === feedId);
  const body = feedAt(scenario, feedId, minute);
  if (feed === undefined || body === null) throw new Error(`nothing at ${minute}`);
  const now = addMinutes(scenario.onset, minute);
  const { provider, services, regions, onset } = scenario;
  const reading = readFeed(feed.kind, bytesOf(body), { fetchedAt: now });
  return matchEvents(reading, { provider, services, regions, onset, now }, CATALOG);
}

test('at least the two scenarios are shipped', () => {
  expect(FILES).toEqual(
    expect.arrayContaining(['aws-2023-07-10-exposed-bucket.json', 'gcp-2025-06-12.json']),
  );
});

describe.each(FILES)('%s', (name) => {
  const scenario = shipped(name);

  test('its id is its file name', () => {
    expect(`${scenario.id}.json`).toBe(name);
  });

  test('every snapshot is a whole feed that can be read', () => {
    for (const feed of scenario.feeds) {
      for (const { atMinute, body } of feed.snapshots ?? []) {
        const fetchedAt = addMinutes(scenario.onset, atMinute);
        const { feedState, rejected } = readFeed(feed.kind, bytesOf(body), { fetchedAt });
        expect({ atMinute, readable: ['ok', 'empty'].includes(feedState), rejected }).toEqual({
          atMinute,
          readable: true,
          rejected: [],
        });
      }
    }
  });

  test('every snapshot and inject names where its facts are from', () => {
    const told = [...scenario.feeds.flatMap(({ snapshots }) => snapshots ?? []), ...scenario.injects];
    expect(told.filter(({ source }) => source === undefined)).toEqual([]);
  });

  test('its good answers are answers of the general playbook', () => {
    const unknown = scenario.expected.goodAnswers.flatMap(({ check, answers }) => {
      const known = PLAYBOOK.checks.find(({ id }) => id === check)?.answers.map(({ id }) => id) ?? [];
      return answers.filter((answer) => !known.includes(answer)).map((answer) => `${check}: ${answer}`);
    });
    expect(unknown).toEqual([]);
  });

  test('there is somebody to call at the first level of the true verdict’s escalation', () => {
    const [first] = PLAYBOOK.escalation[scenario.truth.verdict].levels;
    expect(scenario.contacts.map(({ role }) => role)).toContain(first?.who);
  });

  test('nothing in it could reach anybody real', () => {
    for (const { phone, mail } of scenario.contacts) {
      expect(phone).toMatch(/^\+44 20 7946 0\d{3}$/);
      expect(mail).toMatch(/\.example$/);
    }
  });

  test('the provider’s first word comes at the minute it is expected', () => {
    const { firstWordMinute } = scenario.expected;
    const minutes = Array.from({ length: scenario.durationMinutes }, (_, minute) => minute);
    const feedId = scenario.feeds[0]?.feedId ?? '';
    const first = minutes.find((minute) => saidAt(scenario, feedId, minute).saying === 'matching');
    expect(first).toBe(firstWordMinute);
  });
});

describe('the Google Cloud outage of 2025-06-12', () => {
  const scenario = shipped('gcp-2025-06-12.json');
  const claims = (minute: number) => {
    const match = saidAt(scenario, 'gcp-status', minute).matches.find(({ degree }) => degree === 'matching');
    return { start: match?.claimedStart, lag: match?.lagMinutes };
  };

  test('it is silent for 71 minutes, then claims a start of 19:00, later of 17:51', () => {
    expect([70, 71, 90, 91, 115, 146].map(claims)).toEqual([
      { start: undefined, lag: undefined },
      { start: '2025-06-12T19:00:00.000Z', lag: 71 },
      { start: '2025-06-12T19:00:00.000Z', lag: 71 },
      { start: '2025-06-12T17:51:00.000Z', lag: 71 },
      { start: '2025-06-12T17:51:00.000Z', lag: 71 },
      { start: '2025-06-12T17:51:00.000Z', lag: 71 },
    ]);
  });

  test('its snapshots agree with the recorded versions in every fact', () => {
    const folder = recordings();
    const facts = (file: string) => {
      const document = json(file) as readonly Record<string, unknown>[]; // an array of incidents, as the tests above read it
      const incident = document.find(({ id }) => id === 'ow5i3PPK96RduMcb1SsW') ?? {};
      const { begin, created, modified, severity, status_impact, affected_products } = incident;
      const locations = incident['currently_affected_locations'];
      const updates = incident['updates'] as readonly { readonly created: string }[]; // as above
      return {
        begin,
        created,
        modified,
        severity,
        status_impact,
        affected_products,
        locations,
        updates: updates.map((update) => update.created),
      };
    };
    const pairs = [
      ['71-first-word.json', '1908Z', '2025-06-12T19:00:00+00:00', 2],
      ['91-start-corrected.json', '1923Z', '2025-06-12T17:51:00+00:00', 3],
      ['115-cause-found.json', '1946Z', '2025-06-12T17:51:00+00:00', 5],
    ] as const;
    for (const [own, seen, begin, updates] of pairs) {
      const ours = facts(path.join(FOLDER, 'gcp-2025-06-12', own));
      expect({ begin: ours.begin, updates: ours.updates.length }).toEqual({ begin, updates });
      if (folder === null) continue;
      const recorded = `ow5i3PPK96RduMcb1SsW_seen_2025-06-12T${seen}.json`;
      expect(ours).toEqual(facts(path.join(folder, 'feeds/gcp/2025-06-12', recorded)));
    }
  });
});

test('in the exposed bucket’s drill the provider’s feed is silent throughout', () => {
  const scenario = shipped('aws-2023-07-10-exposed-bucket.json');
  expect([0, 30, 119].map((minute) => saidAt(scenario, 'aws-status', minute).saying)).toEqual([
    'silent',
    'silent',
    'silent',
  ]);
});
