/** The sections of the form. `source`: the document as JSON, in which everything can be reached. */
export const SECTION_WORDS = {
  about: 'About',
  checks: 'Checks',
  howTo: 'Added steps',
  order: 'Order',
  groups: 'Groups',
  rules: 'Rules',
  escalation: 'Escalation',
  source: 'JSON',
  trial: 'Dry run',
} as const;
export type Section = keyof typeof SECTION_WORDS;

const WHOLE: readonly Section[] = [
  'about',
  'checks',
  'order',
  'groups',
  'rules',
  'escalation',
  'source',
  'trial',
];
const EXTENSION: readonly Section[] = [
  'about',
  'checks',
  'howTo',
  'order',
  'rules',
  'escalation',
  'source',
  'trial',
];

/** What there is to edit: a document that extends another has fewer sections of its own. */
export function sectionsOf(extendsAnother: boolean): readonly Section[] {
  return extendsAnother ? EXTENSION : WHOLE;
}

const OF_KEY: Readonly<Record<string, Section>> = {
  checks: 'checks',
  howTo: 'howTo',
  order: 'order',
  opening: 'order',
  first: 'order',
  groups: 'groups',
  thresholds: 'rules',
  keyChecks: 'rules',
  beforeDeclaring: 'rules',
  spread: 'rules',
  priors: 'rules',
  scopeCheck: 'rules',
  escalation: 'escalation',
  id: 'about',
  version: 'about',
  title: 'about',
  description: 'about',
  appliesTo: 'about',
  symptoms: 'about',
  sources: 'about',
};

/** Where the field of a fault is: its section and, within the checks, which one. */
export function placeOfFault(path: string): { readonly section: Section; readonly check: number | null } {
  const key = /^\$\.(\w+)/.exec(path)?.[1] ?? '';
  const check = /^\$\.checks\[(\d+)\]/.exec(path)?.[1];
  return { section: OF_KEY[key] ?? 'source', check: check === undefined ? null : Number(check) };
}

/** The faults of one field: those at its path, and those inside it that have no field of their own. */
export function faultsAt<F extends { readonly path: string }>(
  faults: readonly F[],
  path: string,
): readonly F[] {
  return faults.filter((fault) => fault.path === path);
}
