import { z } from 'zod';
import { PolicyLevel } from '../escalation/escalation.ts';
import { Hypothesis, Provider, Side, VerdictLabel } from '../sides.ts';
import { COULD_NOT_CHECK } from './could-not-check.ts';

/** The version of the document format this program reads and writes. */
export const PLAYBOOK_SCHEMA_VERSION = 1;

export { COULD_NOT_CHECK };

const Id = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, 'an id in snake_case of at most 60 characters');
const Line = z.string().trim().min(1).max(200);
const Text = z.string().trim().min(1).max(2000);
const Severity = z.enum(['sev1', 'sev2', 'sev3', 'sev4']);
const Probability = z.number().min(0).max(1);

/** Natural-log odds for each hypothesis; only differences between hypotheses matter. A missing one is 0. */
const LogOdds = z
  .strictObject({
    provider: z.number().min(-10).max(10).default(0),
    customer: z.number().min(-10).max(10).default(0),
    shared: z.number().min(-10).max(10).default(0),
    third_party: z.number().min(-10).max(10).default(0),
  })
  .readonly();

const Grounds = { reason: Text, source: Text };

/** A source of the document's facts. */
const Source = z.strictObject({ title: Line, url: z.url({ protocol: /^https$/ }).optional() }).readonly();

/**
 * A condition on one standing answer: `is` holds when any of the listed answers stands, `isNot` when none of them does.
 * An unanswered check and `could_not_check` satisfy neither.
 */
export const Condition = z
  .union([
    z.strictObject({ check: Id, is: z.array(Id).min(1).max(30).readonly() }),
    z.strictObject({ check: Id, isNot: z.array(Id).min(1).max(30).readonly() }),
  ])
  .readonly();
export type Condition = z.infer<typeof Condition>;
const Conditions = z.array(Condition).max(10).readonly();

/**
 * What a hypothesis is worth before any check, as probabilities. The most specific entry counts:
 * one with the failure scope (an answer of the scope check) before one with the provider, before the plain one.
 */
const Prior = z
  .strictObject({
    provider: Provider.optional(),
    failureScope: Id.optional(),
    probabilities: z
      .strictObject({
        provider: Probability,
        customer: Probability,
        shared: Probability,
        third_party: Probability,
      })
      .readonly(),
    ...Grounds,
  })
  .readonly();
export type Prior = z.infer<typeof Prior>;

/**
 * Checks that tell the same story: together they move the log-odds between any two hypotheses by at most `cap`.
 * A larger sum is scaled down as a whole, so that its direction stays.
 */
const Group = z
  .strictObject({ id: Id, title: Line, cap: z.number().positive().max(10), reason: Text })
  .readonly();

/**
 * What one answer says. `given` limits it to a context; for each answer the first entry whose conditions hold counts.
 * `byMinute`: as the observation's minute since onset passes `from`, its log-odds replace the ones before.
 * `byNumber`: for a check that asks a number, the first band with number <= `upTo` counts, else `logOdds`.
 */
const Weight = z
  .strictObject({
    answer: Id,
    given: Conditions.optional(),
    logOdds: LogOdds,
    byMinute: z
      .array(z.strictObject({ from: z.number().min(-100_000).max(1_000_000), logOdds: LogOdds }).readonly())
      .max(10)
      .readonly()
      .optional(),
    byNumber: z
      .array(z.strictObject({ upTo: z.number(), logOdds: LogOdds }).readonly())
      .max(10)
      .readonly()
      .optional(),
    ...Grounds,
  })
  .readonly();
export type Weight = z.infer<typeof Weight>;

/** One thing to do to find out, with the exact command to copy or the console page to open. */
const Step = z
  .strictObject({
    text: Text,
    command: z.string().min(1).max(1000).optional(),
    url: z.url({ protocol: /^https$/ }).optional(),
  })
  .readonly();
export type Step = z.infer<typeof Step>;
const Steps = z.array(Step).max(12).readonly().default([]);

/**
 * One answer. `key` is what to press (1 to 9, then letters; 0 is *could not check*). `number`: the answer carries a number.
 * `alone`: in a check that takes several answers, this one excludes the others (such as *none*).
 * `frequency`: how common the answer is compared with the others; used only to foresee what asking would bring.
 */
const Answer = z
  .strictObject({
    id: Id,
    label: Line,
    key: z.string().regex(/^[0-9a-z]$/, 'one key: 0 to 9 or a to z'),
    number: z.boolean().default(false),
    alone: z.boolean().default(false),
    frequency: z.number().positive().max(100).default(1),
  })
  .readonly();
export type Answer = z.infer<typeof Answer>;

const WAY_OUT: Answer = {
  id: COULD_NOT_CHECK,
  label: 'Could not check',
  key: '0',
  number: false,
  alone: true,
  frequency: 1,
};

/** The way out is added where the document does not spell it out, so that no check is without one. */
const Answers = z
  .array(Answer)
  .min(1)
  .max(34)
  .transform((answers): readonly Answer[] =>
    answers.some(({ id }) => id === COULD_NOT_CHECK) ? answers : [...answers, WAY_OUT],
  );

/** One question with a closed set of answers, the last of them always *could not check*. */
const Check = z
  .strictObject({
    id: Id,
    title: Line,
    question: Line,
    /** One sentence: what the answer separates from what. */
    why: Text,
    side: Side,
    /**
     * Who triggered it, or whose design let it spread. The second is asked once it is unlikely that we triggered it.
     */
    about: z.enum(['trigger', 'spread']).default('trigger'),
    howTo: z
      .strictObject({ all: Steps, aws: Steps, gcp: Steps, azure: Steps, other: Steps })
      .readonly()
      .prefault({}),
    answers: Answers,
    several: z.boolean().default(false),
    asksNumber: z.strictObject({ label: Line, unit: Line }).readonly().optional(),
    changesWithTime: z
      .strictObject({ askAgainAfterMinutes: z.number().positive().max(10_000) })
      .readonly()
      .optional(),
    costMinutes: z.number().positive().max(600),
    evidenceWanted: Text.optional(),
    /** The control it concerns and the role that can answer or act. */
    control: Line.optional(),
    owner: Line.optional(),
    /** Ask only when all hold. */
    gate: Conditions.default([]),
    group: Id.optional(),
    weights: z.array(Weight).max(60).readonly().default([]),
  })
  .readonly();
export type Check = z.infer<typeof Check>;

/** An answer that says whose design let the failure spread, apart from who triggered it. */
const SpreadSign = z
  .strictObject({
    check: Id,
    answer: Id,
    given: Conditions.optional(),
    side: z.enum(['provider', 'customer', 'none']),
    reason: Text,
  })
  .readonly();

const Requirement = z
  .strictObject({
    verdict: Hypothesis,
    given: Conditions.optional(),
    /** The requirement falls away when all of these hold. */
    unless: Conditions.optional(),
    check: Id,
    reason: Text,
  })
  .readonly();

const EscalationPlan = z.strictObject({ levels: z.array(PolicyLevel).min(1).max(12).readonly() }).readonly();

/**
 * What makes one think of a playbook: answers already given, and words in what was told. `words` are in lower case; one counts
 * where it begins a word of the text.
 */
export const Symptoms = z
  .strictObject({
    answers: z
      .array(z.strictObject({ check: Id, is: z.array(Id).min(1).max(30).readonly() }).readonly())
      .max(20)
      .readonly()
      .default([]),
    words: z
      .array(z.string().regex(/^[a-z0-9][a-z0-9 -]{1,39}$/, 'two to forty small letters or digits'))
      .max(60)
      .readonly()
      .default([]),
  })
  .readonly();
export type Symptoms = z.infer<typeof Symptoms>;

/** A playbook document: the checks, their order, what each answer means, and whom to call for each verdict. */
export const Playbook = z
  .strictObject({
    schemaVersion: z.literal(PLAYBOOK_SCHEMA_VERSION),
    id: Id,
    version: z.string().regex(/^\d+\.\d+\.\d+$/, 'a version such as 1.0.0'),
    title: Line,
    description: Text,
    appliesTo: z
      .strictObject({
        providers: z.array(Provider).max(4).readonly().default([]),
        services: z.array(Line).max(100).readonly().default([]),
        severities: z.array(Severity).max(4).readonly().default([]),
      })
      .readonly(),
    /** Without them a playbook is never proposed, only chosen. */
    symptoms: Symptoms.optional(),
    sources: z.array(Source).min(1).max(50).readonly(),
    priors: z.array(Prior).min(1).max(60).readonly(),
    /** The check whose answer `priors[].failureScope` names. */
    scopeCheck: Id.optional(),
    groups: z.array(Group).max(40).readonly().default([]),
    thresholds: z
      .strictObject({
        /** A verdict needs at least this probability... */
        declare: z.number().gt(0.25).lt(1),
        /** ...and this much more than the next hypothesis. */
        margin: Probability,
        /** ...and findings that speak for it by this much, in log-odds over the mean of the others: no prior alone convicts. */
        evidence: z.number().min(0).max(10),
        /**
         * A check that was out of reach is worth trying again after this many minutes; one that is not of the opening, no
         * sooner than at twice the minute of the last try.
         */
        retryAfterMinutes: z.number().positive().max(10_000),
        reason: Text,
      })
      .readonly(),
    /** A side counts as looked at when one of its checks has a real answer, or all its key checks were out of reach. */
    keyChecks: z
      .strictObject({
        provider: z.array(Id).min(1).max(10).readonly(),
        customer: z.array(Id).min(1).max(10).readonly(),
      })
      .readonly(),
    /** Checks that must have been put (a *could not check* is enough) before this verdict is declared in this context. */
    beforeDeclaring: z.array(Requirement).max(30).readonly().default([]),
    checks: z.array(Check).min(1).max(200).readonly(),
    /** Asked first, in this order, before anything is ranked: without these no other answer can be read. Some only in a context. */
    opening: z
      .array(z.strictObject({ check: Id, given: Conditions.optional() }).readonly())
      .max(20)
      .readonly()
      .default([]),
    /** Every check id once; decides between checks that are about equally telling. */
    order: z.array(Id).max(200).readonly(),
    spread: z.array(SpreadSign).max(60).readonly().default([]),
    escalation: z.record(VerdictLabel, EscalationPlan).readonly(),
  })
  .readonly();
export type Playbook = z.infer<typeof Playbook>;

/** The hypotheses in the order in which tables list them. */
export const HYPOTHESES: readonly Hypothesis[] = Hypothesis.options;
