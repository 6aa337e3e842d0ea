/** Beyond this many distinct paths an outline says nothing new about the kind of a file. */
const MOST_PATHS = 2_000;
const DEEPEST = 12;

/** Key paths in order, each once. */
interface Outline {
  readonly paths: ReadonlySet<string>;
  /** Those of the first document alone: there may be another behind it, or what damage made of the same. */
  readonly first: ReadonlySet<string>;
}

/**
 * The key paths in the first part of a JSON text, e.g. `Records[].eventVersion`, `[].detail.source`, `eventName`.
 * Works on text that is cut off or damaged: what is readable is listed. Text that is not JSON has no paths.
 */
export function outlineOf(head: string): Outline {
  const paths = new Set<string>();
  let inFirst: number | null = null;
  const stack: { readonly path: string; readonly list: boolean; key: string }[] = [];
  const token = /"((?:[^"\\]|\\.)*)"(\s*:)?|[{}[\]]/gs;
  const here = (): string => {
    const top = stack.at(-1);
    if (top === undefined) return '';
    if (top.list) return `${top.path}[]`;
    return top.path === '' ? top.key : `${top.path}.${top.key}`;
  };
  for (const found of head.matchAll(token)) {
    if (paths.size >= MOST_PATHS) break;
    const sign = found[0];
    if (sign === '{' || sign === '[') {
      if (stack.length >= DEEPEST) break;
      stack.push({ path: here(), list: sign === '[', key: '' });
    } else if (sign === '}' || sign === ']') {
      stack.pop();
      if (stack.length === 0) inFirst ??= paths.size;
    } else if (found[2] !== undefined) {
      const top = stack.at(-1);
      if (top === undefined || top.list) continue;
      top.key = found[1] ?? '';
      paths.add(here());
    }
  }
  const isOne = inFirst === null || inFirst === paths.size;
  return { paths, first: isOne ? paths : new Set([...paths].slice(0, inFirst ?? 0)) };
}
