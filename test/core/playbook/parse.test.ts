import { describe, expect, it } from 'vitest';
import { COULD_NOT_CHECK } from '../../../main/core/playbook/definition.ts';
import { parsePlaybook } from '../../../main/core/playbook/parse.ts';
import { smallDocument } from './small-playbook.ts';

/** Refusal of a document as code and placed faults; fails the test when the document is taken. */
function refusal(json: unknown): { code: string; faults: string[] } {
  const parsed = parsePlaybook(json);
  if (parsed.ok) throw new Error('The document was taken.');
  return {
    code: parsed.error.code,
    faults: parsed.error.faults.map(({ path, message }) => `${path} ${message}`),
  };
}

describe('parsePlaybook', () => {
  it('takes a valid document and gives every check its way out', () => {
    const parsed = parsePlaybook(smallDocument());
    expect(
      parsed.ok && parsed.value.checks.map(({ answers }) => answers.map(({ id, key }) => `${key} ${id}`)),
    ).toEqual([
      ['1 green', '2 red', `0 ${COULD_NOT_CHECK}`],
      ['1 yes', '2 no', `0 ${COULD_NOT_CHECK}`],
    ]);
  });

  it('takes its own result again unchanged', () => {
    const once = parsePlaybook(smallDocument());
    if (!once.ok) throw new Error(once.error.message);
    expect(parsePlaybook(JSON.parse(JSON.stringify(once.value)))).toEqual(once);
  });

  it('takes a document whose keys belong to the window: an incident may have begun with it', () => {
    const document = smallDocument();
    const [status, change] = document.checks;
    const answers = [
      { id: 'yes', label: 'Yes', key: 'a' },
      { id: 'no', label: 'No', key: '2' },
    ];
    expect(parsePlaybook({ ...document, checks: [status, { ...change, answers }] }).ok).toBe(true);
  });

  it('lists every fault of shape with its place', () => {
    const document = smallDocument();
    const [status, change] = document.checks;
    const { code, faults } = refusal({
      ...document,
      title: undefined,
      checks: [
        { ...status, costMinutes: 0 },
        { ...change, weights: [{ answer: 'yes', logOdds: {}, source: 'x' }] },
      ],
    });
    expect(code).toBe('invalid_input');
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      '$.title',
      '$.checks[0].costMinutes',
      '$.checks[1].weights[0].reason',
    ]);
  });

  it('refuses an unknown field, so that a misspelt one is noticed', () => {
    expect(refusal({ ...smallDocument(), ordre: [] }).faults[0]).toContain('ordre');
  });

  it('names a newer schema version', () => {
    const { code, faults } = refusal({ ...smallDocument(), schemaVersion: 2 });
    expect(code).toBe('newer_schema');
    expect(faults).toEqual([
      '$.schemaVersion The document has schema version 2; this program reads up to 1. Use a newer Demarc.',
    ]);
  });

  it('refuses what is no document at all', () => {
    expect([null, 'text', 7, [], {}].map((json) => refusal(json).code)).toEqual(
      Array(5).fill('invalid_input'),
    );
  });

  it('refuses a huge and a deep document before it looks at them', () => {
    const deep = Array.from({ length: 100 }).reduce<unknown>((inner) => [inner], 'x');
    const huge = { ...smallDocument(), description: 'x'.repeat(3_000_000) };
    const many = { ...smallDocument(), sources: Array.from({ length: 60_000 }, () => ({ title: 'x' })) };
    expect([deep, huge, many].map((json) => refusal(json).code)).toEqual(Array(3).fill('too_large'));
  });
});
