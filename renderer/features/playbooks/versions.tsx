import { useState, type ReactNode } from 'react';
import type { PlaybookDetail } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Time } from '../../components/time.tsx';
import { request } from '../../lib/api.ts';
import { shortHash } from '../../lib/format.ts';
import styles from './versions.module.css';

/** Every saved version, newest first: who, when, what changed; each can be written to a file or gone back to. */
export function Versions({ detail: { row, versions } }: { readonly detail: PlaybookDetail }): ReactNode {
  const [fault, setFault] = useState<string | null>(null);
  const tell = (reply: { readonly ok: boolean; readonly error?: { readonly message: string } }): void => {
    setFault(reply.ok ? null : (reply.error?.message ?? null));
  };
  const withdrawn = row.state === 'withdrawn';
  if (versions.length === 0)
    return (
      <EmptyState title="No version saved yet">A version is kept each time the playbook is saved.</EmptyState>
    );
  return (
    <div className={styles['versions']}>
      {fault !== null && <Callout kind="fault">{fault}</Callout>}
      <p className={styles['note']}>
        New incidents begin with the newest version{withdrawn && ', once it is offered again'}. An incident
        keeps the version it began with.
      </p>
      <ol className={styles['list']}>
        {versions.map((version, at) => (
          <li key={version.number} className={styles['version']}>
            <div className={styles['head']}>
              <strong>{version.version}</strong>
              <span className={styles['muted']}>
                <Time at={version.at} withDate /> · {version.actor} · <code>{shortHash(version.sha256)}</code>
              </span>
              <span className={styles['actions']}>
                <Button
                  variant="quiet"
                  aria-label={`Write to a file: version ${version.version}`}
                  onPress={() =>
                    void request('exportPlaybook', {
                      id: row.id,
                      number: version.number,
                      as: 'demarc',
                    }).then(tell)
                  }
                >
                  Write to a file
                </Button>
                {at > 0 && (
                  <Button
                    variant="quiet"
                    aria-label={`Go back to it: version ${version.version}`}
                    onPress={() =>
                      void request('restorePlaybook', { id: row.id, number: version.number }).then(tell)
                    }
                  >
                    Go back to it
                  </Button>
                )}
              </span>
            </div>
            <ul className={styles['changes']}>
              {version.changes.map((change) => (
                <li key={change}>{change}</li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      <div>
        <Button
          variant={withdrawn ? 'plain' : 'danger'}
          onPress={() => void request('withdrawPlaybook', { id: row.id, withdrawn: !withdrawn }).then(tell)}
        >
          {withdrawn ? 'Offer it again for new incidents' : 'Withdraw it from new incidents'}
        </Button>
      </div>
    </div>
  );
}
