import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { importCacao } from '../../../../main/core/playbook/cacao/import.ts';
import { recordings } from '../../../support/recordings.ts';
import { generalPlaybook } from '../general-playbook.ts';

const base = generalPlaybook();
const OWN = path.resolve(import.meta.dirname, '../../../fixtures/cacao/branching.json');
const step = (type: string, number: number): string =>
  `${type}--00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** The branching document with one part of its text replaced by another. */
function spoilt(from: string, to: string): unknown {
  const text = readFileSync(OWN, 'utf8');
  if (!text.includes(from)) throw new Error(`The fixture has no ${from}`);
  return JSON.parse(text.replace(from, to));
}

/** What became of a document: refused, or taken with or without warnings; with the first words of each fault. */
function fate(json: unknown): string {
  const imported = importCacao(json, base);
  if (!imported.ok) return `refused ${imported.error.faults.map(({ message }) => message).join(' ')}`;
  return imported.value.warnings.length > 0 ? 'with warnings' : 'taken';
}

describe('importCacao', () => {
  const branching = importCacao(JSON.parse(readFileSync(OWN, 'utf8')), base);

  it('makes checks of actions and conditions, and gates of branches', () => {
    expect(
      branching.ok &&
        branching.value.playbook.checks.map(({ id, gate, answers }) => [id, answers.length, gate]),
    ).toEqual([
      ['ask_what_is_slow', 3, []],
      ['only_writes_slow', 3, []],
      ['look_at_locks', 3, [{ check: 'only_writes_slow', is: ['yes'] }]],
      ['which_engine', 4, []],
      ['look_at_bloat', 3, [{ check: 'which_engine', is: ['postgres'] }]],
      ['look_at_the_buffer_pool', 3, [{ check: 'which_engine', is: ['my_sql'] }]],
      ['tell_the_team', 3, []],
      ['still_slow', 3, []],
      ['measure_again', 3, [{ check: 'still_slow', is: ['yes'] }]],
    ]);
  });

  it('keeps commands to be done by hand, times and references', () => {
    const { checks, sources } = branching.ok ? branching.value.playbook : { checks: [], sources: [] };
    expect(checks.find(({ id }) => id === 'look_at_locks')?.howTo.all).toEqual([
      { text: 'List locks', command: "psql -c 'select * from pg_locks'" },
    ]);
    expect(checks[0]?.costMinutes).toBe(2);
    expect(checks.find(({ id }) => id === 'still_slow')?.changesWithTime).toEqual({
      askAgainAfterMinutes: 10,
    });
    expect(sources.slice(1)).toEqual([
      { title: 'Handbook', url: 'https://handbook.example.org/database' },
      { title: 'Wiki' },
    ]);
  });

  it('tells everything that did not survive, with its place', () => {
    const lost = branching.ok ? branching.value.lost.map(({ path: place }) => place) : [];
    expect(lost).toContain(`$.workflow["${step('action', 13)}"].commands[1]`);
    expect(lost).toContain(`$.workflow["${step('parallel', 21)}"]`);
    expect(lost).toContain('$.playbook_variables');
    expect(lost).toContain('$.agent_definitions');
  });

  it('has nothing to warn of in a sound document', () => {
    expect(branching.ok && branching.value.warnings).toEqual([]);
  });

  it('refuses what cannot be followed', () => {
    expect([
      fate(spoilt(`"on_true": "${step('action', 13)}"`, `"on_true": "${step('action', 99)}"`)),
      fate(spoilt(`"on_completion": "${step('end', 14)}"`, `"on_completion": "${step('action', 11)}"`)),
      fate({ type: 'playbook' }),
      fate(spoilt('"cacao-2.0"', '"cacao-1.1"')),
      fate(spoilt('"external": true', '"value": 0.85')),
    ]).toEqual([
      `refused There is no step ${step('action', 99)}.`,
      `refused The steps lead back to themselves: ${[11, 12, 13, 11]
        .map((one) => step(one === 12 ? 'if-condition' : 'action', one))
        .join(' > ')}.`,
      expect.stringContaining('refused Invalid input'),
      'refused Invalid input: expected "cacao-2.0".',
      'refused The value of a variable is a text or null.',
    ]);
  });

  it('refuses a workflow without an end', () => {
    const endless = {
      ...(JSON.parse(readFileSync(OWN, 'utf8')) as object), // the fixture is an object
      workflow: {
        [step('start', 10)]: { type: 'start', on_completion: step('action', 11) },
        [step('action', 11)]: { type: 'action', name: 'Wait', on_completion: step('action', 11) },
      },
    };
    expect(fate(endless)).toContain('There is no end step: the workflow is endless.');
  });

  it('does not take a name of every object for a step', () => {
    expect(fate(spoilt(`"on_true": "${step('action', 13)}"`, '"on_true": "constructor"'))).toBe(
      'refused There is no step constructor.',
    );
  });

  it('warns of what is wrong but can be followed', () => {
    expect([
      fate(spoilt('"timeout": 120000', '"timeuot": 120000')),
      fate(spoilt('2025-03-01T08:00:00.000Z', '2025-03-01T08:00:00Z')),
      fate(spoilt('"type": "individual"', '"type": "organization"')),
      fate(spoilt(`"on_completion": "${step('end', 17)}"`, `"on_completion": "${step('end', 19)}"`)),
    ]).toEqual(Array(4).fill('with warnings'));
  });

  it('follows many ways through the same steps without taking each of them', () => {
    const parallel = (at: number): object => ({
      type: 'parallel',
      next_steps: [step('parallel', at + 1), step('parallel', at + 1)],
    });
    const document = {
      ...(JSON.parse(readFileSync(OWN, 'utf8')) as object), // the fixture is an object
      workflow_start: step('parallel', 0),
      workflow: {
        ...Object.fromEntries(Array.from({ length: 60 }, (_, at) => [step('parallel', at), parallel(at)])),
        [step('parallel', 60)]: { type: 'parallel', next_steps: [step('action', 1), step('end', 2)] },
        [step('action', 1)]: { type: 'action', name: 'Last', on_completion: step('end', 3) },
        [step('end', 2)]: { type: 'end' },
        [step('end', 3)]: { type: 'end' },
      },
    };
    expect(fate(document)).toBe('with warnings');
  });

  it('refuses a workflow with too many ways between its steps', () => {
    const workflow = Object.fromEntries(
      Array.from({ length: 200 }, (_, at) => [
        step('parallel', at),
        { type: 'parallel', next_steps: Array.from({ length: 30 }, (__, on) => step('parallel', at + on)) },
      ]),
    );
    const dense = { ...(JSON.parse(readFileSync(OWN, 'utf8')) as object), workflow }; // the fixture is an object
    const imported = importCacao(dense, base);
    expect(!imported.ok && imported.error.code).toBe('too_large');
  });

  it('refuses a huge document before it looks at it', () => {
    const huge = {
      workflow: Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [`x${String(at)}`, 1])),
    };
    const long = importCacao(huge, base);
    const many = importCacao(
      {
        ...(JSON.parse(readFileSync(OWN, 'utf8')) as object), // the fixture is an object
        workflow: Object.fromEntries(
          Array.from({ length: 1001 }, (_, at) => [step('end', at), { type: 'end' }]),
        ),
      },
      base,
    );
    expect([long, many].map((one) => !one.ok && one.error.code)).toEqual(['too_large', 'too_large']);
  });

  it('does with published samples what their state deserves', () => {
    const folder = recordings();
    const wanted: Readonly<Record<string, RegExp>> = {
      'oasis-basic-example-1': /^taken$/,
      'oasis-spec-3.1': /^taken$/,
      'oasis-layout-ext': /^with warnings$/,
      'soarca-ex-manual': /^with warnings$/,
      'soarca-ex-http': /^with warnings$/,
      'soarca-ex-ssh': /^with warnings$/,
      'soarca-ex-powershell': /^with warnings$/,
      'soarca-ex-fin': /^refused .* is no identifier/,
      'soarca-test-missing_step_playbook': /^refused There is no step end--/,
      'soarca-test-invalid_playbook': /^refused The id says http-api, the type says invalid/,
      'soarca-test-changed-playbook': /^refused Invalid input: expected record, received array/,
      'soarca-test-invalid_email_playbook': /^with warnings$/,
      'soarca-test-playbook': /^with warnings$/,
      'soarca-int-playbook': /^with warnings$/,
      'soarca-doc-0': /^with warnings$/,
      'cacao-bpmn-file': /^with warnings$/,
      'cosai-0': /^refused .* is no identifier/,
    };
    const fates = Object.keys(folder === null ? {} : wanted).map((name) => {
      const file = path.join(folder ?? '', 'cacao', `${name}.json`);
      return [name, fate(JSON.parse(readFileSync(file, 'utf8')))] as const;
    });
    expect(fates.filter(([name, is]) => wanted[name]?.test(is) !== true)).toEqual([]);
  });
});
