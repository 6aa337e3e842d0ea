import { expect, test } from 'vitest';
import type { RankedFinding } from '../../../../main/core/evidence/rank-findings.ts';
import type { FindingsView } from '../../../../preload/contract/views.ts';
import { groupsOf } from '../../../../renderer/features/evidence/finding-groups.ts';
import { aFinding } from '../../../support/findings.ts';

function ranked(id: string, dated: RankedFinding['dated'] = 'undated'): RankedFinding {
  return { finding: aFinding({ id }), score: 1, minutesBefore: null, dated, samePlace: false, reasons: [] };
}

const VIEW: FindingsView = {
  failing: 12,
  passing: 0,
  unknown: 0,
  datedNear: 1,
  scanned: null,
  patterns: [{ pattern: 'public_storage', count: 12, name: 'Public storage', owner: 'customer', why: '' }],
  ranked: [ranked('near', 'near')],
  attachedEarlier: [],
};
const PAGE = ['near', 'a', 'b', 'c', 'd', 'e'].map((id) => ranked(id));

test.each([
  ['all there are, with nothing more to load', '', false, '5'],
  ['how many of how many, with further pages', '', true, '5 of 11'],
  ['that it is not all, where how many fit the words is not known', 'orders', true, '5 so far'],
])('a group says %s', (_what, text, more, count) => {
  const groups = groupsOf(PAGE, VIEW, { status: 'failing', text }, new Set(), more);
  expect(groups.map((group) => [group.name, group.count])).toEqual([
    ['Dated near onset', '1'],
    ['Public storage', count],
  ]);
});
