import { applyMapping } from '../../../main/core/evidence/mapping/apply.ts';
import type { Mapping, Role } from '../../../main/core/evidence/mapping/model.ts';
import { ROLES, type Row } from '../../../main/core/evidence/mapping/row.ts';
import type { LogRecord } from '../../../main/core/evidence/model.ts';
import type { MappingProposal } from '../../../preload/contract/mapping-views.ts';

/** What each role of a field is called where it is chosen. */
const ROLE_LABELS: Readonly<Record<Role, string>> = {
  name: 'What happened',
  principal: 'Who did it',
  resource: 'To what',
  error: 'Error or outcome',
  message: 'Message',
  region: 'Region',
  account: 'Account or project',
  source: 'Service',
  address: 'Address it came from',
};

/** The roles in the order in which they are asked for. */
export const ROLE_FIELDS = ROLES.map((role) => ({ role, label: ROLE_LABELS[role] }));

/** The mapping with a field in another role; null takes the role away. */
export function withField(mapping: Mapping, role: Role, field: string | null): Mapping {
  const fields = { ...mapping.fields };
  if (field === null) delete fields[role];
  else fields[role] = field;
  return { ...mapping, fields };
}

/** What the mapping makes of the first rows. */
export interface Preview {
  readonly records: readonly Omit<LogRecord, 'id'>[];
  /** Rows that it cannot read, with the reason. */
  readonly refused: readonly string[];
  /** Some times name no zone, no year, or leave the order of day and month open. */
  readonly unzoned: boolean;
  readonly yearless: boolean;
  readonly ordered: boolean;
}

export function previewOf(mapping: Mapping, { sample, changed }: MappingProposal): Preview {
  const applied = sample.rows.map((row: Row) => applyMapping(mapping, row, changed));
  const read = applied.flatMap((one) => (one.kind === 'record' ? [one] : []));
  return {
    records: read.map(({ record }) => record),
    refused: applied.flatMap((one) => (one.kind === 'refused' ? [one.reason] : [])),
    unzoned: read.some(({ time }) => !time.zoned),
    yearless: read.some(({ time }) => time.yearless),
    ordered: read.some(({ time }) => time.ordered),
  };
}

/** Zones to choose from: UTC and that of this computer first. */
export function zoneItems(own: string): readonly { readonly id: string; readonly label: string }[] {
  const first = [
    { id: 'UTC', label: 'UTC' },
    ...(own === 'UTC' ? [] : [{ id: own, label: `${own}, as on this computer` }]),
  ];
  const rest = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== own && zone !== 'UTC');
  return [...first, ...rest.map((zone) => ({ id: zone, label: zone }))];
}
