import type { Mapping, RowShape } from './model.ts';

/** Share of fields that two files of JSON must have in common to be of one kind: optional fields come and go. */
const ALIKE = 0.5;

/** The remembered mapping for rows of this shape; null when there is none. The newest comes first in the list. */
export function mappingFor(mappings: readonly Mapping[], shape: RowShape): Mapping | null {
  return mappings.find((one) => isOfShape(one, shape)) ?? null;
}

/**
 * Whether a mapping fits rows of a shape. A table must have the same header, lines the same pattern; objects of JSON at least half of
 * the fields in common, among them the time.
 */
export function isOfShape(mapping: Mapping, shape: RowShape): boolean {
  const known = mapping.shape;
  if (known.format === 'table')
    return shape.format === 'table' && known.delimiter === shape.delimiter && sameFields(known, shape);
  if (known.format === 'text')
    return (
      shape.format === 'text' &&
      known.pattern === shape.pattern &&
      // Lines of key=value pairs have fields of their own.
      (known.pattern !== 'logfmt' || alike(known.fields, shape.fields, mapping.time.field))
    );
  return (
    shape.format === 'json' &&
    known.container === shape.container &&
    known.key === shape.key &&
    alike(known.fields, shape.fields, mapping.time.field)
  );
}

/** A shape in one line: mappings with the same are for the same files. */
export function shapeKey(shape: RowShape): string {
  const place =
    shape.format === 'json'
      ? `${shape.container} ${shape.key}`
      : shape.format === 'table'
        ? shape.delimiter
        : shape.pattern;
  return JSON.stringify([shape.format, place, ...shape.fields]);
}

function sameFields(one: RowShape, other: RowShape): boolean {
  return (
    one.fields.length === other.fields.length && one.fields.every((name, at) => name === other.fields[at])
  );
}

function alike(known: readonly string[], fields: readonly string[], time: string): boolean {
  const have = new Set(fields);
  if (!have.has(time)) return false;
  const common = known.filter((name) => have.has(name)).length;
  return common / (known.length + fields.length - common) >= ALIKE;
}
