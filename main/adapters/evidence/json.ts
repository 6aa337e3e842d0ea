/** What JSON.parse gives. Evidence is read field by field from this, never trusted as a whole. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** An object as JSON.parse made it. Keys such as `__proto__` are plain own keys in it and nothing ever merges it. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** Reads JSON text; undefined when it is not JSON. A key given twice keeps its last value, as everywhere in JSON.parse. */
export function parseJson(text: string): Json | undefined {
  try {
    // JSON.parse is typed `any`; everything it can return is a Json.
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The value when it is an object, otherwise null. */
export function asObject(value: Json | undefined): JsonObject | null {
  // Array.isArray does not narrow readonly arrays, so the compiler needs to be told.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** The value when it is a text, otherwise ''. */
export function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** The items of a list; a single value counts as a list of one, nothing as an empty list. */
export function asList(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  // Array.isArray does not narrow readonly arrays, so the compiler needs to be told.
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

/** The objects of a list; what else is in it is left out. */
export function asObjects(value: Json | undefined): readonly JsonObject[] {
  return asList(value).flatMap((item) => {
    const object = asObject(item);
    return object === null ? [] : [object];
  });
}

/** The items of the shape `{items: [...]}` that EC2 writes for lists; also of a plain list. */
export function asItems(value: Json | undefined): readonly Json[] {
  const object = asObject(value);
  return object === null ? asList(value) : asList(object['items']);
}

/** At most `limit` characters; a longer text ends in an ellipsis, so that it is seen to be shortened. */
export function bounded(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // By way of bytes: a slice of a text keeps all of it in memory, and what is shortened here is remembered.
  return `${Buffer.from(text.slice(0, limit - 1), 'utf16le').toString('utf16le')}…`;
}

/** What a table has under a name that came from a file; undefined for names that every object has, such as `constructor`. */
export function named<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
