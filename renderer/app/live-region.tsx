import type { ReactNode } from 'react';
import { VisuallyHidden } from 'react-aria-components';
import { useAnnouncements } from '../lib/announce.ts';

/** The two places where `announce` speaks. They are always there: a region added with its text in it stays unheard. */
export function LiveRegion(): ReactNode {
  const { polite, assertive } = useAnnouncements();
  return (
    <VisuallyHidden>
      <div role="status" aria-live="polite">
        {polite}
      </div>
      <div role="alert" aria-live="assertive">
        {assertive}
      </div>
    </VisuallyHidden>
  );
}
