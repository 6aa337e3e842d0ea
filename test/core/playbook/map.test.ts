import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conditionWords, gateWords } from '../../../main/core/playbook/condition-words.ts';
import { layOutMap } from '../../../main/core/playbook/map-layout.ts';
import { mapOf, type MapCheck, type PlaybookMap, type Progress } from '../../../main/core/playbook/map.ts';
import { meaningsOf } from '../../../main/core/playbook/meaning.ts';
import type { ObservedAnswer } from '../../../main/core/verdict/model.ts';
import { generalPlaybook } from './general-playbook.ts';

const playbook = generalPlaybook();

function progress(
  answers: Readonly<Record<string, readonly string[]>>,
  next: string | null = null,
): Progress {
  const standing = new Map(
    Object.entries(answers).map(([check, given]): [string, ObservedAnswer] => [
      check,
      { check, answers: given, minute: 1, evidence: [] },
    ]),
  );
  const path = Object.entries(answers).map(([check, given]) => ({ check, answer: given.join(', ') }));
  return { standing, path, next, worthMaking: new Set(next === null ? [] : [next]) };
}

function find(map: PlaybookMap, id: string): MapCheck {
  const found = map.checks.find((check) => check.id === id);
  if (found === undefined) throw new Error(`${id} is not on the map.`);
  return found;
}

describe('conditions in words', () => {
  test('name the check and its answers by their labels', () => {
    expect(conditionWords(playbook, { check: 'recent_change', isNot: ['none'] })).toBe(
      'Our recent changes: anything but “Nothing changed”',
    );
    const signatures = ['authentication_failure', 'authorization_denied'];
    expect(conditionWords(playbook, { check: 'error_signature', is: signatures })).toMatch(/: “.*” or “/);
  });

  test('show the id of what is not known, and nothing for an open gate', () => {
    expect(conditionWords(playbook, { check: 'gone', is: ['away'] })).toBe('gone: “away”');
    expect(gateWords(playbook, [])).toBe('');
  });
});

describe('mapOf', () => {
  test('has every check once, the opening first and in its order, then the playbook’s order', () => {
    const { checks } = mapOf(playbook, null);
    expect(checks.map(({ id }) => id).toSorted()).toEqual(playbook.checks.map(({ id }) => id).toSorted());
    const opening = checks.filter((check) => check.opening !== null);
    expect(opening.map(({ id }) => id)).toEqual(playbook.opening.map(({ check }) => check));
    const places = checks.slice(opening.length).map(({ place }) => place);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('draws each gate from the check it looks at, in words', () => {
    const gates = mapOf(playbook, null).edges.filter(({ kind }) => kind === 'gate');
    const wanted = playbook.checks.flatMap(({ id, gate }) => gate.map(({ check }) => `${check} > ${id}`));
    expect(gates.map(({ from, to }) => `${from} > ${to}`).toSorted()).toEqual(
      [...new Set(wanted)].toSorted(),
    );
    expect(gates.every(({ words, holds }) => words !== '' && holds === null)).toBe(true);
  });

  test('tells answered from could not check, and next, waiting and shut from open', () => {
    const told = progress(
      { recent_change: ['none'], error_signature: ['could_not_check'], plane: ['both'] },
      'clean_canary',
    );
    const map = mapOf(playbook, told);
    const standing = (id: string) => find(map, id).standing;
    expect(standing('recent_change')).toBe('answered');
    expect(standing('error_signature')).toBe('could_not_check');
    expect(standing('clean_canary')).toBe('next');
    expect(standing('rollback_result')).toBe('shut');
    expect(standing('denied_principals')).toBe('waiting');
    expect(standing('expiry')).toBe('open');
    expect(standing('redundancy')).toBe('later');
    expect(find(map, 'plane')).toMatchObject({ step: 3, answer: 'both' });
  });

  test('joins the checks in the order in which they were put, and says which gates hold', () => {
    const told = progress({ plane: ['both'], recent_change: ['deployment'] });
    const { edges } = mapOf(playbook, told);
    expect(edges.filter(({ kind }) => kind === 'path').map(({ from, to }) => [from, to])).toEqual([
      ['plane', 'recent_change'],
    ]);
    expect(edges.some(({ kind }) => kind === 'order')).toBe(false);
    expect(edges.find(({ to }) => to === 'rollback_result')?.holds).toBe(true);
    expect(edges.find(({ to }) => to === 'denied_principals')?.holds).toBeNull();
  });
});

describe('layOutMap', () => {
  const map = mapOf(playbook, null);
  const layout = layOutMap(map);

  test('puts the provider’s checks left of the line, ours right, what concerns both on it', () => {
    const { width } = layout.node;
    for (const { id, side } of map.checks) {
      const left = layout.checks.get(id)?.x ?? NaN;
      if (side === 'provider') expect(left + width).toBeLessThan(layout.line);
      else if (side === 'customer') expect(left).toBeGreaterThan(layout.line);
      else expect(left + width / 2).toBe(layout.line);
    }
    const { provider, customer, shared, third_party: thirdParty } = layout.verdicts;
    expect(provider.x).toBeLessThan(shared.x);
    expect(customer.x).toBeGreaterThan(shared.x);
    expect(thirdParty.x).toBe(shared.x);
    expect(thirdParty.y).toBeGreaterThan(shared.y);
  });

  test('lets the opening go down row by row', () => {
    const rows = playbook.opening.map(({ check }) => layout.checks.get(check)?.y ?? NaN);
    expect(rows).toEqual(rows.toSorted((a, b) => a - b));
    expect(new Set(rows).size).toBe(rows.length);
  });

  test('never lays two on each other, whatever the checks, sides and gates', () => {
    const side = fc.constantFrom('provider' as const, 'both' as const, 'customer' as const);
    const checks = fc.array(fc.record({ side, opening: fc.boolean(), gate: fc.nat(30) }), { maxLength: 60 });
    fc.assert(
      fc.property(checks, (drawn) => {
        const made: PlaybookMap = {
          checks: drawn.map(({ side: where, opening }, at) => ({
            ...find(map, 'plane'),
            id: `c${at}`,
            side: where,
            opening: opening ? at : null,
          })),
          edges: drawn.flatMap(({ gate }, at) =>
            gate < drawn.length && gate !== at
              ? [{ kind: 'gate', from: `c${gate}`, to: `c${at}`, words: 'x', holds: null }]
              : [],
          ),
        };
        const laid = layOutMap(made);
        expect(laid.checks.size).toBe(drawn.length);
        const places = [...laid.checks.values(), ...Object.values(laid.verdicts)];
        for (const [at, a] of places.entries())
          for (const b of places.slice(at + 1))
            expect(Math.abs(a.x - b.x) >= laid.node.width || Math.abs(a.y - b.y) >= laid.node.height).toBe(
              true,
            );
      }),
      { numRuns: 60 },
    );
  });

  test('keeps a gated check below what opens it, in the same lane', () => {
    const loose: PlaybookMap = {
      checks: ['late', 'early'].map((id) => ({ ...find(map, 'expiry'), id, opening: null })),
      edges: [{ kind: 'gate', from: 'early', to: 'late', words: 'x', holds: null }],
    };
    const { checks } = layOutMap(loose);
    expect(checks.get('early')?.y).toBeLessThan(checks.get('late')?.y ?? NaN);
  });
});

describe('meaningsOf', () => {
  test('names the side an answer speaks for and by how much; could not check says nothing', () => {
    const check = playbook.checks.find(({ id }) => id === 'clean_canary');
    const meanings = meaningsOf(check ?? { answers: [], weights: [] });
    const failing = meanings.find(({ answer }) => answer === 'failing')?.sayings[0];
    expect(failing?.towards).toBe('provider');
    expect(failing?.size).toBeGreaterThan(1);
    expect(meanings.find(({ answer }) => answer === 'could_not_check')?.sayings).toEqual([]);
  });

  test('says so when an answer weighs the same for all', () => {
    const flat = { provider: 1, customer: 1, shared: 1, third_party: 1 };
    const answer = { id: 'yes', label: 'Yes', key: '1', number: false, alone: false, frequency: 1 };
    const weight = { answer: 'yes', logOdds: flat, reason: 'for the tests', source: 'own' };
    expect(meaningsOf({ answers: [answer], weights: [weight] })[0]?.sayings[0]).toMatchObject({
      towards: null,
      size: 0,
    });
  });
});
