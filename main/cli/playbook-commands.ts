import path from 'node:path';
import type { Command } from 'commander';
import { importCacao } from '../core/playbook/cacao/import.ts';
import type { Playbook } from '../core/playbook/definition.ts';
import { lintPlaybook } from '../core/playbook/lint.ts';
import { documentFaults } from '../core/playbook/lint-document.ts';
import { proposePlaybook } from '../core/playbook/propose.ts';
import { percent } from '../core/report/words.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { instantOf } from '../core/time.ts';
import { Cases } from '../core/verdict/cases.ts';
import { renderSummary, summarise } from '../core/verdict/report.ts';
import { simulateAll, type CaseOutcome } from '../core/verdict/simulate.ts';
import { cacaoOf } from '../services/cacao-exchange.ts';
import { readShelf, shelve } from '../services/shipped-playbooks.ts';
import { resourcesFolder } from './folders.ts';
import { listOption, readJsonInput } from './input.ts';
import { answer, columns, type CommandResult } from './outcome.ts';
import type { Run } from './session.ts';

interface JudgeOptions {
  readonly playbook?: string;
  readonly report: boolean;
}

/** `judge`, `playbook list`, `playbook lint`, `playbook import-cacao`, `playbook export-cacao`. */
export function addPlaybookCommands(program: Command, run: Run): void {
  program
    .command('judge <cases>')
    .description('put coded incidents to the engine, in simulated time')
    .option(
      '--playbook <file>',
      'a built-in playbook by its id, or a document; the general one when left out',
    )
    .option('--report', 'the summary over all cases', false)
    .action((cases: string, options: JudgeOptions) => run(() => judge(cases, options)));
  const playbook = program.command('playbook').description('Look after playbooks.');
  playbook
    .command('list [words...]')
    .description('the built-in playbooks, and the one that fits the words in which the failure is told')
    .option(
      '--error <signatures>',
      'what the errors say, as the check error_signature answers',
      listOption,
      [],
    )
    .action((words: string[], { error }: { error: string[] }) => run(() => list(words, error)));
  playbook
    .command('lint <file>')
    .description('faults of a playbook document, with their place')
    .action((file: string) => run(() => lint(file)));
  playbook
    .command('import-cacao <file>')
    .description('a CACAO 2.0 playbook as one of ours, and what was lost')
    .action((file: string) => run(() => importFrom(file)));
  playbook
    .command('export-cacao <id>')
    .description('a playbook, by its id or its file, as CACAO 2.0')
    .action((id: string) => run(() => exportTo(id)));
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

/** A playbook by the id of a built-in one, else by its file; the general one when nothing is named. */
async function playbookFrom(name = 'general'): Promise<Result<Playbook>> {
  const shelf = await readShelf(path.join(resourcesFolder(), 'playbooks'));
  if (!shelf.ok) return shelf;
  const known = shelf.value.find(({ playbook }) => playbook.id === name);
  if (known !== undefined) return ok(known.playbook);
  const json = await readJsonInput(name);
  if (!json.ok) return json;
  const [general] = shelf.value;
  return shelve(json.value, general.playbook);
}

async function list(words: readonly string[], errorSignatures: readonly string[]): Promise<CommandResult> {
  const shelf = await readShelf(path.join(resourcesFolder(), 'playbooks'));
  if (!shelf.ok) return shelf;
  const candidates = shelf.value.map(({ playbook }) => playbook);
  const answers = [{ check: 'error_signature', answers: errorSignatures }];
  const proposed = proposePlaybook({ answers, text: words.join(' ') }, candidates)?.id ?? 'general';
  const playbooks = shelf.value.map(({ playbook: { id, version, title, checks } }) => ({
    id,
    version,
    title,
    checks: checks.length,
  }));
  return answer({ playbooks, proposed }, [
    ...columns(playbooks.map(({ id, version, title, checks }) => [id, version, `${checks} checks`, title])),
    ...(words.length + errorSignatures.length > 0 ? [`Fits best: ${proposed}`] : []),
  ]);
}

async function lint(file: string): Promise<CommandResult> {
  const json = await readJsonInput(file);
  if (!json.ok) return json;
  const general = await playbookFrom();
  if (!general.ok) return general;
  const read = shelve(json.value, general.value);
  const faults = [...documentFaults(json.value), ...(read.ok ? lintPlaybook(read.value) : read.error.faults)];
  if (read.ok && faults.length === 0) {
    const { id, version, checks } = read.value;
    const sentence = `${id} ${version}: ${checks.length} checks, no faults.`;
    return answer({ playbook: { id, version }, faults }, [sentence]);
  }
  return answer({ playbook: null, faults }, faults.map(placed), true);
}

async function importFrom(file: string): Promise<CommandResult> {
  const [json, base] = await Promise.all([readJsonInput(file), playbookFrom()]);
  if (!json.ok) return json;
  if (!base.ok) return base;
  const imported = importCacao(json.value, base.value);
  if (!imported.ok) {
    const { faults } = imported.error;
    return answer({ playbook: null, faults }, faults.map(placed), true);
  }
  const { playbook, own, warnings, lost } = imported.value;
  return answer({ playbook, own, warnings, lost }, [
    `${playbook.id} ${playbook.version}: ${playbook.checks.length} checks.`,
    ...warnings.map((one) => `warning  ${placed(one)}`),
    ...lost.map((one) => `lost     ${placed(one)}`),
    `With --json the playbook itself is printed.`,
  ]);
}

async function exportTo(id: string): Promise<CommandResult> {
  const playbook = await playbookFrom(id);
  if (!playbook.ok) return playbook;
  const document = cacaoOf(playbook.value, instantOf(Date.now()));
  return answer(document, JSON.stringify(document, null, 2).split('\n'));
}

function placed({ path: place, message }: { readonly path: string; readonly message: string }): string {
  return `${place}: ${message}`;
}
