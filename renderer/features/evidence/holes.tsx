import type { ReactNode } from 'react';
import type { EvidenceHole } from '../../../main/core/evidence/holes.ts';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { StatusMark } from '../../components/status-mark.tsx';
import { isAtRest } from '../../lib/at-rest.ts';
import { counted, utcDateTime } from '../../lib/format.ts';
import styles from './evidence-view.module.css';
import { useAttachToIncident } from './use-attach-to-incident.ts';

/** So many alike stand each by itself; more are put together. */
const APART = 3;
/** Kinds of holes in sight at first: what changed must not stand below thirty of them. */
const FIRST = 5;

/** What the evidence cannot show: where logging was off, files are missing, a region, an account. */
export function EvidenceHoles({
  view,
  holes,
}: {
  readonly view: IncidentView;
  readonly holes: readonly EvidenceHole[];
}): ReactNode {
  if (holes.length === 0) return null;
  const groups = alike(holes);
  const rest = groups.slice(FIRST);
  return (
    <section aria-labelledby="holes">
      <h2 id="holes" className={styles['heading']}>
        {counted(holes.length, 'hole')} in the evidence{' '}
        <span className={styles['muted']}>what these files cannot show</span>
      </h2>
      <HoleList view={view} groups={groups.slice(0, FIRST)} />
      {rest.length > 0 && (
        <details className={styles['more']}>
          <summary>Show {counted(rest.flat().length, 'more hole')}</summary>
          <HoleList view={view} groups={rest} />
        </details>
      )}
    </section>
  );
}

function HoleList({
  view,
  groups,
}: {
  readonly view: IncidentView;
  readonly groups: readonly (readonly EvidenceHole[])[];
}): ReactNode {
  return (
    <ul className={styles['files']}>
      {groups.map((group) =>
        group.length > APART ? (
          <Together key={group[0]?.title} view={view} holes={group} />
        ) : (
          group.map((hole) => <Hole key={keyOf(hole)} view={view} hole={hole} />)
        ),
      )}
    </ul>
  );
}

/** Those of one title together, in the order of the first of each. */
function alike(holes: readonly EvidenceHole[]): EvidenceHole[][] {
  const titles = [...new Set(holes.map(({ title }) => title))];
  return titles.map((title) => holes.filter((hole) => hole.title === title));
}

function keyOf({ kind, title, from, detail, findingIds }: EvidenceHole): string {
  return [kind, title, from ?? '', detail, ...findingIds].join(' ');
}

function Together({
  view,
  holes,
}: {
  readonly view: IncidentView;
  readonly holes: readonly EvidenceHole[];
}): ReactNode {
  const title = holes[0]?.title ?? '';
  const said = [...new Set(holes.map(({ detail }) => detail))];
  return (
    <li className={styles['file']}>
      <div className={styles['fileHead']}>
        <StatusMark status="could_not_check" word={`${title}, ${holes.length} times`} />
      </div>
      {said.length === 1 ? (
        <p className={styles['note']}>{said[0]}</p>
      ) : (
        <details className={styles['more']}>
          <summary>Show each of the {holes.length}</summary>
          <ul className={styles['files']}>
            {holes.map((hole) => (
              <Hole key={keyOf(hole)} view={view} hole={hole} />
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

function Hole({ view, hole }: { readonly view: IncidentView; readonly hole: EvidenceHole }): ReactNode {
  const attach = useAttachToIncident(view.state.id);
  const [record] = hole.recordIds;
  return (
    <li className={styles['file']}>
      <div className={styles['fileHead']}>
        <StatusMark status="could_not_check" word={hole.title} />
        {hole.from !== null && (
          <span className={styles['muted']}>
            {hole.to === null
              ? `since ${utcDateTime(hole.from)}`
              : `${utcDateTime(hole.from)} to ${utcDateTime(hole.to)}`}
          </span>
        )}
        {!isAtRest(view.state) && record !== undefined && (
          <span className={styles['hash']}>
            <Button
              aria-label={`Attach the record that shows: ${hole.title}`}
              onPress={() => void attach.record(record, hole.title)}
            >
              Attach
            </Button>
          </span>
        )}
      </div>
      <p className={styles['note']}>{hole.detail}</p>
    </li>
  );
}
