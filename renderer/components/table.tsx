import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';
import styles from './table.module.css';

export interface TableProps {
  /** The heads of the columns, in order. */
  readonly columns: readonly string[];
  /** Rows as near to each other as lines of text. */
  readonly dense?: boolean;
  readonly className?: string | undefined;
  /** The bodies with their rows. */
  readonly children: ReactNode;
}

/** Facts in rows and columns, to be read; what is chosen from with keys is a grid list instead. */
export function Table({ columns, dense = false, className, children }: TableProps): ReactNode {
  return (
    <table className={cx(styles['table'], className)} data-dense={dense || undefined}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      {children}
    </table>
  );
}
