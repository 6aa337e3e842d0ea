import { z } from 'zod';
import { Contact } from '../escalation/contact.ts';
import { FeedKind } from '../feeds/model.ts';
import { FeedId } from '../ids.ts';
import { Severity } from '../incident/events.ts';
import { jsonPath } from '../playbook/fault.ts';
import { fail, ok, type Result } from '../result.ts';
import { Provider, Side, VerdictLabel } from '../sides.ts';
import { Instant } from '../time.ts';

/** The version of the document format this program reads. */
const SCENARIO_SCHEMA_VERSION = 1;

const Line = z.string().trim().min(1).max(200);
const Text = z.string().trim().min(1).max(4000);
const Names = z.array(Line).max(60).readonly();
/** Minutes of virtual time since onset; negative before it. */
const Minute = z.number().min(-1440).max(1440);

/** A file beside the scenario's document: below a folder of its own, never above it. */
const RelativePath = z
  .string()
  .max(200)
  .regex(/^[a-z0-9][\w-]*(\.[\w-]+)*(\/[a-z0-9][\w-]*(\.[\w-]+)*)*$/i, 'a path below the scenario');

/** The bytes a feed answers with: in the document itself as text, or in a file beside it. */
const SnapshotBody = z.union([z.string().max(1_000_000), z.strictObject({ file: RelativePath }).readonly()]);
export type SnapshotBody = z.infer<typeof SnapshotBody>;

/** What a feed answers from a minute on, and where the facts in it come from. */
const Snapshot = z.strictObject({ atMinute: Minute, body: SnapshotBody, source: Text.optional() }).readonly();

/** A feed of the scenario: recorded snapshots, or an address that is asked with the virtual instant as `?at=`. */
const ScenarioFeed = z
  .strictObject({
    feedId: FeedId,
    name: Line,
    kind: FeedKind,
    snapshots: z.array(Snapshot).min(1).max(200).readonly().optional(),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .optional(),
  })
  .readonly();

/** What reaches the responder besides feeds: monitoring, colleagues, customers. */
const Inject = z
  .strictObject({ atMinute: Minute, title: Line, text: Text, side: Side.optional(), source: Text.optional() })
  .readonly();
export type Inject = z.infer<typeof Inject>;

/** From `fromMinute` on, a responder who makes the check finds these answers; any of them is right. */
const GoodAnswer = z
  .strictObject({ check: Line, answers: z.array(Line).min(1).max(20).readonly(), fromMinute: Minute })
  .readonly();
export type GoodAnswer = z.infer<typeof GoodAnswer>;

const Shape = z
  .strictObject({
    schemaVersion: z.literal(SCENARIO_SCHEMA_VERSION),
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'an id in lower case with hyphens, of at most 60 characters'),
    title: Line,
    description: Text,
    /** Where the facts are from, the most important first. */
    sources: z
      .array(z.strictObject({ title: Line, url: z.url({ protocol: /^https$/ }).optional() }).readonly())
      .min(1)
      .max(30)
      .readonly(),
    provider: Provider,
    services: Names,
    regions: Names,
    severity: Severity,
    onset: Instant,
    durationMinutes: z.number().positive().max(1440),
    /** What the responder is told at the start; it must not give the truth away. */
    brief: Text,
    feeds: z.array(ScenarioFeed).max(20).readonly(),
    injects: z.array(Inject).max(200).readonly(),
    /** Fictional: in a drill nobody real is called. */
    contacts: z.array(Contact.readonly()).max(50).readonly(),
    truth: z
      .strictObject({
        verdict: VerdictLabel,
        /** Further verdicts that can be defended; they score half. */
        accept: z.array(VerdictLabel).max(4).readonly(),
        explanation: Text,
        source: Text,
      })
      .readonly(),
    expected: z
      .strictObject({
        /** Minutes from onset within which a good team accepts the right verdict. */
        verdictByMinute: z.number().positive().max(1440),
        /** Minutes from onset to the provider's first public word; absent when it never speaks. */
        firstWordMinute: Minute.optional(),
        goodAnswers: z.array(GoodAnswer).max(200).readonly(),
      })
      .readonly(),
  })
  .readonly();

/** A recorded or written incident with timed injects and a hidden truth, as a document. */
export const Scenario = Shape.superRefine((scenario, context) => {
  const fault = (message: string, ...path: (string | number)[]): void =>
    context.addIssue({ code: 'custom', message, path });
  scenario.feeds.forEach(({ feedId, snapshots, url }, index) => {
    if ((snapshots === undefined) === (url === undefined)) {
      fault('a feed has either snapshots or an address', 'feeds', index);
    }
    if (scenario.feeds.findIndex((one) => one.feedId === feedId) < index) {
      fault(`the feed id ${feedId} is used twice`, 'feeds', index, 'feedId');
    }
    const late = disorder(snapshots ?? []);
    if (late > 0) fault('snapshots stand in the order of their minutes', 'feeds', index, 'snapshots', late);
  });
  const late = disorder(scenario.injects);
  if (late > 0) fault('injects stand in the order of their minutes', 'injects', late);
  if (scenario.truth.accept.includes(scenario.truth.verdict)) {
    fault('the true verdict is not listed again', 'truth', 'accept');
  }
});
export type Scenario = z.infer<typeof Scenario>;

/** Reads a scenario from parsed JSON. Fails with `invalid_input`, naming the first fault and its place as a JSON path. */
export function parseScenario(json: unknown): Result<Scenario> {
  const parsed = Scenario.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  const place = jsonPath(...(issue?.path ?? []));
  const more = parsed.error.issues.length - 1;
  const others = more === 0 ? '' : ` (and ${more} further ${more === 1 ? 'fault' : 'faults'})`;
  return fail(
    'invalid_input',
    `The scenario is not valid at ${place}: ${issue?.message ?? 'unknown fault'}${others}.`,
    place,
  );
}

/** The index of the first item that comes before its predecessor; 0 when they are in order. */
function disorder(items: readonly { readonly atMinute: number }[]): number {
  const index = items.findIndex(
    ({ atMinute }, at) => at > 0 && atMinute < (items[at - 1]?.atMinute ?? atMinute),
  );
  return Math.max(index, 0);
}
