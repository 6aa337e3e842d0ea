import { describe, expect, it } from 'vitest';
import { Playbook } from '../../../main/core/playbook/definition.ts';
import { lintPlaybook } from '../../../main/core/playbook/lint.ts';
import { documentFaults } from '../../../main/core/playbook/lint-document.ts';
import { smallDocument } from './small-playbook.ts';

type Document = ReturnType<typeof smallDocument>;

/** Faults of the small document after it has been spoilt, as `code path`. */
function faultsOf(spoil: (document: Document) => object): string[] {
  return lintPlaybook(Playbook.parse(spoil(smallDocument()))).map(({ code, path }) => `${code} ${path}`);
}

/** The document with one of its checks changed. */
function withCheck(document: Document, at: 0 | 1, change: object): object {
  return {
    ...document,
    checks: document.checks.map((check, i) => (i === at ? { ...check, ...change } : check)),
  };
}

const GROUNDS = { reason: 'A reason to be read.', source: 'Judgement' };

describe('lintPlaybook', () => {
  it('finds nothing in a sound document', () => {
    expect(faultsOf((document) => document)).toEqual([]);
  });

  it('finds ids and keys used twice', () => {
    const answers = [
      { id: 'yes', label: 'Yes', key: '1' },
      { id: 'yes', label: 'Also yes', key: '1' },
    ];
    expect(faultsOf((document) => withCheck(document, 1, { answers }))).toEqual([
      'duplicate_id $.checks[1].answers[1].id',
      'duplicate_key $.checks[1].answers[1].key',
    ]);
    expect(
      faultsOf((document) => ({ ...document, checks: [...document.checks, document.checks[0]] })),
    ).toContain('duplicate_id $.checks[2].id');
  });

  it('keeps key 0 for could_not_check', () => {
    const answers = [
      { id: 'yes', label: 'Yes', key: '0' },
      { id: 'no', label: 'No', key: '2' },
    ];
    expect(faultsOf((document) => withCheck(document, 1, { answers }))).toContain(
      'missing_way_out $.checks[1].answers[0].key',
    );
  });

  it('finds keys that belong to the window', () => {
    const answers = [
      { id: 'yes', label: 'Yes', key: 'a' },
      { id: 'no', label: 'No', key: 'q' },
    ];
    expect(faultsOf((document) => withCheck(document, 1, { answers }))).toEqual([
      'reserved_key $.checks[1].answers[0].key',
    ]);
  });

  it('finds a check with no answer but the way out', () => {
    const answers = [{ id: 'could_not_check', label: 'Could not check', key: '0' }];
    expect(faultsOf((document) => withCheck(document, 1, { answers, weights: [] }))).toEqual([
      'dead_end $.checks[1].answers',
    ]);
  });

  it('finds unknown checks, answers and groups wherever they are named', () => {
    expect(
      faultsOf((document) => ({
        ...withCheck(document, 1, {
          group: 'gone',
          gate: [{ check: 'status', is: ['blue', 'red'] }],
          weights: [{ answer: 'maybe', given: [{ check: 'gone', is: ['x'] }], logOdds: {}, ...GROUNDS }],
        }),
        order: ['status', 'change', 'gone'],
        opening: [{ check: 'gone' }],
        keyChecks: { provider: ['gone'], customer: ['change'] },
        beforeDeclaring: [{ verdict: 'provider', check: 'gone', reason: 'x' }],
        spread: [{ check: 'status', answer: 'blue', side: 'none', reason: 'x' }],
      })),
    ).toEqual([
      'unknown_answer $.checks[1].gate[0].is[0]',
      'unknown_group $.checks[1].group',
      'unknown_answer $.checks[1].weights[0].answer',
      'unknown_check $.checks[1].weights[0].given[0].check',
      'unknown_check $.order[2]',
      'unknown_check $.opening[0].check',
      'unknown_check $.keyChecks.provider[0]',
      'unknown_check $.beforeDeclaring[0].check',
      'unknown_answer $.spread[0].answer',
    ]);
  });

  it('finds an order that leaves a check out or names one twice', () => {
    expect(faultsOf((document) => ({ ...document, order: ['status', 'status'] }))).toEqual([
      'order $.order[1]',
      'order $.checks[1].id',
    ]);
  });

  it('finds a gate that contradicts itself, and that nobody reaches the check', () => {
    const gate = [
      { check: 'status', is: ['red'] },
      { check: 'status', isNot: ['red'] },
    ];
    expect(faultsOf((document) => withCheck(document, 1, { gate }))).toEqual([
      'contradictory_gate $.checks[1].gate',
      'unreachable $.checks[1].gate',
    ]);
  });

  it('finds a weight that waits for what cannot be', () => {
    const given = [
      { check: 'status', is: ['red'] },
      { check: 'status', is: ['green'] },
    ];
    const weights = [{ answer: 'yes', given, logOdds: { customer: 1 }, ...GROUNDS }];
    expect(faultsOf((document) => withCheck(document, 1, { weights }))).toEqual([
      'contradictory_gate $.checks[1].weights[0].given',
    ]);
  });

  it('takes two wanted answers for a contradiction only where a check has one answer', () => {
    const gate = [
      { check: 'status', is: ['red'] },
      { check: 'status', is: ['green'] },
    ];
    expect(faultsOf((document) => withCheck(document, 1, { gate }))).toContain(
      'contradictory_gate $.checks[1].gate',
    );
    expect(
      faultsOf((document) => {
        const [status, change] = document.checks;
        return {
          ...document,
          checks: [
            { ...status, several: true },
            { ...change, gate },
          ],
        };
      }),
    ).toEqual([]);
  });

  it('finds gates that wait for each other', () => {
    const gate = [{ check: 'change', is: ['yes'] }];
    expect(faultsOf((document) => withCheck(document, 0, { gate }))).toEqual([
      'cycle $.checks[0].gate',
      'cycle $.checks[1].gate',
      'unreachable $.checks[0].gate',
      'unreachable $.checks[1].gate',
    ]);
  });

  it('finds weights that say nothing, weigh the way out or can never count', () => {
    const weights = [
      { answer: 'yes', logOdds: { customer: 1 }, reason: 'because', source: 'x' },
      { answer: 'yes', logOdds: { customer: 2 }, ...GROUNDS },
      { answer: 'could_not_check', logOdds: { customer: 2 }, ...GROUNDS },
      { answer: 'no', given: [{ check: 'change', is: ['no'] }], logOdds: {}, ...GROUNDS },
      {
        answer: 'no',
        logOdds: {},
        byMinute: [
          { from: 60, logOdds: {} },
          { from: 30, logOdds: {} },
        ],
        byNumber: [{ upTo: 3, logOdds: {} }],
        ...GROUNDS,
      },
    ];
    expect(faultsOf((document) => withCheck(document, 1, { weights }))).toEqual([
      'weight $.checks[1].weights[0].reason',
      'weight $.checks[1].weights[0].source',
      'weight $.checks[1].weights[1].answer',
      'weight $.checks[1].weights[2].answer',
      'weight $.checks[1].weights[3].given',
      'weight $.checks[1].weights[4].byMinute',
      'weight $.checks[1].weights[4].byNumber',
    ]);
  });

  it('finds priors that are none', () => {
    const probabilities = { provider: 0.5, customer: 0.5, shared: 0.5, third_party: 0.5 };
    expect(
      faultsOf((document) => ({
        ...document,
        priors: [{ provider: 'aws', failureScope: 'zone', probabilities, ...GROUNDS }],
      })),
    ).toEqual(['prior $.priors[0].failureScope', 'prior $.priors', 'prior $.priors[0].probabilities']);
  });
});

describe('documentFaults', () => {
  it('finds checks that do not spell out the way out, in whatever shape the rest is', () => {
    const placed = (json: unknown): string[] =>
      documentFaults(json).map(({ code, path }) => `${code} ${path}`);
    expect(placed(smallDocument())).toEqual([
      'missing_way_out $.checks[0].answers',
      'missing_way_out $.checks[1].answers',
    ]);
    const answers = [{ id: 'could_not_check', label: 'Could not check', key: '0' }];
    expect(placed({ checks: [{ answers }, { answers: [null, 7] }, null, { answers: 'x' }] })).toEqual([
      'missing_way_out $.checks[1].answers',
    ]);
    expect([null, 7, [], {}, { checks: {} }].flatMap(placed)).toEqual([]);
  });
});
