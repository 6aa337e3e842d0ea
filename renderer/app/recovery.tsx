import { useState, type ReactNode } from 'react';
import type { AppError, Result } from '../../main/core/result.ts';
import type { AppInfo } from '../../preload/contract/views.ts';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { Time } from '../components/time.tsx';
import { request } from '../lib/api.ts';
import { bytes } from '../lib/format.ts';
import { useAppInfo } from './app-info.ts';
import styles from './recovery.module.css';

/** Shown instead of everything else when the database cannot be written: what is wrong, and the backups there are. */
export function Recovery({ trouble }: { readonly trouble: NonNullable<AppInfo['trouble']> }): ReactNode {
  const { info, load } = useAppInfo();
  const [fault, setFault] = useState<string | null>(null);
  const [working, setWorking] = useState(false);
  const carryOut = async (way: () => Promise<Result<null, AppError>>): Promise<void> => {
    setWorking(true);
    const reply = await way();
    setWorking(false);
    setFault(reply.ok ? null : reply.error.message);
    if (reply.ok) await load();
  };
  return (
    <main className={styles['recovery']}>
      <h1 className={styles['title']}>Nothing can be saved</h1>
      <Callout kind="fault">{trouble.message}</Callout>
      {fault !== null && <Callout kind="fault">{fault}</Callout>}
      <p className={styles['text']}>
        The files are as they were; nothing has been deleted. They lie in <code>{info?.dataFolder}</code>.
      </p>
      <h2 className={styles['subtitle']}>Backups</h2>
      {trouble.backups.length === 0 ? (
        <p className={styles['text']}>There is no backup on this machine.</p>
      ) : (
        <ul className={styles['list']}>
          {trouble.backups.map((backup) => (
            <li key={backup.file} className={styles['backup']}>
              <Time at={backup.at} withDate />
              <span className={styles['count']}>{backup.fault ?? bytes(backup.size)}</span>
              <Button
                isDisabled={backup.fault !== null}
                isPending={working}
                onPress={() => void carryOut(() => request('restoreBackup', { file: backup.file }))}
              >
                Work on from this backup
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles['actions']}>
        <Button variant="primary" onPress={() => void load()}>
          Try again
        </Button>
        <Button isPending={working} onPress={() => void carryOut(() => request('startAnew', {}))}>
          Lay the database aside and start with an empty one
        </Button>
      </div>
    </main>
  );
}
