import type { IncidentState } from '../../../main/core/incident/state.ts';
import type { Judgement } from '../../../main/core/verdict/model.ts';

/**
 * How the engine's verdict stands to the accepted one: `open` none of either, `clear` one that waits to be accepted,
 * `accepted` one that still holds, `turned` one that the answers no longer bear out.
 */
export type StandingVerdict = 'open' | 'clear' | 'accepted' | 'turned';

/** A verdict has turned when a different one is declared than both what was accepted and what the engine held then. */
export function standingVerdict(
  { accepted, status }: Pick<IncidentState, 'accepted' | 'status'>,
  { declared, verdict }: Pick<Judgement, 'declared' | 'verdict'>,
): StandingVerdict {
  if (accepted === null) return declared && status === 'open' ? 'clear' : 'open';
  const isOther = declared && verdict !== accepted.verdict && verdict !== accepted.engine.verdict;
  return isOther && status === 'open' ? 'turned' : 'accepted';
}
