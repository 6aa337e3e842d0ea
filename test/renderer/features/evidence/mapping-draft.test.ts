import { describe, expect, it } from 'vitest';
import type { Mapping } from '../../../../main/core/evidence/mapping/model.ts';
import type { MappingProposal } from '../../../../preload/contract/mapping-views.ts';
import { previewOf, withField, zoneItems } from '../../../../renderer/features/evidence/mapping-draft.ts';

const mapping: Mapping = {
  name: 'deployments',
  shape: { format: 'table', delimiter: ',', fields: ['when', 'what'] },
  time: { field: 'when', zone: 'UTC', order: 'dmy' },
  fields: { name: 'what' },
  rows: 'changes',
};

function proposal(...times: readonly string[]): MappingProposal {
  const guess = {
    mapping,
    timeFields: ['when'],
    needsZone: true,
    needsYear: false,
    order: 'not_used',
  } as const;
  return {
    path: '/logs/a.csv',
    file: 'a.csv',
    sample: { shape: mapping.shape, rows: times.map((when) => ({ when, what: 'deploy' })) },
    guess,
    changed: Date.parse('2026-03-05T00:00:00Z'),
  };
}

describe('a mapping being made', () => {
  it('gives a role to one field, and takes it away', () => {
    expect(withField(mapping, 'principal', 'who').fields).toEqual({ name: 'what', principal: 'who' });
    expect(withField(mapping, 'name', null).fields).toEqual({});
  });

  it('shows what becomes of the first rows, and what it leaves open', () => {
    const preview = previewOf(
      mapping,
      proposal('2026-03-04 09:00:00', '03/04/2026 09:00', 'Mar  4 09:00:00', 'soon'),
    );
    expect(preview).toMatchObject({ unzoned: true, yearless: true, ordered: true });
    expect(preview.records.map(({ at }) => at)).toEqual([
      '2026-03-04T09:00:00.000Z',
      '2026-04-03T09:00:00.000Z',
      '2026-03-04T09:00:00.000Z',
    ]);
    expect(preview.refused).toEqual(['when is not a time: soon']);
  });

  it('offers UTC first, then the zone of this computer, and each once', () => {
    const ids = zoneItems('Europe/Berlin').map(({ id }) => id);
    expect(ids.slice(0, 2)).toEqual(['UTC', 'Europe/Berlin']);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
