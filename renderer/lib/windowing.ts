/** Which rows of a long list have to exist: `from` (included) to `to` (excluded). */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * The rows in sight and a few around them, for rows of one height. Everything else is empty space, so a list of a
 * hundred thousand costs as much as one of fifty.
 */
export function visibleWindow(
  rows: number,
  rowHeight: number,
  scrollTop: number,
  viewHeight: number,
  around: number,
): Window {
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const inSight = Math.ceil(viewHeight / rowHeight) + 1;
  return { from: Math.max(0, Math.min(first, rows) - around), to: Math.min(rows, first + inSight + around) };
}

/** Where to scroll so that a row is wholly in sight, moving no further than needed. */
export function scrollToShow(row: number, rowHeight: number, scrollTop: number, viewHeight: number): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  const bottom = top + rowHeight;
  return bottom > scrollTop + viewHeight ? bottom - viewHeight : scrollTop;
}

/** The row that a key leads to; null when the key means nothing to a list. */
export function rowForKey(key: string, row: number, rows: number, page: number): number | null {
  const to = targetOf(key, row, rows, page);
  return to === null || rows === 0 ? null : Math.max(0, Math.min(rows - 1, to));
}

function targetOf(key: string, row: number, rows: number, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return row + 1;
    case 'ArrowUp':
      return row - 1;
    case 'PageDown':
      return row + page;
    case 'PageUp':
      return row - page;
    case 'Home':
      return 0;
    case 'End':
      return rows - 1;
    default:
      return null;
  }
}
