import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Playbook, type Answer } from '../../../../main/core/playbook/definition.ts';
import {
  answerKeys,
  readNumber,
  toggled,
  TRIAGE_KEYS,
} from '../../../../renderer/features/triage/answer-keys.ts';

const general = Playbook.parse(
  JSON.parse(readFileSync(new URL('../../../../resources/playbooks/general.json', import.meta.url), 'utf8')),
);

function answer(id: string, key: string, more: Partial<Answer> = {}): Answer {
  return { id, label: id, key, number: false, alone: false, frequency: 1, ...more };
}
const wayOut = answer('could_not_check', '0', { alone: true });

describe('answerKeys', () => {
  it('gives every answer of every built-in check a key of its own that no command of the view uses', () => {
    const commands = new Set<string>(Object.values(TRIAGE_KEYS));
    for (const check of general.checks) {
      const keys = answerKeys(check).map(({ key }) => key);
      expect(keys).toHaveLength(check.answers.length);
      expect(new Set(keys).size, check.id).toBe(keys.length);
      expect(
        keys.filter((key) => commands.has(key) || !/^[0-9a-z]$/.test(key)),
        check.id,
      ).toEqual([]);
      expect(keys.at(-1), check.id).toBe('0');
    }
  });

  it('keeps the keys of the playbook where they are free and replaces those that mean something else', () => {
    const check = { answers: [answer('one', '1'), answer('two', 'a'), answer('three', 'q'), wayOut] };
    expect(answerKeys(check).map(({ answer: { id }, key }) => [id, key])).toEqual([
      ['one', '1'],
      ['two', '2'],
      ['three', 'q'],
      ['could_not_check', '0'],
    ]);
  });

  it('leaves 0 to could not check, whatever a playbook asks for', () => {
    const check = { answers: [answer('zero', '0'), { ...wayOut, key: '7' }] };
    expect(answerKeys(check).map(({ key }) => key)).toEqual(['1', '0']);
  });

  it('parts two answers that ask for the same key', () => {
    const check = { answers: [answer('one', '1'), answer('again', '1'), wayOut] };
    expect(answerKeys(check).map(({ key }) => key)).toEqual(['1', '2', '0']);
  });
});

describe('toggled', () => {
  const none = answer('none', '1', { alone: true });
  const deploy = answer('deploy', '2');
  const dns = answer('dns', '3');
  const check = { answers: [none, deploy, dns, wayOut] };

  it('marks several answers, and takes a mark away again', () => {
    expect(toggled(check, ['deploy'], dns)).toEqual(['deploy', 'dns']);
    expect(toggled(check, ['deploy', 'dns'], deploy)).toEqual(['dns']);
  });

  it('lets an answer that stands alone exclude the others, both ways', () => {
    expect(toggled(check, ['deploy', 'dns'], none)).toEqual(['none']);
    expect(toggled(check, ['none'], deploy)).toEqual(['deploy']);
  });
});

describe('readNumber', () => {
  it('reads numbers as people type them and nothing else', () => {
    const read = ['12', ' 1.5 ', '1,5', '1 200', '−3', '', '12 min', '1e3', 'Infinity', '--1'].map(
      readNumber,
    );
    expect(read).toEqual([12, 1.5, 1.5, 1200, -3, null, null, null, null, null]);
  });
});
