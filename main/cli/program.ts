import { Command } from 'commander';
import { addDoctorCommand } from './doctor-command.ts';
import { addDrillCommands } from './drill-commands.ts';
import { addEvidenceCommands } from './evidence-commands.ts';
import { addExportCommands } from './export-commands.ts';
import { addFeedCommands } from './feed-commands.ts';
import { addIncidentCommands } from './incident-commands.ts';
import type { Streams } from './outcome.ts';
import { addPlaybookCommands } from './playbook-commands.ts';
import type { Run } from './session.ts';

/** The command line as a tree of commands. `run` is called by the one that was asked for. */
export function buildProgram(run: Run, { out, err }: Streams): Command {
  const program = new Command('demarc')
    .description('Decides on whose side of the line an incident’s cause is, and keeps a record of how.')
    .option('--json', 'one JSON document on standard output and nothing else there', false)
    .option('--data <dir>', 'the folder that everything is kept in')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void out(text),
      writeErr: (text) => void err(text),
    })
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('Add --help to see what it takes.');
  addIncidentCommands(program, run);
  addFeedCommands(program, run);
  addEvidenceCommands(program, run);
  addPlaybookCommands(program, run);
  addDrillCommands(program, run);
  addExportCommands(program, run);
  addDoctorCommand(program, run);
  return program;
}
