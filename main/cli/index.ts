import { CommanderError } from 'commander';
import { z } from 'zod';
import { EXIT, print, type CommandResult, type Streams } from './outcome.ts';
import { buildProgram } from './program.ts';
import type { GlobalOptions } from './session.ts';

const Globals = z.object({ json: z.boolean(), data: z.string().optional() });

/**
 * Carries out one command; `args` are the words after the program's name. Gives the exit status: 0 done, 1 done
 * and the answer is "no", 2 not understood, 3 could not, with the reason on standard error in one sentence.
 */
export async function runCli(args: readonly string[], host: Host = processHost()): Promise<number> {
  let work: ((options: GlobalOptions) => Promise<CommandResult>) | null = null;
  const program = buildProgram((asked) => {
    work = asked;
    return Promise.resolve();
  }, host);
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
  const { json, data } = Globals.parse(program.opts());
  return work === null
    ? EXIT.usage
    : finish(work, { json, data: data ?? null, importWorker: host.importWorker }, host);
}

/** A fault of the program itself is a sentence too: a stack trace helps nobody at night, and the status must be right. */
async function finish(
  work: (options: GlobalOptions) => Promise<CommandResult>,
  options: GlobalOptions,
  streams: Streams,
): Promise<number> {
  const result = await work(options).catch((cause: unknown): CommandResult => {
    const why = cause instanceof Error ? cause.message : String(cause);
    return { ok: false, error: { code: 'unexpected', message: `This is a fault of Demarc: ${why}` } };
  });
  return print(result, options.json, streams);
}

/** What the command line needs from whoever runs it: where its words go, and the built worker that reads evidence. */
export interface Host extends Streams {
  readonly importWorker: URL;
}

/** The process itself. Writing waits, so that nothing is lost when the process ends right after. */
function processHost(): Host {
  // A reader that has gone (`| head`) is no fault: there is nobody left to tell.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return {
    out: (text) => written(process.stdout, text),
    err: (text) => written(process.stderr, text),
    importWorker: new URL('./import-worker.js', import.meta.url),
  };
}

function written(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.write(text, () => resolve());
  });
}
