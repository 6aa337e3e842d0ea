import { z } from 'zod';
import { fail, ok, type Result } from '../result.ts';
import { FindingPattern, type StateFinding } from './state-finding.ts';

const Text = z.string().min(1).max(500);
const Points = z.number().min(-50).max(50);
const Words = z.array(z.string().min(2).max(60)).min(1);

const Pattern = z.strictObject({
  name: Text,
  /** One sentence: how it can matter in an incident. */
  why: Text,
  /** Whose duty it is where the finding does not say. */
  owner: z.enum(['customer', 'provider', 'shared']),
  /** The check it can answer; null when it answers none. */
  answer: z
    .strictObject({
      check: Text,
      answer: Text,
      /**
       * - `dated`: only when something dates it near onset
       * - `same_place`: also undated, when it is in a service that fails
       * - `seen_lately`: also undated, when the source looked in the hours before onset
       */
      when: z.enum(['dated', 'same_place', 'seen_lately']),
    })
    .nullable(),
});

const Rule = z.strictObject({
  pattern: FindingPattern,
  /** Checks by their own ids, in lower case. */
  controls: z.array(Text).default([]),
  /** Of every list one must stand in the check's id and title: lower case, letters and figures only, a space for the rest. */
  words: z.array(Words).min(1),
  /** None of these may stand there. */
  none: Words.optional(),
});

/** The document `resources/evidence/patterns.json`: which checks belong to which pattern, and what makes one stand out. */
const PatternTableData = z.strictObject({
  version: z.literal(1),
  sources: z.array(z.strictObject({ title: Text, url: z.url() })),
  ranking: z.strictObject({
    /** What dates a state counts as near onset from so long before to so long after. */
    minutesBefore: z.number().positive(),
    minutesAfter: z.number().positive(),
    nearness: z.strictObject({ points: Points, halvesEveryMinutes: z.number().positive() }),
    /** For one that is dated, but not near onset. */
    dated: Points,
    /** A source that looked within so long before onset has looked lately. */
    seenLatelyMinutes: z.number().positive(),
    severity: z.strictObject({
      critical: Points,
      high: Points,
      medium: Points,
      low: Points,
      info: Points,
      unknown: Points,
    }),
    sameService: Points,
    sameRegion: Points,
    otherRegion: Points,
    notFailing: Points,
    /** For what is the provider's own duty. */
    notOurs: Points,
  }),
  patterns: z.record(FindingPattern, Pattern),
  /** The first rule that fits counts. */
  rules: z.array(Rule).min(1),
});
export type PatternTable = Readonly<z.infer<typeof PatternTableData>>;

/** Reads the table of patterns; fails with `invalid_input` and the place of the first fault. */
export function parsePatternTable(json: unknown): Result<PatternTable> {
  const parsed = PatternTableData.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return fail(
    'invalid_input',
    `The table of patterns is faulty: ${issue?.message ?? ''}`,
    issue?.path.join('.'),
  );
}

type Checked = Pick<StateFinding, 'control' | 'title' | 'pattern' | 'owner'>;

/** The pattern and the owner that a check and its title tell, where the source did not say them. */
export function classify(finding: Checked, table: PatternTable): Pick<StateFinding, 'pattern' | 'owner'> {
  const pattern = finding.pattern === 'other' ? patternOf(finding, table) : finding.pattern;
  const owner = finding.owner === 'customer' ? table.patterns[pattern].owner : finding.owner;
  return { pattern, owner };
}

function patternOf({ control, title }: Checked, table: PatternTable): StateFinding['pattern'] {
  const id = control.toLowerCase();
  const byId = table.rules.find(({ controls }) => controls.includes(id));
  if (byId !== undefined) return byId.pattern;
  const text = plainWords(`${control} ${title}`);
  const fits = table.rules.find(
    ({ words, none }) =>
      none?.some((word) => text.includes(word)) !== true &&
      words.every((group) => group.some((word) => text.includes(word))),
  );
  return fits?.pattern ?? 'other';
}

/** Lower case, letters and figures, one space for whatever else, and around. */
export function plainWords(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()} `;
}
