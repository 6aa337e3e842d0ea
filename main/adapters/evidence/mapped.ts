import { applyMapping } from '../../core/evidence/mapping/apply.ts';
import { flatRow } from '../../core/evidence/mapping/flatten.ts';
import type { Mapping } from '../../core/evidence/mapping/model.ts';
import { type RecordReader, rejected } from './adapter.ts';

/**
 * Reads the rows of one file as a person has mapped them. `reference`, in milliseconds since 1970, gives times without a year theirs: when
 * the file was last changed.
 */
export function mappedReader(mapping: Mapping, reference: number): RecordReader {
  const ids = timesSeen();
  const seen = { unzoned: 0, yearless: 0, joined: 0 };
  return {
    read(value, contentId) {
      const row = flatRow(value);
      if (row === null) return rejected('not an object');
      const applied = applyMapping(mapping, row, reference);
      if (applied.kind === 'refused') return rejected(applied.reason);
      const { record, time } = applied;
      if (!time.zoned) seen.unzoned += 1;
      if (time.yearless) seen.yearless += 1;
      if (mapping.shape.format === 'text') seen.joined += Number(row['lines'] ?? 1) - 1;
      return { id: ids(record.at, contentId()), ...record };
    },
    notes: () => [
      `Read as mapped by hand, “${mapping.name}”, with the time in “${mapping.time.field}”.`,
      ...(seen.unzoned > 0 ? [`Times without a zone, taken as ${mapping.time.zone}: ${seen.unzoned}.`] : []),
      ...(seen.yearless > 0
        ? [
            `Times without a year, each taken as the latest that is not after the file's last change: ${seen.yearless}.`,
          ]
        : []),
      ...(seen.joined > 0 ? [`Lines without a time, read as parts of the line before: ${seen.joined}.`] : []),
    ],
  };
}

/**
 * Numbers rows that are alike to the last byte: logs do write the same line twice within a second, and an overlapping export repeats all of
 * them in the same order. Only the rows of the present moment are remembered.
 */
function timesSeen(): (at: string, id: string) => string {
  const counts = new Map<string, number>();
  let moment = '';
  return (at, id) => {
    if (at !== moment) {
      moment = at;
      counts.clear();
    }
    const before = counts.get(id) ?? 0;
    counts.set(id, before + 1);
    return before === 0 ? id : `${id}#${before + 1}`;
  };
}
