import type { ReactNode } from 'react';
import type { Playbook } from '../../../main/core/playbook/definition.ts';
import { gateWords } from '../../../main/core/playbook/condition-words.ts';
import type { PlaybookDetail } from '../../../preload/contract/views.ts';
import { Callout } from '../../components/callout.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { SideTag } from '../../components/side-tag.tsx';
import { Table } from '../../components/table.tsx';
import { duration, percent } from '../../lib/format.ts';
import { keysOf, PROVIDER_WORDS, ROLE_WORDS, SIDE_WORDS } from '../../lib/words.ts';
import styles from './about.module.css';

const SIDES = ['provider', 'customer', 'shared', 'third_party'] as const;

/** What a playbook says of itself: what it is for, when it declares, whom it calls, and where its numbers come from. */
export function About({ detail: { row, examination } }: { readonly detail: PlaybookDetail }): ReactNode {
  const { playbook, faults } = examination;
  if (playbook === null) return <Callout kind="notice">{faults[0]?.message}</Callout>;
  const { services, providers } = playbook.appliesTo;
  const { declare, margin, evidence, reason } = playbook.thresholds;
  return (
    <div className={styles['about']}>
      <p className={styles['text']}>{playbook.description}</p>
      <p className={styles['text']}>
        {providers.length === 0
          ? 'For any provider'
          : `For ${providers.map((one) => PROVIDER_WORDS[one]).join(', ')}`}
        {services.length === 0 ? ' and any service.' : `: ${services.join(', ')}.`}
        {row.extends !== null && ` It extends “${row.extends}” and keeps its vocabulary and weights.`}
      </p>
      <section>
        <h2>When it declares a verdict</h2>
        <p className={styles['text']}>
          At {percent(declare)} or more, {Math.round(margin * 100)} points before the next, with findings that
          speak for it by {evidence.toFixed(1)}, and with both sides looked at. {reason}
        </p>
        <ul>
          {playbook.beforeDeclaring.map((rule, at) => (
            <li key={at}>
              Before <SideTag side={rule.verdict} />
              {rule.given !== undefined && ` if ${gateWords(playbook, rule.given)}`}: put “
              {playbook.checks.find(({ id }) => id === rule.check)?.title ?? rule.check}”
              {rule.unless !== undefined && `, unless ${gateWords(playbook, rule.unless)}`}.{' '}
              <span className={styles['muted']}>{rule.reason}</span>
            </li>
          ))}
        </ul>
      </section>
      <Priors playbook={playbook} />
      <section>
        <h2>Whom it calls</h2>
        {keysOf(SIDE_WORDS).map((verdict) => (
          <div key={verdict}>
            <h3>
              <SideTag side={verdict} />
            </h3>
            <ol>
              {(playbook.escalation[verdict]?.levels ?? []).map((level) => (
                <li key={level.id}>
                  {level.title} ({ROLE_WORDS[level.who]}, within {duration(level.deadlineMinutes)}){' '}
                  <span className={styles['muted']}>{level.instruction}</span>
                </li>
              ))}
            </ol>
          </div>
        ))}
      </section>
      <section>
        <h2>Sources</h2>
        <ul>
          {playbook.sources.map(({ title, url }) => (
            <li key={title}>
              {title}{' '}
              {url !== undefined && (
                <>
                  <code className={styles['muted']}>{url}</code> <CopyButton text={url} what="the address" />
                </>
              )}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function Priors({ playbook }: { readonly playbook: Playbook }): ReactNode {
  const scope = playbook.checks.find(({ id }) => id === playbook.scopeCheck);
  return (
    <section>
      <h2>Before any check</h2>
      <Table
        columns={[
          'Provider',
          scope?.title ?? 'How wide it is',
          ...SIDES.map((side) => SIDE_WORDS[side]),
          'Why',
        ]}
        dense
      >
        <tbody>
          {playbook.priors.map((prior, at) => (
            <tr key={at}>
              <td>{prior.provider === undefined ? 'any' : PROVIDER_WORDS[prior.provider]}</td>
              <td>
                {prior.failureScope === undefined
                  ? 'any'
                  : (scope?.answers.find(({ id }) => id === prior.failureScope)?.label ?? prior.failureScope)}
              </td>
              {SIDES.map((side) => (
                <td key={side}>{percent(prior.probabilities[side])}</td>
              ))}
              <td className={styles['muted']}>
                {prior.reason} ({prior.source})
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
