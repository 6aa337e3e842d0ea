import { z } from 'zod';
import { fail, ok, type Result } from '../result.ts';

const Text = z.string().min(1).max(500);
const Points = z.number().min(-50).max(50);
const Id = z.string().regex(/^[a-z][a-z0-9_]*$/);

const Rule = z.strictObject({
  /** Where the event comes from, e.g. `ec2.amazonaws.com`. */
  source: Text,
  kind: Id,
  points: Points,
  events: z.array(Text).min(1),
  /** One sentence: how such a change can cause an incident. */
  why: Text,
  /** One sentence: why the event often means nothing; null when it is clear. */
  ambiguity: Text.nullable(),
  /** The change decides who may do what: it can explain denials. */
  policy: z.boolean().default(false),
});

const Kind = z.strictObject({
  name: Text,
  /** The answer to the check `recent_change` that this kind gives; null when it gives none. */
  answer: Id.nullable(),
  /** A change of this kind can break services other than its own. */
  reachesAnyService: z.boolean(),
});

/** The document `resources/evidence/changes.json`: which events are changes, and what makes one suspicious. Points add up. */
const ChangeTableData = z.strictObject({
  version: z.literal(1),
  sources: z.array(z.strictObject({ title: Text, url: z.url() })),
  ranking: z.strictObject({
    /** Changes further before onset than this are not ranked. */
    minutesBefore: z.number().positive(),
    nearness: z.strictObject({ points: Points, halvesEveryMinutes: z.number().positive() }),
    sameService: Points,
    /** Touches a thing that fails: one that errors after onset name. */
    sameResource: Points,
    /** Carries a word of the incident's title or workload in its name. */
    namedInScope: Points,
    reachesAnyService: Points,
    sameRegion: Points,
    globalService: Points,
    otherRegion: Points,
    /** For what the same principal does in at least so many different minutes of the window. */
    repeats: z.strictObject({ minutes: z.number().int().positive(), points: Points }),
  }),
  /** How far a change reaches beyond the thing it names; the first that fits counts. `events` of any source, all events of `sources`. */
  reach: z.array(
    z.strictObject({
      points: Points,
      words: Text,
      sources: z.array(Text).default([]),
      events: z.array(Text).default([]),
    }),
  ),
  effects: z.strictObject({
    /** Calls with which a change that waits for a restart takes effect. */
    restarts: z.array(Text),
    /** Points for a change that waits and for which no restart is seen. */
    pending: Points,
    /** Changes that spread over a time, by their source. */
    spreads: z.array(z.strictObject({ sources: z.array(Text), seconds: z.number().positive(), words: Text })),
  }),
  /** Words of titles that name no thing. */
  commonWords: z.array(Text),
  actors: z.strictObject({ person: Points, role: Points, service: Points, unknown: Points }),
  automation: z.array(z.strictObject({ userAgent: Text, name: Text, points: Points })),
  flags: z.record(Id, z.strictObject({ points: Points, words: Text, exposes: z.boolean() })),
  kinds: z.record(Id, Kind),
  rules: z.array(Rule),
  /** Events that change nothing that matters, from any source. */
  routine: z.strictObject({ points: Points, events: z.array(Text) }),
  /** Points of writes that no rule knows; the first prefix or ending that fits counts, an empty one fits all. */
  otherwise: z.array(
    z.strictObject({ prefixes: z.array(z.string()), endings: z.array(Text).default([]), points: Points }),
  ),
  /** How events begin that only read, for records that do not say. */
  readPrefixes: z.array(Text),
  /** Sources whose events are logged in one region whatever the region of their effect. */
  globalSources: z.array(Text),
  /** Other names for a source, by the part of it before the first dot; Azure's by the whole, e.g. `microsoft.sql`. */
  serviceAliases: z.record(z.string(), z.array(Text)),
});
type ChangeTableData = z.infer<typeof ChangeTableData>;
export type ChangeRule = z.infer<typeof Rule>;

/** The table of changes with its rules ready to be looked up. */
export interface ChangeTable {
  readonly data: Readonly<ChangeTableData>;
  /** By source, then by name of the event. */
  readonly rules: ReadonlyMap<string, ReadonlyMap<string, ChangeRule>>;
  readonly routine: ReadonlySet<string>;
  readonly globalSources: ReadonlySet<string>;
  /** By event, and by source for all its events. */
  readonly reach: ReadonlyMap<string, { readonly points: number; readonly words: string }>;
}

/** Reads the table of changes; fails with `invalid_input` and the place of the first fault. */
export function parseChangeTable(json: unknown): Result<ChangeTable> {
  const parsed = ChangeTableData.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return fail(
      'invalid_input',
      `The table of changes is faulty: ${issue?.message ?? ''}`,
      issue?.path.join('.'),
    );
  }
  const data = parsed.data;
  const rules = new Map<string, Map<string, ChangeRule>>();
  for (const [index, rule] of data.rules.entries()) {
    if (data.kinds[rule.kind] === undefined) {
      return fail(
        'invalid_input',
        `The table of changes names an unknown kind: ${rule.kind}.`,
        `rules.${index}.kind`,
      );
    }
    const ofSource = rules.get(rule.source) ?? new Map<string, ChangeRule>();
    rules.set(rule.source, ofSource);
    for (const name of rule.events) {
      if (ofSource.has(name)) {
        return fail(
          'invalid_input',
          `The table of changes lists ${name} of ${rule.source} twice.`,
          `rules.${index}`,
        );
      }
      ofSource.set(name, rule);
    }
  }
  return ok({
    data,
    rules,
    routine: new Set(data.routine.events),
    globalSources: new Set(data.globalSources),
    reach: reachOf(data),
  });
}

function reachOf(data: ChangeTableData): ChangeTable['reach'] {
  const reach = new Map<string, { readonly points: number; readonly words: string }>();
  for (const one of data.reach) {
    for (const key of [...one.sources, ...one.events]) if (!reach.has(key)) reach.set(key, one);
  }
  return reach;
}
