import type { Playbook, Symptoms } from './definition.ts';
import type { Provider } from '../sides.ts';

/** What is known of an incident: answers that stand, the words in which it was told, whose cloud it is and how bad. */
export interface FirstSymptoms {
  readonly answers: readonly { readonly check: string; readonly answers: readonly string[] }[];
  /** Title, services and alarm text together. */
  readonly text: string;
  /** Left out: any. */
  readonly provider?: Provider;
  /** 1 is the worst; left out: any. */
  readonly severity?: 1 | 2 | 3 | 4;
}

/** A playbook that may be proposed. */
export interface Candidate {
  readonly id: string;
  readonly symptoms?: Symptoms | undefined;
  readonly appliesTo?: Playbook['appliesTo'] | undefined;
}

/** Which playbook fits and why: the words found in the text, and the answers that point to it. */
export interface Proposal {
  readonly id: string;
  readonly words: readonly string[];
  readonly answers: readonly { readonly check: string; readonly answer: string }[];
}

/** A word found says more than an answer: the same error comes from many causes. A service only decides between equals. */
const WORTH = { word: 2, answer: 1, service: 0.5 } as const;

/**
 * The playbook that fits the symptoms best, or null when none fits or two fit equally well: then the one in use is right.
 * A single answer alone is enough only where no other playbook knows it.
 */
export function proposePlaybook(symptoms: FirstSymptoms, candidates: readonly Candidate[]): Proposal | null {
  const fits = candidates
    .filter((candidate) => isMeantFor(candidate, symptoms))
    .map((candidate) => fitOf(candidate, symptoms))
    .sort((a, b) => sizeOf(b) - sizeOf(a));
  const [best, next] = fits;
  if (best === undefined || best.words.length + best.answers.length === 0 || sizeOf(best) === sizeOf(next))
    return null;
  const { id, words, answers } = best;
  return { id, words, answers };
}

/**
 * The playbook to change to while an incident goes on, or null. Only answers call for a change, since the words were there
 * from the beginning; and nobody is asked twice to go where they have been (`usedBefore`, with the one in use).
 */
export function proposeSwitch(
  symptoms: FirstSymptoms,
  candidates: readonly Candidate[],
  usedBefore: ReadonlySet<string>,
): Proposal | null {
  const best = proposePlaybook(symptoms, candidates);
  return best === null || best.answers.length === 0 || usedBefore.has(best.id) ? null : best;
}

function isMeantFor({ appliesTo }: Candidate, { provider, severity }: FirstSymptoms): boolean {
  if (appliesTo === undefined) return true;
  const { providers, severities } = appliesTo;
  return (
    (provider === undefined || providers.length === 0 || providers.includes(provider)) &&
    (severity === undefined || severities.length === 0 || severities.includes(`sev${severity}`))
  );
}

interface Fit extends Proposal {
  readonly services: number;
}

function fitOf({ id, symptoms, appliesTo }: Candidate, known: FirstSymptoms): Fit {
  const text = ` ${plain(known.text)} `;
  const words = (symptoms?.words ?? []).filter((word) => text.includes(` ${plain(word)}`));
  const services = (appliesTo?.services ?? []).filter((service) =>
    text.includes(` ${plain(service)} `),
  ).length;
  const answers = (symptoms?.answers ?? []).flatMap(({ check, is }) => {
    const given = known.answers.find((one) => one.check === check)?.answers ?? [];
    return given.filter((answer) => is.includes(answer)).map((answer) => ({ check, answer }));
  });
  return { id, words, answers, services };
}

function sizeOf(fit: Fit | undefined): number {
  if (fit === undefined) return 0;
  const { words, answers, services } = fit;
  return WORTH.word * words.length + WORTH.answer * answers.length + WORTH.service * services;
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
