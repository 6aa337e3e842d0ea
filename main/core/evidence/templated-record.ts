import type { LogRecord } from './model.ts';

/**
 * Something that many records have in common, made once by their reader. Whoever numbers it may leave the numbers here, so that
 * it need not be looked up again: `of` says whose they are.
 */
export interface Shared<Value, Numbers> {
  readonly value: Value;
  numbers: (Numbers & { readonly of: object }) | null;
}

/** The numbers of what makes up a record beside its id, time, address and resources. */
export interface TemplateNumbers {
  readonly call: number;
  readonly kind: number;
  readonly message: number;
  readonly detail: number;
  /** All of its texts. */
  readonly texts: readonly number[];
}

/** The numbers of a list of resources, and of those in it, each once. */
export interface ListNumbers {
  readonly list: number;
  readonly texts: readonly number[];
}

/** A record whose `id`, `at`, `sourceIp` and `resources` stand for those of others. */
export type Template = Shared<LogRecord, TemplateNumbers>;
export type SharedAddress = Shared<string, { readonly text: number }>;
export type SharedResources = Shared<string[], ListNumbers>;

/** A record in parts, of which all but id and time are also those of others. */
export interface TemplatedRecord {
  readonly template: Template;
  readonly id: string;
  readonly at: LogRecord['at'];
  readonly address: SharedAddress;
  readonly resources: SharedResources;
}

export function shared<Value, Numbers>(value: Value): Shared<Value, Numbers> {
  return { value, numbers: null };
}

/** The record itself. */
export function wholeRecord({ template, id, at, address, resources }: TemplatedRecord): LogRecord {
  return { ...template.value, id, at, sourceIp: address.value, resources: resources.value };
}
