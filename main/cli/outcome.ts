import { visible } from '../adapters/exports/markdown-text.ts';
import { jsonText } from '../adapters/exports/json.ts';
import { ok, type AppError, type Result } from '../core/result.ts';

/** Exit statuses: done; done and the answer is "no"; not understood; could not. */
export const EXIT = { done: 0, no: 1, usage: 2, couldNot: 3 } as const;

/** What a command has to say: one JSON document, the same in lines for people, and whether the answer is "no". */
export interface Outcome {
  readonly json: unknown;
  readonly lines: readonly string[];
  readonly no?: boolean;
  /** Set when a part of what was asked could not be done: the rest stands, and the exit status says so. */
  readonly trouble?: AppError;
}

export type CommandResult = Result<Outcome>;

/** Where a command's words go. */
export interface Streams {
  readonly out: (text: string) => Promise<void>;
  readonly err: (text: string) => Promise<void>;
}

export function answer(json: unknown, lines: readonly string[], no = false): CommandResult {
  return ok({ json, lines, no });
}

/** Prints a result and gives the exit status. Text of others is shown with its control characters made visible. */
export async function print(result: CommandResult, asJson: boolean, { out, err }: Streams): Promise<number> {
  if (!result.ok) {
    if (asJson) await out(jsonText({ error: result.error }));
    await err(`${sentenceOf(result.error)}\n`);
    return EXIT.couldNot;
  }
  const { json, lines, no, trouble } = result.value;
  await out(asJson ? jsonText(json) : lines.map((line) => `${visible(line)}\n`).join(''));
  if (trouble !== undefined) {
    await err(`${sentenceOf(trouble)}\n`);
    return EXIT.couldNot;
  }
  return no === true ? EXIT.no : EXIT.done;
}

function sentenceOf({ message, place }: AppError): string {
  return visible(place === undefined || message.includes(place) ? message : `${message} (${place})`);
}

/** Rows with their columns under each other; the last column is left as long as it is. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
