import { z } from 'zod';
import { ROLES, type Row } from './row.ts';
import { isZone } from './zones.ts';

const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** How lines of plain text are cut into fields; see `lines.ts`. */
const LinePattern = z.enum([
  'access_log',
  'syslog_5424',
  'syslog',
  'klog',
  'logfmt',
  'time_first',
  'time_within',
]);
export type LinePattern = z.infer<typeof LinePattern>;

const Name = z.string().max(400);

/** What tells files of one kind from others: keys of JSON, the header of a table, or the pattern of lines. */
export const RowShape = z.discriminatedUnion('format', [
  z.strictObject({
    format: z.literal('json'),
    container: z.enum(['list', 'lines', 'wrapped']),
    /** The key of the list when it is wrapped, otherwise ''. */
    key: Name,
    /** Dotted names of the values, sorted. */
    fields: z.array(Name).max(500),
  }),
  z.strictObject({
    format: z.literal('table'),
    delimiter: z.enum([',', ';', '\t', '|']),
    fields: z.array(Name).max(500),
  }),
  z.strictObject({ format: z.literal('text'), pattern: LinePattern, fields: z.array(Name).max(500) }),
]);
export type RowShape = z.infer<typeof RowShape>;

/** How rows of one shape become records: made by a person once, then remembered. */
export const Mapping = z.strictObject({
  /** What people call such files. */
  name: z.string().trim().min(1).max(120),
  shape: RowShape,
  time: z.strictObject({
    field: Name,
    /** Of times that do not name theirs. */
    zone: z.string().max(60).refine(isZone, 'UTC, an offset such as +02:00, or a name such as Europe/Berlin'),
    order: z.enum(['dmy', 'mdy']),
  }),
  fields: z.partialRecord(Role, Name),
  /** Whether the rows are changes of ours, or tell how things fare. Only changes are ranked. */
  rows: z.enum(['changes', 'events']),
});
export type Mapping = z.infer<typeof Mapping>;

/** The first rows of a file that no adapter knows. */
export interface RowSample {
  readonly shape: RowShape;
  readonly rows: readonly Row[];
}
