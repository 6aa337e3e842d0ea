import type { ReactNode } from 'react';
import type { FileReport } from '../../../main/core/evidence/model.ts';
import { StatusMark } from '../../components/status-mark.tsx';
import type { Status } from '../../lib/feed-words.ts';
import { bytes, count, counted, shortHash, utcDateTime } from '../../lib/format.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import styles from './evidence-view.module.css';
import { sourceWords } from './record-words.ts';

/** Rejected records listed in sight at first. */
const SHOWN_REJECTS = 5;

/** Every file that was given, what came of it, and what in it could not be read. The holes come first. */
export function Files({ files }: { readonly files: readonly FileReport[] }): ReactNode {
  const sorted = files.toSorted((a, b) => Number(isHole(b)) - Number(isHole(a)) || b.rejected - a.rejected);
  return (
    <section aria-labelledby="files">
      <h2 id="files" className={styles['heading']}>
        {counted(files.length, 'file')}
      </h2>
      <ul className={styles['files']}>
        {sorted.map((file) => (
          <File key={`${file.file} ${file.sha256}`} file={file} />
        ))}
      </ul>
    </section>
  );
}

function isHole({ recognisedAs, records, duplicates, findings }: FileReport): boolean {
  return recognisedAs === null || records + duplicates + findings === 0;
}

function markOf(file: FileReport): { status: Status; word: string } {
  if (file.recognisedAs === null) return { status: 'could_not_check', word: 'not recognised' };
  if (file.rejected > 0)
    return { status: 'could_not_check', word: `${counted(file.rejected, 'record')} rejected` };
  if (isHole(file))
    return { status: 'silent', word: file.states === undefined ? 'no records' : 'states kept' };
  return { status: 'fine', word: 'read' };
}

function File({ file }: { readonly file: FileReport }): ReactNode {
  const { status, word } = markOf(file);
  return (
    <li className={styles['file']}>
      <div className={styles['fileHead']}>
        <StatusMark status={status} word={word} />
        <strong className={styles['fileName']} title={file.file}>
          {file.file.split(/[\\/]/).at(-1)}
        </strong>
        <span className={styles['muted']}>
          {[
            file.recognisedAs === null ? null : sourceWords(file.recognisedAs),
            bytes(file.size),
            file.records > 0 || file.findings === 0 ? counted(file.records, 'record') : null,
            file.findings > 0 ? `${counted(file.findings, 'finding')}, ${count(file.failing)} failing` : null,
            file.scanned === null ? null : `looked at ${utcDateTime(file.scanned.to)}`,
            file.duplicates > 0 ? `${count(file.duplicates)} there already` : null,
            file.window === null
              ? null
              : `${utcDateTime(file.window.from)} to ${utcDateTime(file.window.to)}`,
            file.regions.length > 0 ? file.regions.join(', ') : null,
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </span>
        <span className={styles['hash']}>
          <code title={file.sha256}>{shortHash(file.sha256)}</code>
          <CopyButton text={file.sha256} what={`the SHA-256 of ${file.file}`} />
        </span>
      </div>
      {file.notes.map((note) => (
        <p key={note} className={styles['note']}>
          {note}
        </p>
      ))}
      <Rejects file={file} />
    </li>
  );
}

function Rejects({ file }: { readonly file: FileReport }): ReactNode {
  if (file.rejects.length === 0) return null;
  const first = file.rejects.slice(0, SHOWN_REJECTS);
  const rest = file.rejects.slice(SHOWN_REJECTS);
  const unlisted = file.rejected - file.rejects.length;
  return (
    <>
      <RejectList rejects={first} />
      {rest.length > 0 && (
        <details className={styles['more']}>
          <summary>{counted(rest.length, 'further rejected record')}</summary>
          <RejectList rejects={rest} />
          {unlisted > 0 && <p className={styles['note']}>and {count(unlisted)} more, not listed</p>}
        </details>
      )}
    </>
  );
}

function RejectList({ rejects }: { readonly rejects: FileReport['rejects'] }): ReactNode {
  return (
    <ul className={styles['rejects']}>
      {rejects.map(({ place, reason }, at) => (
        <li key={at}>
          <code>{place}</code> {reason}
        </li>
      ))}
    </ul>
  );
}
