import { describe, expect, test } from 'vitest';
import { addMinutes } from '../../../main/core/time.ts';
import { accept, MATCH, ONSET, reading, type Step } from '../incident/fixtures.ts';
import { CHANGE, CHECKPOINT, DRILL_STORY, reportAfter, STORY } from './fixtures.ts';

const at = (minute: number) => ({ at: addMinutes(ONSET, minute), minute, offsetMinutes: 120 });

describe('the report', () => {
  const report = reportAfter(STORY, { coverage: ['No change seen.'], changes: [CHANGE] });

  test('its header says what the incident is and when it was closed', () => {
    expect(report.header).toMatchObject({
      reference: 'DM-7',
      title: 'Checkout errors',
      mode: 'live',
      status: 'closed',
      severity: 2,
      onset: at(0),
      declared: at(4),
      closed: at(180),
      providerName: 'Google Cloud',
      playbook: { id: 'small', title: 'Small playbook' },
    });
    expect(report.drill).toBeNull();
  });

  test('the accepted verdict stands with who, when and what the engine held', () => {
    expect(report.verdict.accepted).toMatchObject({
      ...at(75),
      verdict: 'provider',
      by: 'p.nair',
      overruled: false,
      engine: { verdict: 'provider', declared: true },
    });
  });

  test('overruling is told', () => {
    const { verdict } = reportAfter([...STORY.slice(0, 9), [75, accept('customer', 'We found it.')]]);
    expect(verdict.accepted).toMatchObject({ overruled: true, reason: 'We found it.', verdict: 'customer' });
  });

  test('every answer is listed with what became of it', () => {
    expect(report.answers.map(({ title, answerLabels, status }) => [title, ...answerLabels, status])).toEqual(
      [
        ['Status page', 'Nothing', 'superseded'],
        ['Recent change', 'A policy', 'superseded'],
        ['Recent change', 'Nothing', 'standing'],
        ['Minutes before', 'Could not check', 'withdrawn'],
        ['Status page', 'An incident that matches', 'standing'],
      ],
    );
  });

  test('a hole is listed only while it stands', () => {
    expect(report.holes).toEqual([]);
    expect(reportAfter(STORY.slice(0, 7)).holes).toEqual([
      { ...at(12), check: 'before', title: 'Minutes before', by: 'a.ruiz', note: 'No access.' },
    ]);
  });

  test('checks that were never asked are named', () => {
    expect(report.neverAsked).toEqual(['Minutes before']);
  });

  test('the first public word is the earliest that any reading told, with its lag', () => {
    expect(report.firstPublicWord).toMatchObject({
      at: MATCH.publishedAt,
      lagMinutes: 71,
      feedName: 'Google Cloud status',
      title: 'Several products fail',
    });
  });

  test('a provider that never spoke has no first word, whatever third parties say', () => {
    const other = reading({ kind: 'statuspage', saying: 'matching', matches: [MATCH] });
    const steps: readonly Step[] = [...STORY.slice(0, 2), [20, other]];
    expect(reportAfter(steps).firstPublicWord).toBeNull();
  });

  test('what a feed claimed is listed reading by reading', () => {
    expect(
      report.feeds.map(({ name, claims }) => [name, claims.map(({ minute, saying }) => [minute, saying])]),
    ).toEqual([
      [
        'Google Cloud status',
        [
          [5, 'silent'],
          [71, 'matching'],
          [91, 'matching'],
        ],
      ],
    ]);
  });

  test('the escalation lists every attempt with who and when, and what is overdue', () => {
    expect(report.escalation).toMatchObject({
      verdict: 'provider',
      started: at(75),
      levels: [
        {
          title: 'Open a support case',
          role: 'Provider support',
          due: at(45),
          status: 'overdue',
          pages: [{ ...at(78), contactName: 'Dana', outcome: 'no_answer', by: 'a.ruiz' }],
        },
      ],
    });
  });

  test('pages of an earlier escalation are not taken for the present one’s', () => {
    const { escalation } = reportAfter([...STORY.slice(0, 11), [90, accept('customer', 'We found it.')]]);
    expect(escalation?.levels.map(({ pages }) => pages)).toEqual([[]]);
  });

  test('evidence says which standing answers rest on it', () => {
    expect(report.evidence.map(({ name, supports }) => [name, supports])).toEqual([['trail.json', []]]);
    expect(reportAfter(STORY.slice(0, 5)).evidence.map(({ supports }) => supports)).toEqual([
      ['Recent change'],
    ]);
  });

  test('the customer’s side is passed on, and nothing besides', () => {
    expect(report.customer).toEqual({ coverage: ['No change seen.'], changes: [CHANGE], errors: [] });
  });

  test('the trail is given by count, head and a fingerprint to read out', () => {
    expect(report.trail).toEqual({
      count: 20,
      head: 'ab12'.repeat(16),
      fingerprint: 'ab12 ab12 ab12 ab12 ab12 ab12 ab12 ab12',
      checkpoint: CHECKPOINT,
    });
    expect(report.madeAt).toBe(CHECKPOINT.at);
  });
});

test('of a drill the report carries the setup and the score', () => {
  const { drill, header } = reportAfter(DRILL_STORY);
  expect([header.mode, drill?.setup.scenarioId, drill?.score?.points]).toEqual([
    'drill',
    'small-scenario',
    81,
  ]);
});
