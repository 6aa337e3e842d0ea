import { type Command, Option } from 'commander';
import { expandPaths } from '../adapters/evidence/expand-paths.ts';
import { readEvidenceFile } from '../adapters/evidence/read-file.ts';
import type { FileReport, RankedChange } from '../core/evidence/model.ts';
import { counted, utcText } from '../core/report/words.ts';
import { fail, ok, type AppError } from '../core/result.ts';
import type { Instant } from '../core/time.ts';
import { customerSide } from '../services/customer-side.ts';
import { findings } from './findings-command.ts';
import { searchEvidence, type SearchOptions } from './evidence-search.ts';
import { instantOption, limitOption } from './input.ts';
import { answer, type CommandResult } from './outcome.ts';
import { withServices, type GlobalOptions, type Run } from './session.ts';

/** `evidence inspect`, `evidence import`, `evidence changes`, `evidence findings`. */
export function addEvidenceCommands(program: Command, run: Run): void {
  const evidence = program.command('evidence').description('Look at the customer’s own logs.');
  evidence
    .command('inspect <files...>')
    .description('what files and folders contain, without keeping anything')
    .action((files: readonly string[]) => run(() => inspect(files)));
  evidence
    .command('import <incident> <files...>')
    .description('take files and folders into an incident')
    .action((id: string, files: readonly string[]) => run((globals) => importInto(globals, id, files)));
  evidence
    .command('search <incident> <words...>')
    .description(
      'records that hold all words, newest first: parts of any field, or name:, principal:, resource:, error: ...',
    )
    .addOption(new Option('--kind <kind>', 'only these').choices(['changes', 'errors']))
    .option('--from <iso>', 'not before, with the zone', instantOption)
    .option('--to <iso>', 'not after, with the zone', instantOption)
    .option('--limit <number>', 'how many to print at most', limitOption, 50)
    .action((id: string, words: readonly string[], options: SearchOptions) =>
      run((globals) => searchEvidence(globals, id, words, options)),
    );
  evidence
    .command('findings <incident>')
    .description('how things stood when scanners looked: dated near onset first, then the worst')
    .option('--onset <iso>', 'another onset than the incident’s, with the zone', instantOption)
    .action((id: string, { onset }: { readonly onset?: Instant }) =>
      run((globals) => findings(globals, id, onset)),
    );
  evidence
    .command('changes <incident>')
    .description('the changes before onset, nearest and riskiest first')
    .option('--onset <iso>', 'another onset than the incident’s, with the zone', instantOption)
    .action((id: string, { onset }: { readonly onset?: Instant }) =>
      run((globals) => changes(globals, id, onset)),
    );
}

async function inspect(paths: readonly string[]): Promise<CommandResult> {
  const { files, notes } = await expandPaths(paths);
  const reports: FileReport[] = [];
  const troubles: AppError[] = notes.map((message) => ({ code: 'unreadable', message }));
  for (const file of files) {
    const read = await readEvidenceFile(file, {
      signal: new AbortController().signal,
      onRecord: () => undefined,
    });
    if (read.ok) reports.push(read.value);
    else troubles.push(read.error);
  }
  if (reports.length === 0 && troubles[0] !== undefined) return { ok: false, error: troubles[0] };
  const lines = reports.flatMap(reportLines);
  return ok({ json: reports, lines, ...(troubles[0] === undefined ? {} : { trouble: troubles[0] }) });
}

function reportLines(report: FileReport): string[] {
  const { file, recognisedAs, records, rejected, duplicates, window, accounts, regions } = report;
  const found = [
    ...(records > 0 || report.findings === 0 ? [counted(records, 'record', 'records')] : []),
    ...(report.findings > 0
      ? [`${counted(report.findings, 'finding', 'findings')}, ${report.failing} failing`]
      : []),
    ...(report.scanned === null ? [] : [`looked at ${utcText(report.scanned.to)}`]),
    ...(duplicates > 0 ? [`${counted(duplicates, 'was', 'were')} there already`] : []),
    ...(rejected > 0 ? [`${rejected} could not be read`] : []),
    ...(window === null ? [] : [`${utcText(window.from)} to ${utcText(window.to)}`]),
    ...(accounts.length === 0 ? [] : [`accounts ${accounts.join(', ')}`]),
    ...(regions.length === 0 ? [] : [`regions ${regions.join(', ')}`]),
  ];
  return [
    `${file}: ${recognisedAs ?? 'not recognised'}, ${found.join(', ')}`,
    ...report.notes.map((note) => `  ${note}`),
    ...report.rejects.map(({ place, reason }) => `  not read: ${place}: ${reason}`),
  ];
}

function importInto(globals: GlobalOptions, id: string, files: readonly string[]): Promise<CommandResult> {
  return withServices(globals, async ({ imports, book }) => {
    const opened = await book.load(id);
    if (!opened.ok) return opened;
    const imported = await imports.run(opened.value.row.id, files);
    if (!imported.ok) return imported;
    const { files: reports, leftOut } = imported.value;
    const total = (of: (report: FileReport) => number): number =>
      reports.reduce((sum, report) => sum + of(report), 0);
    const counts = {
      files: reports.length,
      recognised: reports.filter(({ recognisedAs }) => recognisedAs !== null).length,
      records: total((one) => one.records),
      added: total((one) => one.records - one.duplicates),
      duplicates: total((one) => one.duplicates),
      findings: total((one) => one.findings),
      failing: total((one) => one.failing),
      rejected: total((one) => one.rejected),
    };
    const findings = counts.findings > 0 ? ` ${counts.findings} findings, ${counts.failing} failing.` : '';
    const summary = `${counts.files} files: ${counts.added} records added, ${counts.duplicates} there already, ${counts.rejected} could not be read.${findings}`;
    return answer({ ...counts, reports, leftOut }, [
      ...reports.flatMap(reportLines),
      ...leftOut.map((sentence) => `not opened: ${sentence}`),
      summary,
    ]);
  });
}

function changes(globals: GlobalOptions, id: string, onset: Instant | undefined): Promise<CommandResult> {
  return withServices(globals, async ({ context, book }) => {
    const side = await customerSide(context, book, id, onset);
    if (!side.ok) return side;
    const { coverage, changes: ranked, records } = side.value;
    if (records === 0) return fail('not_found', 'No evidence has been imported into this incident.');
    return answer({ coverage, changes: ranked }, [...coverage, ...ranked.flatMap(changeLines)]);
  });
}

function changeLines(change: RankedChange, index: number): string[] {
  const { record, minutesBefore, count, reasons, ambiguity } = change;
  const times = count > 1 ? `, ${count} times` : '';
  const before = `${minutesBefore.toFixed(1)} min before onset`;
  return [
    `${index + 1}. ${utcText(record.at)}  ${record.name}${times}  ${before}  ${record.principal}`,
    ...(record.detail === '' ? [] : [`   ${record.detail}`]),
    `   ${[...reasons, ...(ambiguity === null ? [] : [ambiguity])].join('; ')}`,
  ];
}
