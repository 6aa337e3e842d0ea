import { useEffect, useRef } from 'react';
import { announce } from '../../lib/announce.ts';
import { announcement } from './announce.ts';
import type { DueItem } from './due-item.ts';

/** Says aloud what is due: a few times before a deadline and once when it passes, never each second. */
export function useDueAnnouncements(items: readonly DueItem[]): void {
  const before = useRef(new Map<string, number>());
  useEffect(() => {
    const last = before.current;
    before.current = new Map(items.map((item) => [keyOf(item), item.leftMs]));
    for (const item of items) {
      const said = announcement(nameOf(item), last.get(keyOf(item)) ?? null, item.leftMs);
      if (said !== null) announce(said.text, said.how);
    }
  }, [items]);
}

function keyOf({ incidentId, title }: DueItem): string {
  return `${incidentId} ${title}`;
}

function nameOf({ reference, title }: DueItem): string {
  return reference === null ? title : `${reference}, ${title}`;
}
