import { z } from 'zod';
import { systemClock } from '../adapters/clock.ts';
import type { Clock } from '../adapters/ports.ts';
import type { Scenario } from '../core/drill/scenario.ts';
import { PageOutcome } from '../core/escalation/escalation.ts';
import type { Command } from '../core/incident/commands.ts';
import type { DrillScore } from '../core/incident/events.ts';
import { ObservationId, PageId } from '../core/ids.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { VerdictLabel } from '../core/sides.ts';
import { addMinutes, type Instant } from '../core/time.ts';
import { finishDrill, startDrill } from '../services/drills.ts';
import { acceptVerdict, referenceOf } from '../services/incidents.ts';
import type { OpenedServices } from '../services/open-services.ts';
import { readJsonInput } from './input.ts';
import { withServices, type GlobalOptions } from './session.ts';

const minute = z.number().min(0);

/** One line of an answers file; minutes of virtual time since the drill began. */
const Step = z.union([
  z.strictObject({
    minute,
    check: z.string().min(1),
    answers: z.union([z.array(z.string()).min(1), z.string().transform((one) => [one])]),
    number: z.number().optional(),
    note: z.string().max(10_000).optional(),
  }),
  /** Accepts a verdict; without any such line the first one that the engine declares is accepted. */
  z.strictObject({ minute, accept: VerdictLabel, reason: z.string().max(2000).optional() }),
  /** An attempt to reach somebody; without a level, the first of the escalation. */
  z.strictObject({
    minute,
    page: PageOutcome,
    level: z.string().optional(),
    contact: z.string().max(200).optional(),
  }),
]);
type Step = z.infer<typeof Step>;

const Steps = z.array(Step).max(1000);

interface PlayedDrill {
  readonly reference: string;
  readonly incidentId: string;
  readonly score: DrillScore;
}

/** Reads an answers file, in the order of its minutes. */
export async function readAnswers(file: string): Promise<Result<readonly Step[]>> {
  const json = await readJsonInput(file);
  if (!json.ok) return json;
  const steps = Steps.safeParse(json.value);
  if (steps.success) return ok([...steps.data].sort((a, b) => a.minute - b.minute));
  const [issue] = steps.error.issues;
  const line = typeof issue?.path[0] === 'number' ? `item ${issue.path[0] + 1}` : 'the document';
  return fail(
    'invalid_input',
    `The answers cannot be used: ${line} is none of {minute, check, answers}, {minute, accept}, {minute, page}.`,
    file,
  );
}

/** The longest scenario, in minutes. */
const LONGEST = 1440;

/**
 * A wall clock that goes on only when told to: the drill's virtual time follows it minute by minute. It begins so far back
 * that the drill is over by the real clock too, whatever is done with it afterwards.
 */
class SteppedClock implements Clock {
  readonly #start: Instant = addMinutes(systemClock.now(), -LONGEST);
  #minute = 0;

  now(): Instant {
    return addMinutes(this.#start, this.#minute);
  }

  offsetMinutes(at: Instant): number {
    return systemClock.offsetMinutes(at);
  }

  goTo(to: number): void {
    this.#minute = to;
  }
}

/** Plays a scenario with the given answers and scores it. What happened is kept in the data folder as a drill. */
export function playAnswers(
  globals: GlobalOptions,
  scenarioId: string,
  steps: readonly Step[],
): Promise<Result<PlayedDrill>> {
  const clock = new SteppedClock();
  return withServices(globals, (services) => play(services, clock, scenarioId, steps), clock);
}

async function play(
  services: OpenedServices,
  clock: SteppedClock,
  scenarioId: string,
  steps: readonly Step[],
): Promise<Result<PlayedDrill>> {
  const { context, book, reader } = services;
  const scenario = context.library.scenario(scenarioId)?.scenario;
  const late = steps.find((step) => step.minute > (scenario?.durationMinutes ?? LONGEST));
  if (late !== undefined) {
    return fail('invalid_input', `The scenario is over before minute ${late.minute}.`);
  }
  const started = await startDrill(context, book, { scenarioId, speed: 1 });
  if (!started.ok) return started;
  const { id, number } = started.value.row;
  const accepts = steps.some((step) => 'accept' in step);
  for (const at of momentsOf(scenario, steps)) {
    clock.goTo(at);
    const read = await reader.readAll(id);
    if (!read.ok) return read;
    for (const step of steps.filter((one) => one.minute === at)) {
      const done = await carryOut(services, id, step, accepts);
      if (!done.ok) return fail(done.error.code, `At minute ${at}: ${done.error.message}`, done.error.place);
    }
    const passed = await book.dispatch(id, {
      type: 'pass_deadlines',
      now: addMinutes(read.value.state.scope.onset, at),
    });
    if (!passed.ok) return passed;
  }
  const finished = await finishDrill(context, book, id);
  if (!finished.ok) return finished;
  const { score } = finished.value.state;
  if (score === null) return fail('unexpected', 'The drill ended without a score.');
  return ok({ reference: referenceOf(number), incidentId: id, score });
}

/** The minutes at which something happens: an answer, or a feed that says something else. */
function momentsOf(scenario: Scenario | undefined, steps: readonly Step[]): readonly number[] {
  const last = steps.at(-1)?.minute ?? 0;
  const told = (scenario?.feeds ?? [])
    .flatMap(({ snapshots }) => snapshots ?? [])
    .map(({ atMinute }) => atMinute);
  const all = [0, ...told.filter((at) => at > 0 && at <= last), ...steps.map(({ minute: at }) => at)];
  return [...new Set(all)].sort((a, b) => a - b);
}

async function carryOut(
  services: OpenedServices,
  id: string,
  step: Step,
  accepts: boolean,
): Promise<Result<unknown>> {
  const { context, book } = services;
  if ('accept' in step) {
    return acceptVerdict(context, book, id, { verdict: step.accept, reason: step.reason ?? '' });
  }
  if ('page' in step) return book.dispatch(id, await pageOf(services, id, step));
  const answered = await book.dispatch(id, {
    type: 'answer',
    observationId: ObservationId.parse(context.newId()),
    check: step.check,
    answers: step.answers,
    number: step.number ?? null,
    note: step.note ?? '',
    evidence: [],
  });
  if (!answered.ok || accepts) return answered;
  const { accepted, verdicts } = answered.value.state;
  const declared = verdicts.at(-1);
  if (accepted !== null || declared?.declared !== true) return answered;
  return acceptVerdict(context, book, id, { verdict: declared.verdict, reason: '' });
}

async function pageOf(
  { context, book }: OpenedServices,
  id: string,
  step: Extract<Step, { page: unknown }>,
): Promise<Command> {
  const opened = await book.load(id);
  const levels = opened.ok ? (opened.value.state.escalation?.levels ?? []) : [];
  const level = step.level === undefined ? levels[0] : levels.find((one) => one.id === step.level);
  const contactName = step.contact ?? level?.contacts[0]?.name ?? '';
  const levelId = level?.id ?? step.level ?? 'none';
  const page = { id: PageId.parse(context.newId()), levelId, contactName, outcome: step.page, note: '' };
  return { type: 'record_page', page };
}
