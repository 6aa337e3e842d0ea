import { z } from 'zod';

/**
 * The failures that can happen, as values. `code` is for programs, `message` one clear sentence for a person.
 * `place` says where in the input the fault is (a line, a JSON path, a file), when there is such a place.
 */
export const AppError = z.strictObject({
  code: z.enum([
    'invalid_input',
    'not_found',
    'refused',
    'conflict',
    'not_saved',
    'unreadable',
    'unreachable',
    'too_large',
    'newer_schema',
    'cancelled',
    'unexpected',
  ]),
  message: z.string(),
  place: z.string().optional(),
});
export type AppError = z.infer<typeof AppError>;

export type Result<T, E = AppError> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function err<E = AppError>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}

/** Shorthand for the usual failure. */
export function fail(code: AppError['code'], message: string, place?: string): Result<never> {
  return err(place === undefined ? { code, message } : { code, message, place });
}

/** Marks a branch the compiler has proved unreachable; reaching it is a bug, so it throws. */
export function assertNever(value: never, what: string): never {
  throw new Error(`Unhandled ${what}: ${JSON.stringify(value)}`);
}
