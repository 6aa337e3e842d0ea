/** JSON as it is edited: whatever somebody has typed, not yet known to be a playbook. */
export type Json =
  string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };
export type Path = readonly (string | number)[];

/** What stands at a place; undefined where there is nothing. */
export function getAt(json: Json, path: Path): Json {
  return path.reduce<Json>((value, key) => {
    if (Array.isArray(value)) return typeof key === 'number' ? (value as readonly Json[])[key] : undefined;
    return isObject(value) ? value[key] : undefined;
  }, json);
}

/** The document with something else at a place; undefined takes the key away. What is missing on the way is made. */
export function setAt(json: Json, path: Path, value: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof key === 'number') {
    const list = Array.isArray(json) ? [...(json as readonly Json[])] : [];
    list[key] = setAt(list[key], rest, value);
    return list;
  }
  const { [key]: inner, ...others } = isObject(json) ? json : {};
  const next = setAt(inner, rest, value);
  // In its old place, so that a change does not shuffle the document.
  if (next === undefined) return others;
  return isObject(json) && key in json
    ? Object.fromEntries(Object.entries(json).map(([name, old]) => [name, name === key ? next : old]))
    : { ...others, [key]: next };
}

/** The document without one item of a list. */
export function removeAt(json: Json, path: Path, index: number): Json {
  return setAt(json, path, listAt(json, path).toSpliced(index, 1));
}

/** The document with one more item at the end of a list. */
export function appendAt(json: Json, path: Path, item: Json): Json {
  return setAt(json, path, [...listAt(json, path), item]);
}

/** The document with one item of a list moved by so many places; as it was where there is no such place. */
export function moveAt(json: Json, path: Path, index: number, by: number): Json {
  const list = listAt(json, path);
  const to = index + by;
  if (to < 0 || to >= list.length) return json;
  return setAt(json, path, list.toSpliced(index, 1).toSpliced(to, 0, list[index]));
}

/** The list at a place; empty where there is none. */
export function listAt(json: Json, path: Path): readonly Json[] {
  const value = getAt(json, path);
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** The text at a place; empty where there is none. */
export function textAt(json: Json, path: Path): string {
  const value = getAt(json, path);
  return typeof value === 'string' ? value : '';
}

/** The texts of a list at a place, without whatever else is in it. */
export function textsAt(json: Json, path: Path): readonly string[] {
  return listAt(json, path).filter((one) => typeof one === 'string');
}

export function isObject(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
