import type { Command } from 'commander';
import type { DrillScore } from '../core/incident/events.ts';
import { sinceOnset, VERDICT_WORDS } from '../core/report/words.ts';
import { ok } from '../core/result.ts';
import { listScenarios } from '../services/drills.ts';
import { playAnswers, readAnswers } from './drill-run.ts';
import { answer, columns, type CommandResult } from './outcome.ts';
import { withServices, type GlobalOptions, type Run } from './session.ts';

/** `drill list`, `drill run`. */
export function addDrillCommands(program: Command, run: Run): void {
  const drill = program.command('drill').description('Rehearse with recorded and written incidents.');
  drill
    .command('list')
    .description('the scenarios, with the score of the last drill of each')
    .action(() => run(listAll));
  drill
    .command('run <scenario>')
    .description('play a scenario on a virtual clock, without waiting, with answers from a file')
    .requiredOption(
      '--answers <file>',
      'a JSON list of {minute, check, answers}; also {minute, accept} and {minute, page}',
    )
    .action((scenario: string, { answers }: { readonly answers: string }) =>
      run((globals) => runDrill(globals, scenario, answers)),
    );
}

function listAll(globals: GlobalOptions): Promise<CommandResult> {
  return withServices(globals, async ({ context, book }) => {
    const listed = await listScenarios(context, book);
    if (!listed.ok) return listed;
    const rows = listed.value.map(({ id, durationMinutes, lastScore, title }) => [
      id,
      `${durationMinutes} min`,
      lastScore === null ? 'not played yet' : `${lastScore.points} of ${lastScore.outOf}`,
      title,
    ]);
    return answer(listed.value, columns(rows));
  });
}

async function runDrill(globals: GlobalOptions, scenarioId: string, file: string): Promise<CommandResult> {
  const steps = await readAnswers(file);
  if (!steps.ok) return steps;
  const played = await playAnswers(globals, scenarioId, steps.value);
  if (!played.ok) return played;
  const { reference, incidentId, score } = played.value;
  return ok({
    json: { scenario: scenarioId, reference, incidentId, score },
    lines: scoreLines(reference, score),
    no: !score.correct,
  });
}

function scoreLines(reference: string, score: DrillScore): string[] {
  const { truth, verdict, minutesToVerdict } = score;
  const when =
    minutesToVerdict === null ? 'none was accepted' : `accepted at ${sinceOnset(minutesToVerdict)}`;
  return [
    `DRILL ${reference}: ${score.points} of ${score.outOf} points`,
    `The verdict given: ${VERDICT_WORDS[verdict]} (${when}). The truth: ${VERDICT_WORDS[truth]}.`,
    ...columns(score.lines.map(({ what, points, outOf, why }) => [what, `${points} of ${outOf}`, why])),
  ];
}
