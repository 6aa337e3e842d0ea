import type { ReactNode } from 'react';
import type { Hypothesis } from '../../../main/core/sides.ts';
import type { Contribution } from '../../../main/core/verdict/model.ts';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SideTag } from '../../components/side-tag.tsx';
import { percent, sinceOnset } from '../../lib/format.ts';
import { navigate } from '../../lib/navigation.ts';
import { SIDE_WORDS } from '../../lib/words.ts';
import { barOf, fullScale } from './bars.ts';
import styles from './contributions.module.css';

/** What each answer adds, largest first: to the left for the provider, to the right for us. */
export function Contributions({ view }: { readonly view: IncidentView }): ReactNode {
  const { contributions, prior, priorReason } = view.judgement;
  const most = fullScale(contributions);
  const sides: readonly Hypothesis[] = ['provider', 'customer', 'shared', 'third_party'];
  return (
    <section aria-labelledby="contributions">
      <h2 id="contributions" className={styles['heading']}>
        What each answer adds
      </h2>
      <p className={styles['muted']}>
        Natural-log odds: 1 makes a side 2.7 times likelier than the others, 2.3 ten times. Before any check:{' '}
        {sides.map((side) => `${SIDE_WORDS[side].toLowerCase()} ${percent(prior[side])}`).join(', ')}.{' '}
        {priorReason}
      </p>
      {contributions.length === 0 && (
        <EmptyState title="No answer has been weighed yet">Answer the first check in triage.</EmptyState>
      )}
      <ol className={styles['list']}>
        {contributions.map((one) => (
          <Row key={one.check} view={view} one={one} most={most} />
        ))}
      </ol>
    </section>
  );
}

function Row({
  view,
  one,
  most,
}: {
  readonly view: IncidentView;
  readonly one: Contribution;
  readonly most: number;
}): ReactNode {
  const bar = barOf(one.towards, one.size, most);
  const silent = one.size < 0.05;
  return (
    <li className={styles['row']}>
      <div className={styles['words']}>
        <div className={styles['question']}>
          {one.question} <strong>{one.answerLabels.join(', ')}</strong>
        </div>
        <p className={styles['reason']}>{one.reason}</p>
        <p className={styles['source']}>
          {[
            one.source !== '' && `Source: ${one.source}`,
            sinceOnset(one.minute),
            evidenceWords(view, one.evidence),
          ]
            .filter((part) => part !== false && part !== '')
            .join(' · ')}
        </p>
      </div>
      <div className={styles['picture']}>
        <svg viewBox="0 0 100 16" preserveAspectRatio="none" className={styles['bars']} aria-hidden="true">
          <rect
            x={bar.from * 100}
            y="2"
            width={Math.max(0.4, (bar.to - bar.from) * 100)}
            height="12"
            className={styles[one.towards]}
          />
          <rect x="49.6" y="0" width="0.8" height="16" className={styles['theLine']} />
        </svg>
        <div className={styles['size']}>
          {silent ? (
            <span className={styles['muted']}>speaks for no side</span>
          ) : (
            <>
              <strong>+{one.size.toFixed(1)}</strong> <SideTag side={one.towards} />
            </>
          )}
          {one.capped && <span className={styles['muted']}>capped</span>}
          <Button
            variant="quiet"
            aria-label={`Look again: ${one.question}`}
            onPress={() => {
              navigate({ view: 'incident', id: view.state.id, tab: 'triage', query: { check: one.check } });
            }}
          >
            Look again
          </Button>
        </div>
      </div>
    </li>
  );
}

/** The evidence attached to an answer, by name; that there is none is said too. */
function evidenceWords({ state }: IncidentView, ids: readonly string[]): string {
  if (ids.length === 0) return 'no evidence attached';
  const names = ids.map((id) => state.evidence.find(({ evidenceId }) => evidenceId === id)?.name ?? id);
  return `Evidence: ${names.join(', ')}`;
}
