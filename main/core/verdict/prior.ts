import type { Playbook, Prior } from '../playbook/definition.ts';
import type { Provider } from '../sides.ts';
import { subtract, toVector, type Vector } from './distribution.ts';

/** A probability of 0 in a prior would make a hypothesis impossible whatever is found; none may be. */
const LEAST = 0.001;

/** The prior for a provider and, where given, a failure scope: the most specific entry of the playbook. */
export function priorFor(playbook: Playbook, provider: Provider, failureScope: string | null): Prior {
  let best: Prior | undefined;
  let bestRank = -1;
  for (const prior of playbook.priors) {
    if (prior.provider !== undefined && prior.provider !== provider) continue;
    if (prior.failureScope !== undefined && prior.failureScope !== failureScope) continue;
    const rank = (prior.failureScope === undefined ? 0 : 2) + (prior.provider === undefined ? 0 : 1);
    if (rank > bestRank) {
      best = prior;
      bestRank = rank;
    }
  }
  if (best === undefined) throw new Error(`Playbook ${playbook.id} has no prior that fits ${provider}`);
  return best;
}

/** Natural logarithms of a prior's probabilities. */
export function logPrior(prior: Prior): Vector {
  const [a, b, c, d] = toVector(prior.probabilities);
  return [ln(a), ln(b), ln(c), ln(d)];
}

/** What knowing the failure scope adds to the provider's prior, in log-odds; null when the playbook says nothing of it. */
export function scopeShift(
  playbook: Playbook,
  provider: Provider,
  failureScope: string,
): { readonly logOdds: Vector; readonly prior: Prior } | null {
  const prior = priorFor(playbook, provider, failureScope);
  if (prior.failureScope === undefined) return null;
  return { logOdds: subtract(logPrior(prior), logPrior(priorFor(playbook, provider, null))), prior };
}

function ln(probability: number): number {
  return Math.log(Math.max(probability, LEAST));
}
