import { describe, expect, it } from 'vitest';
import { deepen, extendedBy } from '../../../main/core/playbook/deepening.ts';
import { Playbook } from '../../../main/core/playbook/definition.ts';
import { parsePlaybook } from '../../../main/core/playbook/parse.ts';
import { smallDocument } from './small-playbook.ts';

const GROUNDS = { reason: 'A reason to be read.', source: 'Judgement' };

/** The small playbook with a check that says what the errors are, so that it has symptoms. */
const base = ((): Playbook => {
  const document = smallDocument();
  const errors = {
    ...document.checks[0],
    id: 'error_signature',
    title: 'Errors',
    weights: [],
    gate: [],
  };
  return Playbook.parse({
    ...document,
    checks: [...document.checks, errors],
    order: ['status', 'change', 'error_signature'],
  });
})();

function deepening() {
  return {
    schemaVersion: 1,
    extends: 'small',
    id: 'deeper',
    version: '2.0.0',
    title: 'Deeper',
    description: 'One check more.',
    appliesTo: { providers: ['gcp'] },
    symptoms: { answers: [{ check: 'error_signature', is: ['red'] }], words: ['slow'] },
    sources: [{ title: 'A handbook' }],
    opening: [{ check: 'load' }, { check: 'status' }],
    first: ['load'],
    checks: [
      {
        id: 'load',
        title: 'Load',
        question: 'Is it loaded?',
        why: 'Separates load from faults.',
        side: 'customer',
        answers: [
          { id: 'yes', label: 'Yes', key: '1' },
          { id: 'no', label: 'No', key: '2' },
        ],
        costMinutes: 2,
        weights: [{ answer: 'yes', logOdds: { customer: 1 }, ...GROUNDS }],
      },
    ],
    howTo: { status: { gcp: [{ text: 'Look there first.' }] } },
    escalation: {
      provider: [{ id: 'desk', title: 'Desk', who: 'security', instruction: 'Call.', deadlineMinutes: 5 }],
    },
  };
}

/** Faults of a spoilt deepening as `code path`. */
function faultsOf(change: object): readonly string[] {
  const read = deepen({ ...deepening(), ...change }, base);
  return read.ok ? [] : read.error.faults.map(({ code, path }) => `${code} ${path}`);
}

describe('deepen', () => {
  const read = deepen(deepening(), base);
  const playbook = read.ok ? read.value : null;

  it('adds checks, and puts first what the deepening puts first', () => {
    expect(playbook?.checks.map(({ id }) => id)).toEqual(['status', 'change', 'error_signature', 'load']);
    expect(playbook?.order).toEqual(['load', 'status', 'change', 'error_signature']);
    expect(playbook?.opening).toEqual([{ check: 'load' }, { check: 'status' }]);
  });

  it('puts steps, levels and sources before those of the base', () => {
    const status = playbook?.checks[0];
    expect(status?.howTo.gcp).toEqual([{ text: 'Look there first.' }, ...(base.checks[0]?.howTo.gcp ?? [])]);
    expect(playbook?.escalation.provider.levels.map(({ id }) => id)).toEqual(['desk', 'call']);
    expect(playbook?.escalation.customer).toEqual(base.escalation.customer);
    expect(playbook?.sources).toEqual([{ title: 'A handbook' }, ...base.sources]);
  });

  it('keeps all else of the base: weights, priors, thresholds, groups', () => {
    expect(playbook?.checks.slice(1, 3)).toEqual(base.checks.slice(1));
    expect(playbook && { ...playbook, ...deepenedFields(base), symptoms: undefined }).toEqual(base);
  });

  it('is a playbook that stands alone, so that an incident can keep it', () => {
    expect(parsePlaybook(JSON.parse(JSON.stringify(playbook)))).toEqual({ ok: true, value: playbook });
  });

  it('places faults in its own document', () => {
    const [load] = deepening().checks;
    expect(faultsOf({ checks: [{ ...load, group: 'gone' }] })).toEqual(['unknown_group $.checks[0].group']);
    expect(faultsOf({ checks: [{ ...load, id: 'status' }], first: [], opening: [] })).toEqual([
      'duplicate_id $.checks[0].id',
    ]);
    expect(faultsOf({ first: ['gone', 'load', 'load'] })).toEqual([
      'unknown_check $.first[0]',
      'order $.first[2]',
    ]);
    expect(faultsOf({ howTo: { gone: {} } })).toEqual(['unknown_check $.howTo.gone']);
    expect(faultsOf({ opening: [{ check: 'gone' }] })).toEqual(['unknown_check $.opening[0].check']);
    expect(faultsOf({ extends: 'other' })).toEqual(['shape $.extends']);
    expect(faultsOf({ id: 'small' })).toEqual(['duplicate_id $.id']);
    expect(
      faultsOf({ symptoms: { answers: [{ check: 'error_signature', is: ['blue'] }], words: [] } }),
    ).toEqual(['unknown_answer $.symptoms.answers[0].is[0]']);
    expect(faultsOf({ thresholds: {} })).toEqual(['shape $']);
  });

  it('refuses a level that the base already has', () => {
    const levels = { provider: base.escalation.provider.levels };
    expect(faultsOf({ escalation: levels })).toEqual(['duplicate_id $.escalation.provider.levels[1].id']);
  });

  it('refuses what is huge', () => {
    const read_ = deepen({ ...deepening(), description: 'x'.repeat(3_000_000) }, base);
    expect(!read_.ok && read_.error.code).toBe('too_large');
  });
});

describe('extendedBy', () => {
  it('tells a document that stands alone from one that extends another', () => {
    expect([
      extendedBy(deepening()),
      extendedBy(smallDocument()),
      extendedBy({ extends: 7 }),
      extendedBy(null),
    ]).toEqual(['small', null, '', null]);
  });
});

/** What a deepening may change, as the base has it. */
function deepenedFields(of: Playbook) {
  const { id, version, title, description, appliesTo, sources, checks, opening, order, escalation } = of;
  return { id, version, title, description, appliesTo, sources, checks, opening, order, escalation };
}
