import type { ReactNode } from 'react';
import type { EvidenceHole } from '../../../main/core/evidence/holes.ts';
import { type Instant, minutesBetween } from '../../../main/core/instants.ts';
import type { CustomerSide as CustomerSideView, IncidentView } from '../../../preload/contract/views.ts';
import { StatusMark } from '../../components/status-mark.tsx';
import { count, counted, sinceOnset } from '../../lib/format.ts';
import { changesRanked, changesUnknown, noChangeSeen, windowWords } from '../../lib/looked-words.ts';
import { useIncident } from '../../lib/incident-store.ts';
import { beforeOnset } from './change-words.ts';
import { Holes } from './holes.tsx';
import styles from './sides.module.css';

/** Changes shown here; the rest is in the view of the evidence. */
const SHOWN_CHANGES = 3;
const SHOWN_ERRORS = 2;
const SHOWN_STATES = 2;
const SHOWN_HOLES = 2;

/** What our own logs say: files, their window, what changed before onset, errors, and the holes. Right of the line. */
export function CustomerSide({ view }: { readonly view: IncidentView }): ReactNode {
  const side = useIncident((store) => store.customerSide);
  return (
    <section className={styles['side']} aria-labelledby="customer-side">
      <h2 id="customer-side" className={`${styles['title']} ${styles['customer']}`}>
        Customer
      </h2>
      <ul className={styles['list']}>
        {side === null ? (
          <li className={styles['muted']}>Reading the logs…</li>
        ) : side.files.length === 0 ? (
          <li className={styles['item']}>
            <StatusMark status="could_not_check" word="No logs yet" />
            <p className={styles['sentence']}>
              Drop files or a folder of your cloud’s audit logs on the window.
            </p>
          </li>
        ) : (
          <Logs side={side} onset={view.state.scope.onset} />
        )}
        <Holes view={view} side="customer" />
      </ul>
    </section>
  );
}

function Logs({ side, onset }: { readonly side: CustomerSideView; readonly onset: Instant }): ReactNode {
  const rejected = side.files.reduce((sum, file) => sum + file.rejected, 0);
  const unread = side.files.filter(({ recognisedAs }) => recognisedAs === null).length;
  const { from, to } = side.window ?? {};
  // Where a scanner looked is not where there is a log.
  const logs = side.files.filter(({ records, findings }) => records > 0 || findings === 0);
  const regions = [...new Set(logs.flatMap((file) => file.regions))];
  return (
    <>
      <li className={styles['item']}>
        <div className={styles['row']}>
          <StatusMark status={side.records > 0 ? 'fine' : 'could_not_check'} word="" />
          <span className={styles['name']}>Logs</span>
          <span className={styles['word']}>
            {logs.length === 0
              ? 'none yet'
              : `${counted(side.records, 'event')} in ${counted(logs.length, 'file')}`}
          </span>
        </div>
        <p className={styles['sentence']} title={side.coverage.join(' ')}>
          {[from !== undefined && to !== undefined && windowWords(from, to), regionWords(regions)]
            .filter((part) => part !== false && part !== '')
            .join(' · ')}
        </p>
      </li>
      {(rejected > 0 || unread > 0) && (
        <li className={styles['row']}>
          <StatusMark
            status="could_not_check"
            word={[
              rejected > 0 && `${counted(rejected, 'record')} not readable`,
              unread > 0 && `${counted(unread, 'file')} not recognised`,
            ]
              .filter((part) => part !== false)
              .join(', ')}
          />
        </li>
      )}
      <EvidenceHoles side={side} onset={onset} />
      <Changes side={side} onset={onset} />
      <Errors side={side} />
      <States side={side} />
    </>
  );
}

function regionWords(regions: readonly string[]): string {
  const rest = regions.length - 3;
  return `${regions.slice(0, 3).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Where the logs are silent because they are not there, those alike together; each by itself is in the view of the evidence. */
function EvidenceHoles({
  side,
  onset,
}: {
  readonly side: CustomerSideView;
  readonly onset: Instant;
}): ReactNode {
  // Files and records that could not be read stand above already.
  const holes = side.holes.filter(({ kind }) => kind !== 'unreadable');
  const titles = [...new Set(holes.map(({ title }) => title))].slice(0, SHOWN_HOLES);
  const rest = holes.filter(({ title }) => !titles.includes(title)).length;
  return (
    <>
      {titles.map((title) => (
        <HolesAlike
          key={title}
          title={title}
          holes={holes.filter((hole) => hole.title === title)}
          onset={onset}
        />
      ))}
      {rest > 0 && <li className={styles['muted']}>and {counted(rest, 'more hole')} in the evidence</li>}
    </>
  );
}

function HolesAlike({
  title,
  holes,
  onset,
}: {
  readonly title: string;
  readonly holes: readonly EvidenceHole[];
  readonly onset: Instant;
}): ReactNode {
  const first = holes.flatMap(({ from }) => from ?? []).sort()[0];
  return (
    <li className={styles['row']} title={holes.map(({ detail }) => detail).join('\n')}>
      <StatusMark
        status="could_not_check"
        word={holes.length === 1 ? title : `${title}, ${String(holes.length)} times`}
      />
      {first !== undefined && (
        <span className={styles['muted']}>{sinceOnset(minutesBetween(onset, first))}</span>
      )}
    </li>
  );
}

function Changes({ side, onset }: { readonly side: CustomerSideView; readonly onset: Instant }): ReactNode {
  if (side.changes.length === 0) {
    const unknown = changesUnknown(side, onset);
    return (
      <li className={styles['item']}>
        <StatusMark
          status={unknown === null ? 'silent' : 'could_not_check'}
          word={
            unknown === null
              ? noChangeSeen(side, onset)
              : side.window === null
                ? 'Changes: no log of them yet'
                : 'Changes: no log of that time'
          }
        />
        <p className={styles['sentence']}>
          {[side.window === null ? null : unknown, ...side.coverage]
            .filter((part) => part !== null)
            .join(' ')}
        </p>
      </li>
    );
  }
  return (
    <li className={styles['item']}>
      <div className={styles['row']}>
        <StatusMark status="degraded" word="" />
        <span className={styles['name']}>{changesRanked(side)} before onset</span>
      </div>
      <ol className={styles['changes']}>
        {side.changes.slice(0, SHOWN_CHANGES).map((change) => (
          <li key={change.record.id} className={styles['change']} title={change.reasons.join(' ')}>
            <code>{change.record.name}</code>
            <span className={styles['when']}>{beforeOnset(change.minutesBefore)}</span>
            <span className={styles['sentence']}>
              {change.record.detail ||
                change.record.resources.slice(0, 2).join(', ') ||
                change.record.principal}
            </span>
          </li>
        ))}
      </ol>
    </li>
  );
}

/** How our things stood when scanners looked: a state, and a cause only where something dates it. */
function States({ side: { findings } }: { readonly side: CustomerSideView }): ReactNode {
  const { failing, passing, unknown, datedNear, ranked } = findings;
  if (failing + passing + unknown === 0) return null;
  const near = ranked.filter(({ dated }) => dated === 'near');
  return (
    <li className={styles['item']}>
      <div className={styles['row']}>
        <StatusMark status={datedNear > 0 ? 'degraded' : 'silent'} word="" />
        <span className={styles['name']}>{count(failing)} failing at scan time</span>
        <span className={styles['word']}>{count(datedNear)} dated near onset</span>
      </div>
      {near.slice(0, SHOWN_STATES).map(({ finding, minutesBefore }) => (
        <p key={finding.id} className={styles['sentence']} title={finding.detail}>
          {finding.title}
          {minutesBefore !== null && ` · ${beforeOnset(minutesBefore)}`}
        </p>
      ))}
    </li>
  );
}

function Errors({ side }: { readonly side: CustomerSideView }): ReactNode {
  return side.errors.slice(0, SHOWN_ERRORS).map((group) => (
    <li key={`${group.errorCode}${group.first}`} className={styles['row']} title={group.note}>
      <StatusMark status="degraded" word="" />
      <code>{group.errorCode}</code>
      <span className={styles['sentence']}>{group.calls.slice(0, 2).join(', ')}</span>
      <span className={styles['when']}>{count(group.count)} ×</span>
    </li>
  ));
}
