import type { ReactNode } from 'react';
import { ProgressBar } from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { bytes, count, duration } from '../../lib/format.ts';
import styles from './progress-line.module.css';
import { useImport } from './import-store.ts';

/** How far the import is: bytes, records, pace, time left, and a way to stop it. */
export function ProgressLine(): ReactNode {
  const { progress, pace, cancelling, cancel } = useImport();
  const share = pace?.share ?? 0;
  return (
    <div className={styles['line']}>
      <ProgressBar
        aria-label="Reading evidence"
        value={share * 100}
        valueLabel={`${Math.floor(share * 100)} %`}
        className={styles['progress'] ?? ''}
      >
        <div className={styles['words']}>
          <span className={styles['file']}>
            {progress === null
              ? 'Looking at the files'
              : `${progress.file} (${count(progress.fileIndex)} of ${count(progress.fileCount)})`}
          </span>
          <span>{Math.floor(share * 100)} %</span>
        </div>
        <div className={styles['track']}>
          <div className={styles['fill']} style={{ transform: `scaleX(${share})` }} />
        </div>
        <div className={styles['words']}>
          <span>
            {progress !== null &&
              `${bytes(progress.bytesRead)} of ${bytes(progress.bytesTotal)} · ${count(progress.records)} records`}
          </span>
          <span>
            {pace?.recordsPerSecond != null && `${count(Math.round(pace.recordsPerSecond))} records/s`}
            {pace?.secondsLeft != null && ` · ${duration(pace.secondsLeft / 60)} left`}
          </span>
        </div>
      </ProgressBar>
      <Button isDisabled={cancelling} onPress={() => void cancel()}>
        {cancelling ? 'Stopping' : 'Cancel'}
      </Button>
    </div>
  );
}
