import { access, constants, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import type { DatabaseHealth } from '../../db/api.ts';
import { counted } from '../core/report/words.ts';
import type { Result } from '../core/result.ts';
import { listFeeds } from '../services/feed-list.ts';
import type { OpenedServices } from '../services/open-services.ts';
import { answer, columns, type CommandResult } from './outcome.ts';
import { dataFolderOf, withServices, type GlobalOptions, type Run } from './session.ts';

/** One thing looked at: fine or not, what was seen, and what to do when it is not fine. */
interface Finding {
  readonly what: string;
  readonly fine: boolean;
  readonly seen: string;
  readonly todo: string;
}

/** `doctor`. */
export function addDoctorCommand(program: Command, run: Run): void {
  program
    .command('doctor')
    .description('look at runtime, database, keys and feeds: each fine or not, and what to do')
    .action(() => run(examine));
}

async function examine(globals: GlobalOptions): Promise<CommandResult> {
  const folder = dataFolderOf(globals);
  const findings: Finding[] = [runtimeFinding(), await folderFinding(folder)];
  const opened = await withServices(globals, async (services) => {
    const further = await servicesFindings(services, folder);
    return { ok: true, value: further };
  });
  findings.push(...(opened.ok ? opened.value : [databaseTrouble(opened)]));
  const rows = findings.map(({ what, fine, seen, todo }) => [
    fine ? 'fine' : 'NOT FINE',
    what,
    fine ? seen : `${seen} ${todo}`,
  ]);
  return answer(
    { findings },
    columns(rows),
    findings.some(({ fine }) => !fine),
  );
}

function runtimeFinding(): Finding {
  const { node, electron } = process.versions as { readonly node: string; readonly electron?: string }; // Electron adds its own
  const [major = 0, minor = 0] = node.split('.').map(Number);
  return {
    what: 'runtime',
    fine: major > 20 || (major === 20 && minor >= 18),
    seen: `Node ${node}${electron === undefined ? '' : ` in Electron ${electron}`}, ${process.platform} ${process.arch}.`,
    todo: 'Node 20.18 or newer is needed.',
  };
}

async function folderFinding(folder: string): Promise<Finding> {
  const found = { what: 'data folder', todo: 'Choose another with --data, or let this user write there.' };
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.R_OK | constants.W_OK);
    return { ...found, fine: true, seen: `${folder} can be written.` };
  } catch {
    return { ...found, fine: false, seen: `${folder} cannot be written.` };
  }
}

async function servicesFindings({ context }: OpenedServices, folder: string): Promise<Finding[]> {
  const health = await context.db.call('databaseHealth', {});
  const feeds = await listFeeds(context);
  const scenarioFaults = context.library.scenarioFaults;
  return [
    health.ok ? databaseFinding(health.value) : databaseTrouble(health),
    ...(health.ok ? [backupFinding(health.value), await keyFinding(folder, health.value)] : []),
    {
      what: 'feeds',
      fine: feeds.ok && feeds.value.some(({ enabled }) => enabled),
      seen: feeds.ok
        ? `${feeds.value.filter(({ enabled }) => enabled).length} of ${counted(feeds.value.length, 'feed is', 'feeds are')} switched on.`
        : feeds.error.message,
      todo: 'Switch one on; "feeds check" shows whether it answers.',
    },
    {
      what: 'scenarios',
      fine: scenarioFaults.length === 0,
      seen:
        scenarioFaults.length === 0
          ? `${counted(context.library.scenarios.length, 'scenario', 'scenarios')} can be played.`
          : scenarioFaults.map(({ file, message }) => `${file}: ${message}`).join(' '),
      todo: 'Mend or remove what is named.',
    },
  ];
}

function databaseFinding({ file, faults, sqliteVersion, schemaVersion, size }: DatabaseHealth): Finding {
  const [first] = faults;
  return {
    what: 'database',
    fine: first === undefined,
    seen:
      first === undefined
        ? `${file}, ${counted(size, 'byte', 'bytes')}, schema ${schemaVersion}, SQLite ${sqliteVersion}, no fault found.`
        : `${file} is damaged: ${first}.`,
    todo: 'Open the app: it offers the newest whole backup.',
  };
}

function databaseTrouble(result: Result<unknown>): Finding {
  return {
    what: 'database',
    fine: false,
    seen: result.ok ? '' : result.error.message,
    todo: 'Open the app: it offers the newest whole backup.',
  };
}

/** A new installation has none yet, and needs none. */
function backupFinding({ backups }: DatabaseHealth): Finding {
  const [newest] = backups;
  return {
    what: 'backups',
    fine: true,
    seen:
      newest === undefined
        ? 'None yet: the app makes one a day.'
        : `${backups.length}, the newest of ${newest.at}.`,
    todo: '',
  };
}

async function keyFinding(folder: string, { writer }: DatabaseHealth): Promise<Finding> {
  const file = path.join(folder, 'keys', 'writer.pem');
  const found = await stat(file).catch(() => null);
  const open = found !== null && process.platform !== 'win32' && (found.mode & 0o077) !== 0;
  return {
    what: 'key',
    fine: found !== null && !open,
    seen:
      found === null
        ? `${file} is not there.`
        : `${writer}${open ? `; others on this machine can read ${file}.` : '.'}`,
    todo: open ? 'Take their permission away (chmod 600).' : 'Put it back from a backup of the data folder.',
  };
}
