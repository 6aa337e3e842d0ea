import type { StateFinding } from '../../core/evidence/state-finding.ts';
import { findingOf, placeOfArn } from './finding.ts';

/** What AWS says of a state; what it leaves out is empty, unknown, or ours. */
export type StateParts = Pick<StateFinding, 'id' | 'source' | 'product' | 'status' | 'pattern' | 'title'> &
  Partial<StateFinding>;

/** A finding with the account and region of its ARN where it does not say them itself. */
export function stateFinding(parts: StateParts): StateFinding {
  return findingOf({ ...placeOfArn(parts.resource ?? ''), ...parts });
}
