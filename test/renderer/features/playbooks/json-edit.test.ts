import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  appendAt,
  getAt,
  listAt,
  moveAt,
  removeAt,
  setAt,
  textsAt,
} from '../../../../renderer/features/playbooks/editor/json-edit.ts';
import { placeOfFault, sectionsOf } from '../../../../renderer/features/playbooks/editor/sections.ts';

const document = { id: 'ours', checks: [{ id: 'a' }, { id: 'b' }, { id: 'c' }], order: ['a', 'b', 1] };

describe('editing a document', () => {
  test('changes one place and leaves the rest, and the order of keys, as they were', () => {
    const next = setAt(document, ['checks', 1, 'title'], 'B');
    expect(next).toEqual({ ...document, checks: [{ id: 'a' }, { id: 'b', title: 'B' }, { id: 'c' }] });
    expect(Object.keys(setAt(document, ['id'], 'theirs') ?? {})).toEqual(Object.keys(document));
  });

  test('takes a key away with undefined, and makes what is missing on the way', () => {
    expect(setAt(document, ['id'], undefined)).not.toHaveProperty('id');
    expect(getAt(setAt(document, ['howTo', 'aws', 0, 'text'], 'Look'), ['howTo', 'aws'])).toEqual([
      { text: 'Look' },
    ]);
  });

  test('moves within the list only', () => {
    const ids = (json: Parameters<typeof listAt>[0]) =>
      listAt(json, ['checks']).map((one) => getAt(one, ['id']));
    expect(ids(moveAt(document, ['checks'], 0, 1))).toEqual(['b', 'a', 'c']);
    expect(moveAt(document, ['checks'], 2, 1)).toBe(document);
    expect(moveAt(document, ['checks'], 0, -1)).toBe(document);
    expect(ids(removeAt(document, ['checks'], 1))).toEqual(['a', 'c']);
    expect(ids(appendAt(document, ['checks'], { id: 'd' }))).toEqual(['a', 'b', 'c', 'd']);
  });

  test('reads what is there, whatever has been typed', () => {
    expect(textsAt(document, ['order'])).toEqual(['a', 'b']);
    expect(listAt(document, ['id'])).toEqual([]);
    expect(getAt(null, ['a', 0])).toBeUndefined();
  });

  test('what is set is read back, at any place', () => {
    const path = fc.array(fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.nat(4)), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(path, fc.string(), (place, text) => {
        expect(getAt(setAt(document, place, text), place)).toBe(text);
      }),
    );
  });
});

describe('the place of a fault', () => {
  test.each([
    ['$.checks[3].weights[0].reason', { section: 'checks', check: 3 }],
    ['$.opening[0].check', { section: 'order', check: null }],
    ['$.thresholds.declare', { section: 'rules', check: null }],
    ['$.howTo.plane.aws[0]', { section: 'howTo', check: null }],
    ['$', { section: 'source', check: null }],
    ['$.somethingElse', { section: 'source', check: null }],
  ])('%s', (path, place) => {
    expect(placeOfFault(path)).toEqual(place);
  });

  test('is a section that the form has', () => {
    expect(sectionsOf(false)).toContain('groups');
    expect(sectionsOf(true)).not.toContain('groups');
    expect(sectionsOf(true)).toContain('howTo');
  });
});
