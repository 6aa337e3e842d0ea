import path from 'node:path';
import type { Command } from 'commander';
import type { Playbook } from '../core/playbook/definition.ts';
import { lintPlaybook } from '../core/playbook/lint.ts';
import { parsePlaybook } from '../core/playbook/parse.ts';
import { percent } from '../core/report/words.ts';
import { fail, type Result } from '../core/result.ts';
import { Cases } from '../core/verdict/cases.ts';
import { renderSummary, summarise } from '../core/verdict/report.ts';
import { simulateAll, type CaseOutcome } from '../core/verdict/simulate.ts';
import { resourcesFolder } from './folders.ts';
import { readJsonInput } from './input.ts';
import { answer, type CommandResult } from './outcome.ts';
import type { Run } from './session.ts';

interface JudgeOptions {
  readonly playbook?: string;
  readonly report: boolean;
}

/** `judge`, `playbook lint`. */
export function addPlaybookCommands(program: Command, run: Run): void {
  program
    .command('judge <cases>')
    .description('put coded incidents to the engine, in simulated time')
    .option('--playbook <file>', 'a playbook document; the general one when left out')
    .option('--report', 'the summary over all cases', false)
    .action((cases: string, options: JudgeOptions) => run(() => judge(cases, options)));
  const playbook = program.command('playbook').description('Look after playbooks.');
  playbook
    .command('lint <file>')
    .description('faults of a playbook document, with their place')
    .action((file: string) => run(() => lint(file)));
}

async function judge(file: string, options: JudgeOptions): Promise<CommandResult> {
  const [json, playbook] = await Promise.all([readJsonInput(file), playbookFrom(options.playbook)]);
  if (!json.ok) return json;
  if (!playbook.ok) return playbook;
  const cases = Cases.safeParse(json.value);
  if (!cases.success) {
    const [issue] = cases.error.issues;
    const place = issue?.path.join('.') ?? '';
    return fail(
      'invalid_input',
      `${file} is not a list of cases: ${issue?.message ?? 'unknown fault'}.`,
      place,
    );
  }
  const outcomes = simulateAll(playbook.value, cases.data);
  if (!options.report) return answer(outcomes, outcomes.flatMap(outcomeLines));
  const summary = summarise(outcomes);
  return answer(summary, renderSummary(summary).trimEnd().split('\n'));
}

function outcomeLines({ id, verdict, probabilities, asked, minutes }: CaseOutcome): string[] {
  const { provider, customer, shared, third_party: thirdParty } = probabilities;
  const figures = `provider ${percent(provider)}, customer ${percent(customer)}, shared ${percent(shared)}, third party ${percent(thirdParty)}`;
  return [
    `${id}: ${verdict} after ${minutes} min (${figures})`,
    `   ${asked.map(({ check, answers, minute }) => `${minute}' ${check}=${answers.join('+')}`).join('  ')}`,
  ];
}

async function playbookFrom(file: string | undefined): Promise<Result<Playbook>> {
  const json = await readJsonInput(file ?? path.join(resourcesFolder(), 'playbooks', 'general.json'));
  return json.ok ? parsePlaybook(json.value) : json;
}

async function lint(file: string): Promise<CommandResult> {
  const json = await readJsonInput(file);
  if (!json.ok) return json;
  const parsed = parsePlaybook(json.value);
  const faults = parsed.ok ? lintPlaybook(parsed.value) : parsed.error.faults;
  if (parsed.ok && faults.length === 0) {
    const { id, version, checks } = parsed.value;
    const sentence = `${id} ${version}: ${checks.length} checks, no faults.`;
    return answer({ playbook: { id, version }, faults }, [sentence]);
  }
  return answer(
    { playbook: null, faults },
    faults.map(({ path: place, message }) => `${place}: ${message}`),
    true,
  );
}
