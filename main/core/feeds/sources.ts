import { z } from 'zod';

/** Where facts come from, told once and referred to by key from the entries that it covers. */
const Source = z.strictObject({
  /** What it says, and how far it goes. */
  says: z.string().min(1),
  /** Absent where there is nothing to point to: names that people use. */
  url: z.url({ protocol: /^https$/ }).optional(),
  lookedUp: z.iso.date(),
});

/** By key. */
export const Sources = z.record(z.string().regex(/^[a-z0-9-]+$/), Source);
/** Of one entry. */
export const SourceKeys = z.array(z.string()).min(1);

interface Sourced {
  readonly id: string;
  readonly sources: readonly string[];
}

/** Every entry names sources that are told, and every source that is told covers an entry. */
export function checkSources(
  sources: Readonly<Record<string, unknown>>,
  entries: readonly Sourced[],
  add: (message: string) => void,
): void {
  const used = new Set(entries.flatMap((entry) => entry.sources));
  for (const entry of entries) {
    for (const key of entry.sources.filter((each) => !Object.hasOwn(sources, each))) {
      add(`"${entry.id}" has the source "${key}", which is not told`);
    }
  }
  for (const key of Object.keys(sources).filter((each) => !used.has(each))) {
    add(`the source "${key}" covers no entry`);
  }
}
