import type { RecordedEvent } from '../incident/events.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Playbook } from '../playbook/definition.ts';
import { minutesBetween, type Instant } from '../time.ts';
import type { Moment } from './model.ts';

/** What every part of a report is worked out from. */
export interface Setting {
  readonly state: IncidentState;
  readonly playbook: Playbook;
  /** The readable entries of the trail, in its order. */
  readonly events: readonly RecordedEvent[];
  readonly onset: Instant;
  /** The zone offset of the one who declared: for instants that nobody's clock recorded, such as a deadline. */
  readonly home: number;
}

/** An instant with its minutes since onset; without an offset of its own it is given that of the declaring writer. */
export function momentOf(
  setting: Pick<Setting, 'onset' | 'home'>,
  at: Instant,
  offsetMinutes = setting.home,
): Moment {
  return { at, minute: minutesBetween(setting.onset, at), offsetMinutes };
}
