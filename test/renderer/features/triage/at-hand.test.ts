import { describe, expect, test } from 'vitest';
import type { FeedBoardItem, IncidentView } from '../../../../preload/contract/views.ts';
import { atHand } from '../../../../renderer/features/triage/at-hand.ts';
import { generalPlaybook } from '../../../core/playbook/general-playbook.ts';
import { minute } from '../../../support/database.ts';
import { record } from '../../../core/evidence/evidence.ts';
import { aFinding } from '../../../support/findings.ts';

const checks = generalPlaybook().checks;

function checkOf(id: string): (typeof checks)[number] {
  const check = checks.find((one) => one.id === id);
  if (check === undefined) throw new Error(id);
  return check;
}

/** A view with these feeds on its board, each with bytes kept. */
function view(...saying: readonly FeedBoardItem['saying'][]): IncidentView {
  const feeds = saying.map((one) => ({
    feedId: one,
    name: `Feed ${one}`,
    state: 'ok',
    saying: one,
    sentence: 'It says so.',
    matches: [],
  }));
  const state = {
    scope: { onset: minute(0) },
    evidence: [],
    feeds: feeds.map(({ feedId }) => ({ feedId, sha256: 'kept' })),
  };
  // As much of a view as is looked at.
  return { feeds, state } as unknown as IncidentView;
}

describe('what is at hand for a check', () => {
  test.each([
    [['silent', 'matching', 'could_not_check'], 'incident_matching_scope', ['feed:matching']],
    [['silent', 'elsewhere'], 'incident_other_scope', ['feed:elsewhere']],
    [['silent', 'could_not_check'], 'no_incident', ['feed:silent']],
    [['could_not_check'], 'unreachable', ['feed:could_not_check']],
  ] as const)('feeds that say %j answer the status page with %s', (saying, answer, evidence) => {
    const hand = atHand(view(...saying), null, undefined, checkOf('provider_status_page'));
    expect(hand).toMatchObject({ from: 'feeds', answers: [answer] });
    expect(hand?.evidence.map(({ key }) => key)).toEqual(evidence);
  });

  test('feeds not read yet say nothing, and no other check asks them', () => {
    expect(atHand(view('not_read_yet'), null, undefined, checkOf('provider_status_page'))).toBeNull();
    expect(atHand(view('matching'), null, undefined, checkOf('plane'))).toBeNull();
  });

  test('a number from the logs comes with the answer that carries it, and with its records', () => {
    const check = checkOf('change_minutes_before');
    const suggestion = {
      check: check.id,
      answers: [],
      number: 12,
      why: 'a rule',
      recordIds: ['r1', 'r2', 'r3', 'r4'],
      findingIds: [],
    };
    const findings = { ranked: [] };
    const side = {
      providerWords: [],
      changes: [],
      errors: [],
      files: [],
      records: 4,
      coverage: [],
      suggestions: [],
      findings,
    };
    const hand = atHand(view(), side as never, suggestion, check);
    expect(hand).toMatchObject({ from: 'logs', number: 12 });
    expect(check.answers.find(({ id }) => id === hand?.answers[0])?.number).toBe(true);
    expect(hand?.evidence.map(({ key }) => key)).toEqual(['record:r1', 'record:r2', 'record:r3']);
  });

  test('what findings suggest comes with them, also with one that is not among the first', () => {
    const check = checkOf('expiry');
    const suggestion = {
      check: check.id,
      answers: ['expired'],
      number: null,
      why: 'a certificate',
      recordIds: [],
      findingIds: ['f1', 'f2'],
    };
    const ranked = [{ finding: aFinding({ id: 'f1' }), dated: 'near', reasons: ['so since 09:29 UTC'] }];
    const side = { changes: [], providerWords: [], findings: { ranked } };
    const hand = atHand(view(), side as never, suggestion, check);
    expect(hand).toMatchObject({ from: 'findings', answers: ['expired'] });
    expect(hand?.evidence.map(({ key }) => key)).toEqual(['finding:f1', 'finding:f2']);
  });

  test('what the provider reports of itself in our files is told as its word', () => {
    const check = checkOf('provider_account_health');
    const suggestion = {
      check: check.id,
      answers: ['matching_event'],
      number: null,
      why: 'AWS Health says so',
      recordIds: ['h1'],
      findingIds: [],
    };
    const words = [{ record: record(5, { id: 'h1', name: 'AWS_S3_OPERATIONAL_ISSUE' }), matches: true }];
    const side = { changes: [], providerWords: words, findings: { ranked: [] } };
    expect(atHand(view(), side as never, suggestion, check)?.evidence).toMatchObject([
      { key: 'record:h1', group: 'What the provider says' },
    ]);
  });
});
