import type { IncidentId } from '../main/core/ids.ts';
import type { Instant } from '../main/core/time.ts';

/** The operations on how much was logged when. */
export interface MinuteOperations {
  /** Records of each minute from the one of `from` to the one of `to`, none left out; at most a day. */
  readonly minuteCounts: {
    readonly args: { readonly incidentId: IncidentId; readonly from: Instant; readonly to: Instant };
    readonly value: readonly number[];
  };
}
