import { z } from 'zod';

/** The clouds Demarc knows by name; `other` is any further hosting provider or vendor. */
export const Provider = z.enum(['aws', 'gcp', 'azure', 'other']);
export type Provider = z.infer<typeof Provider>;

/** The four hypotheses about where the root cause is. */
export const Hypothesis = z.enum(['provider', 'customer', 'shared', 'third_party']);
export type Hypothesis = z.infer<typeof Hypothesis>;

/** A verdict: one of the hypotheses, or that they could not be told apart. */
export const VerdictLabel = z.enum([...Hypothesis.options, 'inconclusive']);
export type VerdictLabel = z.infer<typeof VerdictLabel>;

/** Which side of the line a check, a piece of evidence or a contact belongs to. */
export const Side = z.enum(['provider', 'customer', 'both']);
export type Side = z.infer<typeof Side>;

export const PROVIDER_NAMES: Readonly<Record<Provider, string>> = {
  aws: 'Amazon Web Services',
  gcp: 'Google Cloud',
  azure: 'Microsoft Azure',
  other: 'Other provider',
};
