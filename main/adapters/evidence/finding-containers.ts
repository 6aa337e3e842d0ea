import type { Container } from './adapter.ts';

/** Where objects with all of `marks` stand: under one of `keys`, in a bare list, or one after the other. Null for nowhere. */
export function containerOf(
  paths: ReadonlySet<string>,
  marks: readonly string[],
  keys: readonly string[],
): Container | null {
  const all = (at: string): boolean => marks.every((mark) => paths.has(`${at}${mark}`));
  const key = keys.find((one) => all(`${one}[].`));
  if (key !== undefined) return { kind: 'wrapped', key };
  if (all('[].')) return { kind: 'list' };
  return all('') ? { kind: 'sequence' } : null;
}
