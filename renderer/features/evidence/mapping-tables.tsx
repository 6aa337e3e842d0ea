import type { ReactNode } from 'react';
import type { Mapping, RowSample } from '../../../main/core/evidence/mapping/model.ts';
import { cell } from '../../../main/core/evidence/mapping/row.ts';
import { StatusMark } from '../../components/status-mark.tsx';
import { counted, utcDateTime } from '../../lib/format.ts';
import styles from './mapping-dialog.module.css';
import type { Preview } from './mapping-draft.ts';

const SHOWN = 4;
/** The rest of a long cell says nothing about which field it is. */
const LONGEST_CELL = 60;

/** The first rows as they stand in the file; fields that are used are marked. */
export function SampleRows({
  sample: { shape, rows },
  mapping,
}: {
  readonly sample: RowSample;
  readonly mapping: Mapping;
}): ReactNode {
  const used = new Set([mapping.time.field, ...Object.values(mapping.fields)]);
  const fields = [
    ...shape.fields.filter((field) => used.has(field)),
    ...shape.fields.filter((field) => !used.has(field)),
  ];
  return (
    <div className={styles['scroll']} role="region" aria-label="The first rows of the file" tabIndex={0}>
      <table className={styles['table']}>
        <thead>
          <tr>
            {fields.map((field) => (
              <th key={field} scope="col" className={used.has(field) ? styles['used'] : undefined}>
                {field}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, SHOWN).map((row, at) => (
            <tr key={at}>
              {fields.map((field) => (
                <td key={field}>{cell(row, field).slice(0, LONGEST_CELL)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What becomes of those rows, and how many cannot be read. */
export function MappedRows({ preview }: { readonly preview: Preview }): ReactNode {
  const { records, refused, yearless } = preview;
  return (
    <section aria-label="What becomes of them">
      <div className={styles['becomes']} role="status">
        {refused.length === 0 ? (
          <StatusMark status="fine" word={`all of the first ${counted(records.length, 'row')} can be read`} />
        ) : (
          <StatusMark
            status="could_not_check"
            word={`${refused.length} of the first ${counted(refused.length + records.length, 'row')} cannot be read: ${refused[0] ?? ''}`}
          />
        )}
        {yearless && (
          <span>The times name no year: the latest before the file was last changed is taken.</span>
        )}
      </div>
      {records.length > 0 && (
        <div className={styles['scroll']} role="region" aria-label="The first records" tabIndex={0}>
          <table className={styles['table']}>
            <thead>
              <tr>
                {['Time', 'What', 'Who', 'To what', 'Error', 'Service', 'Region', 'Detail'].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {records.slice(0, SHOWN).map((record, at) => (
                <tr key={at}>
                  {[
                    utcDateTime(record.at),
                    record.name,
                    record.principal,
                    record.resources.join(', '),
                    record.errorCode ?? '',
                    record.source,
                    record.region,
                    record.errorMessage ?? record.detail,
                  ].map((cell, column) => (
                    <td key={column}>{cell.slice(0, LONGEST_CELL)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
