import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesBetween } from '../../../main/core/playbook/changes.ts';
import { nextVersion } from '../../../main/core/playbook/version.ts';

describe('nextVersion', () => {
  test.each([
    [[], '1.0.0', '1.0.0'],
    [['1.0.0'], '1.0.0', '1.0.1'],
    [['1.0.0', '1.0.9'], '1.0.3', '1.0.10'],
    [['1.0.9'], '1.1.0', '1.1.0'],
    [['2.0.0', '1.9.9'], '1.10.0', '2.0.1'],
  ])('saved %j, wished %s: %s', (saved, wished, next) => {
    expect(nextVersion(saved, wished)).toBe(next);
  });

  test('never gives a version twice', () => {
    const version = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(fc.array(version, { maxLength: 8 }), version, (saved, wished) => {
        expect(saved).not.toContain(nextVersion(saved, wished));
      }),
    );
  });
});

describe('changesBetween', () => {
  const before = {
    version: '1.0.0',
    title: 'A',
    order: ['x', 'y'],
    checks: [
      { id: 'x', title: 'X', why: 'a' },
      { id: 'y', title: 'Y' },
    ],
  };

  test('names fields, and checks by their id with what changed in them', () => {
    const after = {
      ...before,
      version: '1.0.1',
      title: 'B',
      groups: [],
      checks: [
        { id: 'x', title: 'X', why: 'b', gate: [] },
        { id: 'z', title: 'Z' },
      ],
    };
    expect(changesBetween(before, after)).toEqual([
      'Changed: title is now “B”.',
      'Added: groups.',
      'Added the check z.',
      'Removed the check y.',
      'Changed the check x: why, gate.',
    ]);
  });

  test('finds none where only the version or the order of keys differs', () => {
    const { checks, ...rest } = before;
    expect(changesBetween(before, { checks, ...rest, version: '9.0.0' })).toEqual([]);
  });

  test('reads whatever it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(changesBetween(a, a)).toEqual([]);
        expect(Array.isArray(changesBetween(a, b))).toBe(true);
      }),
    );
  });
});
