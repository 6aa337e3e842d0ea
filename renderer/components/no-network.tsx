import { useSyncExternalStore, type ReactNode } from 'react';
import type { IncidentView } from '../../preload/contract/views.ts';
import { isAtRest } from '../lib/at-rest.ts';
import styles from './no-network.module.css';

/**
 * Says, once for all feeds, that nobody can be asked: as the system tells, or as every address failing for want of a
 * network tells. Nothing in a drill, whose feeds are recorded, and where nobody is asked any more.
 */
export function NoNetwork({ view }: { readonly view: IncidentView }): ReactNode {
  const online = useOnline();
  const isAsked = view.drill === null && !isAtRest(view.state);
  // Said where a reader of the screen hears of it as it comes.
  return (
    <div role="status" className={styles['region']}>
      {isAsked && (!online || view.isCutOff) && (
        <p className={styles['line']}>
          <span aria-hidden="true">▲ </span>
          No network: no feed can be asked. Asking goes on by itself when it is back; all else works.
        </p>
      )}
    </div>
  );
}

/** Whether this machine believes that it has a network. */
function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('online', listener);
      window.addEventListener('offline', listener);
      return () => {
        window.removeEventListener('online', listener);
        window.removeEventListener('offline', listener);
      };
    },
    () => navigator.onLine,
    () => true,
  );
}
