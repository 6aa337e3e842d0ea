import { readFile } from 'node:fs/promises';
import { fail, ok, type Result } from '../core/result.ts';

/** Reads a JSON document that comes with the app. */
export async function readDocument(file: string): Promise<Result<unknown>> {
  try {
    return ok(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return fail('unreadable', `A document of the app could not be read: ${why}`, file);
  }
}
