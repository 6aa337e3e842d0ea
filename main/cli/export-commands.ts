import path from 'node:path';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { counted } from '../core/report/words.ts';
import { exportIncident, type ExportFormat } from '../services/export-incident.ts';
import { answer, type CommandResult } from './outcome.ts';
import { withServices, type GlobalOptions, type Run } from './session.ts';
import { verifyPath } from './verify.ts';

const FORMATS: readonly ExportFormat[] = ['md', 'json'];

interface ExportOptions {
  readonly format: readonly ExportFormat[];
  readonly out: string;
}

/** `export`, `verify`. */
export function addExportCommands(program: Command, run: Run): void {
  program
    .command('export <incident>')
    .description('write the timeline and the verdict as files')
    .option('--format <list>', `formats with commas: ${FORMATS.join(', ')}`, formatOption, ['md'])
    .requiredOption('--out <folder>', 'the folder to write into; it is made if it is not there')
    .action((id: string, options: ExportOptions) => run((globals) => exportOne(globals, id, options)));
  program
    .command('verify <path>')
    .description('check the trails in an exported JSON file, a folder of them, or a data folder')
    .option('--anchor <file>', 'an earlier export or checkpoint, kept elsewhere')
    .action((given: string, { anchor }: { readonly anchor?: string }) =>
      run(() => verifyPath(given, anchor)),
    );
}

function formatOption(text: string): ExportFormat[] {
  const asked = text.split(',').map((one) => one.trim());
  const known = FORMATS.filter((format) => asked.includes(format));
  const unknown = asked.find((one) => !FORMATS.some((format) => format === one));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`"${unknown}" is not among ${FORMATS.join(', ')}.`);
  }
  return known;
}

function exportOne(
  globals: GlobalOptions,
  id: string,
  { format, out }: ExportOptions,
): Promise<CommandResult> {
  return withServices(globals, async ({ context, book }) => {
    const made = await exportIncident(context, book, id, format, path.resolve(out));
    if (!made.ok) return made;
    const { folder, files } = made.value;
    const lines = files.map(
      ({ name, size, sha256 }) =>
        `${path.join(folder, name)}  ${counted(size, 'byte', 'bytes')}  SHA-256 ${sha256}`,
    );
    return answer(made.value, lines);
  });
}
