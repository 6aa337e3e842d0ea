import { describe, expect, test } from 'vitest';
import { feedAt, injectsUntil } from '../../../main/core/drill/feed-at.ts';
import { parseScenario } from '../../../main/core/drill/scenario.ts';
import { SCENARIO, SCENARIO_DOCUMENT } from './fixtures.ts';

type Changes = Readonly<Record<string, unknown>>;

function faultOf(changes: Changes): string | undefined {
  const parsed = parseScenario({ ...SCENARIO_DOCUMENT, ...changes });
  return parsed.ok ? undefined : `${parsed.error.code} at ${parsed.error.place ?? 'nowhere'}`;
}

describe('a scenario document', () => {
  test('a whole one is read as it is', () => {
    expect(parseScenario(SCENARIO_DOCUMENT)).toEqual({ ok: true, value: SCENARIO });
  });

  test('a fault is named with its place', () => {
    expect(parseScenario({ ...SCENARIO_DOCUMENT, onset: '2025-06-12 17:51' })).toEqual({
      ok: false,
      error: {
        code: 'invalid_input',
        message: 'The scenario is not valid at $.onset: an instant such as 2025-06-12T17:51:00.000Z.',
        place: '$.onset',
      },
    });
  });

  test('what is not a scenario at all is refused', () => {
    for (const json of [null, 7, 'text', [], {}]) {
      expect(parseScenario(json)).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
    }
  });

  test('a feed has either snapshots or an address', () => {
    const [feed] = SCENARIO_DOCUMENT.feeds;
    expect(faultOf({ feeds: [{ ...feed, url: 'https://example.com/feed' }] })).toBe(
      'invalid_input at $.feeds[0]',
    );
    expect(faultOf({ feeds: [{ feedId: 'a', name: 'A', kind: 'aws_rss' }] })).toBe(
      'invalid_input at $.feeds[0]',
    );
  });

  test('an address is http or https', () => {
    const feed = { feedId: 'a', name: 'A', kind: 'aws_rss', url: 'file:///etc/passwd' };
    expect(faultOf({ feeds: [feed] })).toBe('invalid_input at $.feeds[0].url');
  });

  test('a file beside it is below it, never above', () => {
    const [feed] = SCENARIO_DOCUMENT.feeds;
    for (const file of ['../secret.json', '/etc/passwd', 'a/../b.json', 'a\\b.json', '.hidden', 'a//b', '']) {
      const feeds = [{ ...feed, snapshots: [{ atMinute: 0, body: { file } }] }];
      expect(faultOf({ feeds }), file).toMatch(/^invalid_input at \$\.feeds\[0\]\.snapshots\[0\]\.body/);
    }
  });

  test('two feeds with one id, and snapshots or injects out of order, are refused', () => {
    const [feed] = SCENARIO_DOCUMENT.feeds;
    const backwards = [
      { atMinute: 71, body: '[]' },
      { atMinute: 0, body: '[]' },
    ];
    expect(faultOf({ feeds: [feed, feed] })).toBe('invalid_input at $.feeds[1].feedId');
    expect(faultOf({ feeds: [{ ...feed, snapshots: backwards }] })).toBe(
      'invalid_input at $.feeds[0].snapshots[1]',
    );
    const injects = [...SCENARIO_DOCUMENT.injects].reverse();
    expect(faultOf({ injects })).toBe('invalid_input at $.injects[1]');
  });

  test('a field it does not know is refused, so that a misspelling is not silently lost', () => {
    expect(faultOf({ durationMinute: 3 })).toBe('invalid_input at $');
  });
});

describe('what is said at a virtual minute', () => {
  test('a feed says what its newest snapshot by then says', () => {
    expect([-1, 0, 70.9, 71, 500].map((minute) => feedAt(SCENARIO, 'gcp-status', minute))).toEqual([
      null,
      '[]',
      '[]',
      { file: 'small/71.json' },
      { file: 'small/71.json' },
    ]);
  });

  test('a feed read from an address, and one that is not there, have no snapshot', () => {
    expect([feedAt(SCENARIO, 'live', 100), feedAt(SCENARIO, 'nothing', 100)]).toEqual([null, null]);
  });

  test('injects are told from their minute on', () => {
    expect([-1, 0, 6.9, 7].map((minute) => injectsUntil(SCENARIO, minute).length)).toEqual([0, 1, 1, 2]);
  });
});
