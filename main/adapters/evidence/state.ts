import type { StateFinding } from '../../core/evidence/state-finding.ts';
import { bounded } from './json.ts';

/** What a source says of a state; what it leaves out is empty, unknown, or ours. */
export type StateParts = Pick<StateFinding, 'id' | 'source' | 'product' | 'status' | 'pattern' | 'title'> &
  Partial<StateFinding>;

/** A finding with its texts in bounds and the account and region of its ARN where it does not say them itself. */
export function stateFinding(parts: StateParts): StateFinding {
  const resource = parts.resource ?? '';
  const [, , , region = '', account = ''] = resource.startsWith('arn:') ? resource.split(':') : [];
  return {
    seenAt: null,
    since: null,
    severity: 'unknown',
    owner: 'customer',
    control: '',
    ...parts,
    id: bounded(parts.id, 512),
    title: bounded(parts.title, 300),
    detail: bounded(parts.detail ?? '', 600),
    resource: bounded(resource, 512),
    region: bounded(parts.region ?? region, 64),
    account: bounded(parts.account ?? account, 64),
  };
}
