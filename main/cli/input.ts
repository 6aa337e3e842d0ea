import { readFile, stat } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import { fail, ok, type Result } from '../core/result.ts';
import { parseInstant, type Instant } from '../core/time.ts';

/** Largest document read whole, in bytes: an export of 100,000 entries is about 100 MB. */
const LARGEST = 512 * 1024 * 1024;

/** The bytes of a file the user named. Fails with `not_found`, `too_large` or `unreadable`, in one sentence. */
export async function readInput(file: string): Promise<Result<Uint8Array>> {
  try {
    const { size } = await stat(file);
    if (size > LARGEST) return fail('too_large', `${file} is larger than 512 MB.`, file);
    return ok(await readFile(file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT') return fail('not_found', `There is no file ${file}.`, file);
    return fail('unreadable', `${file} could not be read (${code === '' ? String(error) : code}).`, file);
  }
}

/** The JSON document in a file the user named. */
export async function readJsonInput(file: string): Promise<Result<unknown>> {
  const bytes = await readInput(file);
  if (!bytes.ok) return bytes;
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.value)));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail('invalid_input', `${file} is not a JSON document: ${why}`, file);
  }
}

/** An option that is an instant: ISO 8601 with its zone. */
export function instantOption(text: string): Instant {
  const at = parseInstant(text);
  if (at === null)
    throw new InvalidArgumentError('It must be a time with its zone, such as 2025-06-12T17:51Z.');
  return at;
}

/** An option that may be given several times, or once with commas. */
export function listOption(text: string, before: readonly string[] = []): string[] {
  const values = text.split(',').map((value) => value.trim());
  return [...before, ...values.filter((value) => value !== '')];
}

/** An option that says how many: a whole number from 1 to 10,000. */
export function limitOption(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 10_000)
    throw new InvalidArgumentError('It must be a whole number from 1 to 10000.');
  return number;
}
