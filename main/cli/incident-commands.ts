import type { Command } from 'commander';
import { Option } from 'commander';
import { Scope, Severity } from '../core/incident/events.ts';
import { judgementOf } from '../core/incident/judgement.ts';
import { checkTitle } from '../core/report/answer-words.ts';
import {
  counted,
  percent,
  probabilitiesText,
  sinceOnset,
  utcText,
  VERDICT_WORDS,
} from '../core/report/words.ts';
import { fail } from '../core/result.ts';
import { Provider, PROVIDER_NAMES } from '../core/sides.ts';
import { minutesBetween, type Instant } from '../core/time.ts';
import { clockOf } from '../services/incident-clock.ts';
import { declareIncident, listIncidents, referenceOf } from '../services/incidents.ts';
import type { OpenedServices } from '../services/open-services.ts';
import type { OpenIncident } from '../services/incident-book.ts';
import { instantOption, listOption } from './input.ts';
import { answer, columns, type CommandResult } from './outcome.ts';
import { withServices, type GlobalOptions, type Run } from './session.ts';

interface NewOptions {
  readonly title: string;
  readonly onset: Instant;
  readonly workload: string;
  readonly provider: Provider;
  readonly service: readonly string[];
  readonly region: readonly string[];
  readonly severity: string;
  readonly lead: string;
  readonly playbook?: string;
}

/** `incident new`, `incident list`, `incident show`. */
export function addIncidentCommands(program: Command, run: Run): void {
  const incident = program.command('incident').description('Declare, list and show incidents.');
  incident
    .command('new')
    .description('declare an incident')
    .requiredOption('--title <text>', 'what it is, in a few words')
    .requiredOption('--onset <iso>', 'when it began, with the zone: 2025-06-12T17:51Z', instantOption)
    .option('--workload <name>', 'what of ours is concerned', '')
    .addOption(new Option('--provider <id>', 'whose cloud it is').choices(Provider.options).default('other'))
    .option('--service <name>', 'a service that fails; several with commas or again', listOption, [])
    .option('--region <id>', 'a region it fails in; several with commas or again', listOption, [])
    .addOption(new Option('--severity <1-4>', '1 is the worst').choices(['1', '2', '3', '4']).default('2'))
    .option('--lead <name>', 'who leads')
    .option('--playbook <id>', 'the playbook to follow; the general one when left out')
    .action((options: NewOptions) => run((globals) => newIncident(globals, options)));
  incident
    .command('list')
    .description('all incidents, last changed first')
    .action(() => run(listAll));
  incident
    .command('show <id>')
    .description('an incident and its current verdict, by id or as DM-7')
    .action((id: string) => run((globals) => showIncident(globals, id)));
}

function newIncident(globals: GlobalOptions, options: NewOptions): Promise<CommandResult> {
  return withServices(globals, async ({ context, book }) => {
    const scope = Scope.safeParse({
      title: options.title,
      onset: options.onset,
      provider: options.provider,
      services: options.service,
      regions: options.region,
      severity: Severity.parse(Number(options.severity)),
      workload: options.workload,
      lead: options.lead ?? (await context.actor()),
    });
    if (!scope.success) {
      const [issue] = scope.error.issues;
      return fail(
        'invalid_input',
        `The incident cannot be declared: ${issue?.message ?? 'unknown fault'}.`,
        issue?.path.join('.'),
      );
    }
    const declared = await declareIncident(context, book, scope.data, options.playbook);
    return declared.ok ? told(context, declared.value) : declared;
  });
}

function listAll(globals: GlobalOptions): Promise<CommandResult> {
  return withServices(globals, async ({ context, book }) => {
    const listed = await listIncidents(context, book);
    if (!listed.ok) return listed;
    const rows = listed.value.map((one) => [
      one.reference,
      one.mode === 'drill' ? 'DRILL' : 'live',
      one.status,
      `sev ${one.severity}`,
      utcText(one.onset),
      `${one.verdict === null ? 'no verdict' : VERDICT_WORDS[one.verdict]}${one.accepted ? ' (accepted)' : ''}`,
      one.title,
    ]);
    return answer(listed.value, rows.length === 0 ? ['There are no incidents.'] : columns(rows));
  });
}

function showIncident(globals: GlobalOptions, id: string): Promise<CommandResult> {
  return withServices(globals, async ({ context, book }) => {
    const opened = await book.load(id);
    return opened.ok ? told(context, opened.value) : opened;
  });
}

/** An incident and its current verdict, judged at its own now. */
function told(context: OpenedServices['context'], { row, state, playbook }: OpenIncident): CommandResult {
  const now = clockOf(context.clock, state).now();
  const { scope, accepted } = state;
  const judgement = judgementOf(state, playbook, now);
  const { verdict, declared, leading, probabilities, trigger, spread, lookedAt, missing, holes, next } =
    judgement;
  const reference = referenceOf(row.number);
  const json = {
    id: row.id,
    reference,
    mode: state.mode,
    status: state.status,
    ...scope,
    declaredAt: state.declaredAt,
    declaredBy: state.declaredBy,
    playbook: state.playbook,
    entries: row.entries,
    verdict: { verdict, declared, leading, probabilities, trigger, spread, lookedAt, missing, holes, next },
    accepted,
  };
  const [first] = next;
  const lines = [
    `${reference}${state.mode === 'drill' ? '  DRILL' : ''}  ${scope.title}`,
    ...columns([
      ['Id', row.id],
      ['Status', `${state.status}, severity ${scope.severity}, ${counted(row.entries, 'entry', 'entries')}`],
      ['Onset', `${utcText(scope.onset)}, now ${sinceOnset(minutesBetween(scope.onset, now))}`],
      ['Playbook', `${playbook.title} ${state.playbook.version}`],
      ['Provider', PROVIDER_NAMES[scope.provider]],
      ['Services', scope.services.join(', ') || 'not said'],
      ['Regions', scope.regions.join(', ') || 'not said'],
      [
        'Verdict',
        declared
          ? VERDICT_WORDS[verdict]
          : `inconclusive; ${leading} leads with ${percent(probabilities[leading])}`,
      ],
      ['', probabilitiesText(probabilities)],
      [
        'Accepted',
        accepted === null
          ? 'not yet'
          : `${VERDICT_WORDS[accepted.verdict]}, by ${accepted.by} at ${utcText(accepted.at)}`,
      ],
      [
        'Next',
        first === undefined ? 'nothing is left to ask' : `${checkTitle(playbook, first.check)}: ${first.why}`,
      ],
    ]),
  ];
  return answer(json, lines);
}
