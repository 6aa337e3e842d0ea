import type { Symptoms } from './deepening.ts';

/** What is known at the beginning: answers to what the errors say, and the words in which it was told. */
export interface FirstSymptoms {
  readonly errorSignatures: readonly string[];
  /** Title, services and alarm text together. */
  readonly text: string;
}

/** A playbook that may be proposed. */
export interface Candidate {
  readonly id: string;
  readonly symptoms: Symptoms;
}

/** A word found says more than an error signature: the same error comes from many causes. */
const WORD = 2;
const SIGNATURE = 1;

/**
 * The id of the playbook that fits the first symptoms best, or null when none fits or two fit equally well: then the
 * general one is right. A single error signature alone is enough only where no other playbook knows it.
 */
export function proposePlaybook(symptoms: FirstSymptoms, candidates: readonly Candidate[]): string | null {
  const text = ` ${symptoms.text.toLowerCase().replace(/[^a-z0-9]+/g, ' ')}`;
  const fits = candidates
    .map(({ id, symptoms: known }) => ({
      id,
      fit:
        WORD * known.words.filter((word) => text.includes(` ${word.replaceAll('-', ' ')}`)).length +
        SIGNATURE * known.errorSignatures.filter((one) => symptoms.errorSignatures.includes(one)).length,
    }))
    .sort((a, b) => b.fit - a.fit);
  const [best, next] = fits;
  return best === undefined || best.fit === 0 || best.fit === next?.fit ? null : best.id;
}
