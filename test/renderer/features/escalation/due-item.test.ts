import { describe, expect, it } from 'vitest';
import { addMinutes, instantOf } from '../../../../main/core/time.ts';
import type { IncidentSummary } from '../../../../preload/contract/views.ts';
import { dueElsewhere } from '../../../../renderer/features/escalation/due-item.ts';

const now = instantOf(Date.UTC(2025, 5, 12, 18));

function incident(id: string, minutes: number | null, more: Partial<IncidentSummary> = {}): IncidentSummary {
  return {
    id,
    reference: id,
    title: id,
    mode: 'live',
    status: 'open',
    severity: 1,
    provider: 'aws',
    onset: now,
    updatedAt: now,
    verdict: 'provider',
    accepted: true,
    probabilities: null,
    due: minutes === null ? null : { title: `call for ${id}`, at: addMinutes(now, minutes) },
    ...more,
  };
}

describe('dueElsewhere', () => {
  it('lists the deadlines of the other open live incidents, the most pressing first', () => {
    const items = dueElsewhere(
      [
        incident('DM-1', 10),
        incident('DM-2', -3),
        incident('DM-3', null),
        incident('DM-4', -9, { status: 'closed' }),
        incident('DM-5', -9, { mode: 'drill' }),
        incident('DM-6', -9),
      ],
      'DM-6',
      now,
    );
    expect(items.map(({ reference, title, leftMs }) => [reference, title, leftMs / 60_000])).toEqual([
      ['DM-2', 'call for DM-2', -3],
      ['DM-1', 'call for DM-1', 10],
    ]);
  });
});
