import type { Lifecycle, Saying } from '../feeds/model.ts';
import type { Hypothesis, VerdictLabel } from '../sides.ts';
import type { Instant } from '../time.ts';
import type { z } from 'zod';

/** What a verdict is called in a sentence. */
export const VERDICT_WORDS: Readonly<Record<VerdictLabel, string>> = {
  provider: 'the provider’s side',
  customer: 'the customer’s side',
  shared: 'both sides',
  third_party: 'a third party',
  inconclusive: 'inconclusive',
};

/** What a hypothesis is called in a table. */
export const HYPOTHESIS_WORDS: Readonly<Record<Hypothesis, string>> = {
  provider: 'Provider',
  customer: 'Customer',
  shared: 'Shared',
  third_party: 'Third party',
};

export const SAYING_WORDS: Readonly<Record<Saying, string>> = {
  matching: 'says an incident that matches',
  elsewhere: 'says an incident elsewhere',
  silent: 'silent',
  could_not_check: 'could not check',
};

export const LIFECYCLE_WORDS: Readonly<Record<z.infer<typeof Lifecycle>, string>> = {
  open: 'open',
  recovering: 'recovering',
  closed: 'closed',
  false_positive: 'taken back as a false positive',
  merged: 'merged into another',
  upcoming: 'announced',
};

const MINUTES_PER_DAY = 1440;

/** Minutes since onset for people: `T+71 min`, `T-12 min`; beyond two days `T+3 d 04:10`. Fractions are cut off. */
export function sinceOnset(minutes: number): string {
  const sign = minutes < 0 ? '-' : '+';
  const whole = Math.trunc(Math.abs(minutes));
  if (whole < 2 * MINUTES_PER_DAY) return `T${whole === 0 ? '+' : sign}${whole} min`;
  const days = Math.trunc(whole / MINUTES_PER_DAY);
  const [hours, rest] = [Math.trunc((whole % MINUTES_PER_DAY) / 60), whole % 60];
  return `T${sign}${days} d ${two(hours)}:${two(rest)}`;
}

/** An instant for people, in UTC with seconds: `2025-06-12 17:51:00Z`. */
export function utcText(at: Instant): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)}Z`;
}

/** A probability in whole per cent; below one half per cent `<1 %`, since nothing here is certain. */
export function percent(probability: number): string {
  const whole = Math.round(probability * 100);
  if (whole === 0 && probability > 0) return '<1 %';
  return whole === 100 && probability < 1 ? '>99 %' : `${whole} %`;
}

/** All four probabilities in one line. */
export function probabilitiesText(probabilities: Readonly<Record<Hypothesis, number>>): string {
  const { provider, customer, shared, third_party } = probabilities;
  return (
    `provider ${percent(provider)}, customer ${percent(customer)}, ` +
    `shared ${percent(shared)}, third party ${percent(third_party)}`
  );
}

/** A number of things with its noun: `1 entry`, `12 entries`. Thousands are set apart: `1,974 events`. */
export function counted(count: number, one: string, many: string): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
