import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { CaseRun, CaseRuns, IncidentReplay, ReplayStep } from '../../preload/contract/views.ts';
import { factsOf } from '../core/incident/judgement.ts';
import { standingObservations } from '../core/incident/state.ts';
import type { Playbook } from '../core/playbook/definition.ts';
import { answerText, checkTitle } from '../core/report/answer-words.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { Cases, type Case } from '../core/verdict/cases.ts';
import type { Judgement } from '../core/verdict/model.ts';
import { replayThrough, type Replay } from '../core/verdict/replay.ts';
import { summarise } from '../core/verdict/report.ts';
import { simulate } from '../core/verdict/simulate.ts';
import type { ServiceContext } from './context.ts';
import type { IncidentBook, OpenIncident } from './incident-book.ts';
import { clockOf } from './incident-clock.ts';
import { referenceOf } from './incidents.ts';
import { usablePlaybooks } from './playbook-shelf.ts';
import { examineText } from './team-playbooks.ts';

/** Largest file of cases that is read, in bytes. */
const LARGEST_CASES = 32 * 1024 * 1024;
/** Cases run in one dry run; each takes some milliseconds, twice. */
const MOST_CASES = 500;
const SHOWN_NEXT = 5;

/** Replays a past incident's observations through an edited playbook, beside the one that it followed. Nothing is recorded. */
export async function dryRunIncident(
  context: ServiceContext,
  book: IncidentBook,
  { text, incidentId }: { readonly text: string; readonly incidentId: string },
): Promise<Result<IncidentReplay>> {
  const edited = playbookIn(context, text);
  if (!edited.ok) return edited;
  const opened = await book.load(incidentId);
  if (!opened.ok) return opened;
  const { row, state, playbook, lexicon } = opened.value;
  const facts = factsOf(state, clockOf(context.clock, state).now());
  const [by, other] = [replayThrough(playbook, facts), replayThrough(edited.value, facts)];
  return ok({
    reference: referenceOf(row.number),
    title: state.scope.title,
    steps: stepsOf(opened.value, lexicon, by, other),
    recorded: endOf(playbook, by.end),
    edited: endOf(edited.value, other.end),
  });
}

function stepsOf({ state }: OpenIncident, lexicon: Playbook, by: Replay, other: Replay): ReplayStep[] {
  const seen = new Map(standingObservations(state).map((one) => [one.check, one]));
  return by.moments.flatMap((recorded, at): ReplayStep[] => {
    const edited = other.moments[at];
    const observation = seen.get(recorded.check);
    if (edited === undefined || observation === undefined) return [];
    const { minute, check } = recorded;
    const answer = answerText(lexicon, observation);
    return [{ minute, title: checkTitle(lexicon, check), answer, known: edited.known, recorded, edited }];
  });
}

function endOf(playbook: Playbook, end: Judgement): IncidentReplay['edited'] {
  const { verdict, declared, leading, probabilities, next, missing } = end;
  return {
    playbook: `${playbook.title} ${playbook.version}`,
    verdict,
    declared,
    leading,
    probabilities,
    next: next.slice(0, SHOWN_NEXT).map(({ check }) => checkTitle(playbook, check)),
    missing,
  };
}

/** Puts a file of coded cases to an edited playbook, beside the one of that id in use (else the general one). */
export async function dryRunCases(
  context: ServiceContext,
  { id, text, file }: { readonly id: string; readonly text: string; readonly file: string },
): Promise<Result<CaseRuns>> {
  const edited = playbookIn(context, text);
  if (!edited.ok) return edited;
  const cases = await readCases(file);
  if (!cases.ok) return cases;
  const usable = await usablePlaybooks(context);
  if (!usable.ok) return usable;
  const inUse = usable.value.find(({ reference }) => reference.id === id) ?? usable.value[0];
  const runs: CaseRun[] = [];
  for (const one of cases.value.slice(0, MOST_CASES)) {
    const { id: caseId, title, label } = one;
    runs.push({
      id: caseId,
      title,
      label,
      edited: simulate(edited.value, one),
      inUse: simulate(inUse.playbook, one),
    });
    // Lets whatever else the program has to do go on between two cases.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return ok({
    file: path.basename(file),
    runs,
    leftOut: cases.value.length - runs.length,
    edited: summarise(runs.map((run) => run.edited)),
    inUse: summarise(runs.map((run) => run.inUse)),
    comparedWith: `${inUse.playbook.title} ${inUse.playbook.version}`,
  });
}

async function readCases(file: string): Promise<Result<readonly Case[]>> {
  const name = path.basename(file);
  try {
    if ((await stat(file)).size > LARGEST_CASES)
      return fail('too_large', `${name} is larger than 32 MiB: that is no list of cases.`, file);
    const parsed = Cases.safeParse(JSON.parse(await readFile(file, 'utf8')));
    if (parsed.success) return ok(parsed.data);
    const [issue] = parsed.error.issues;
    const place = issue?.path.map(String).join('.') ?? '';
    return fail(
      'invalid_input',
      `${name} is not a list of cases: ${issue?.message ?? ''} (at ${place}).`,
      place,
    );
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return fail('unreadable', `${name} could not be read as cases: ${why}`, file);
  }
}

function playbookIn(context: ServiceContext, text: string): Result<Playbook> {
  const { usable, playbook, faults } = examineText(context, text);
  if (usable && playbook !== null) return ok(playbook);
  return fail(
    'invalid_input',
    `It has faults, so it cannot be tried: ${faults[0]?.message ?? ''}`,
    faults[0]?.path,
  );
}
