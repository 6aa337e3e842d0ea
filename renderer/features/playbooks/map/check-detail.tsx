import type { ReactNode } from 'react';
import { gateWords } from '../../../../main/core/playbook/condition-words.ts';
import type { Check, Playbook, Step } from '../../../../main/core/playbook/definition.ts';
import { meaningsOf, type AnswerMeaning } from '../../../../main/core/playbook/meaning.ts';
import { Button } from '../../../components/button.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { Kbd } from '../../../components/kbd.tsx';
import { SideTag } from '../../../components/side-tag.tsx';
import { duration } from '../../../lib/format.ts';
import { keysOf, PROVIDER_WORDS } from '../../../lib/words.ts';
import styles from './check-detail.module.css';
import { SIDE_LABELS } from './map-words.ts';

export interface CheckDetailProps {
  readonly playbook: Playbook;
  readonly check: Check;
  /** What can be done with the check from here: ask it, edit it. */
  readonly action?: ReactNode;
  readonly onClose: () => void;
}

/** Everything a playbook says of one check: why it is asked, what each answer means, how to find out. */
export function CheckDetail({ playbook, check, action, onClose }: CheckDetailProps): ReactNode {
  const opens = playbook.checks.filter(({ gate }) => gate.some((one) => one.check === check.id));
  const group = playbook.groups.find(({ id }) => id === check.group);
  return (
    <aside className={styles['detail']} aria-label={check.title}>
      <div className={styles['head']}>
        <h2 className={styles['title']}>{check.title}</h2>
        <Button variant="quiet" onPress={onClose}>
          Close
        </Button>
      </div>
      <p className={styles['question']}>{check.question}</p>
      <p className={styles['muted']}>{check.why}</p>
      <p className={styles['muted']}>
        {[
          SIDE_LABELS[check.side],
          duration(check.costMinutes),
          check.about === 'spread' ? 'about the spread, not the trigger' : '',
          check.control === undefined ? '' : `control: ${check.control}`,
          check.owner === undefined ? '' : `who can answer: ${check.owner}`,
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
      {check.gate.length > 0 && <p>Asked only if {gateWords(playbook, check.gate)}.</p>}
      {opens.length > 0 && <p>Opens: {opens.map(({ title }) => title).join(', ')}.</p>}
      {action}
      <h3 className={styles['heading']}>What each answer says</h3>
      <ul className={styles['answers']}>
        {meaningsOf(check).map((meaning) => (
          <Meaning key={meaning.answer} playbook={playbook} check={check} meaning={meaning} />
        ))}
      </ul>
      {group !== undefined && (
        <p className={styles['muted']}>
          Group “{group.title}”: at most {group.cap.toFixed(1)} together. {group.reason}
        </p>
      )}
      {check.evidenceWanted !== undefined && (
        <p className={styles['muted']}>Evidence wanted: {check.evidenceWanted}</p>
      )}
      <HowTo check={check} />
    </aside>
  );
}

function Meaning({
  playbook,
  check,
  meaning: { answer, label, key, sayings },
}: {
  readonly playbook: Playbook;
  readonly check: Check;
  readonly meaning: AnswerMeaning;
}): ReactNode {
  const wayOut = answer === 'could_not_check';
  const byScope = check.id === playbook.scopeCheck && !wayOut;
  return (
    <li>
      <Kbd keys={key} /> <strong>{label}</strong>
      {sayings.length === 0 && (
        <span className={styles['muted']}>
          {wayOut ? ' a hole: weighs nothing' : byScope ? ' moves the prior' : ' weighs nothing'}
        </span>
      )}
      {sayings.map((saying, at) => (
        <div key={at} className={styles['saying']}>
          {saying.towards === null ? (
            'for no side'
          ) : (
            <>
              +{saying.size.toFixed(1)} <SideTag side={saying.towards} />
            </>
          )}
          {saying.given.length > 0 && ` if ${gateWords(playbook, saying.given)}`}
          <div className={styles['muted']}>
            {saying.reason} <span className={styles['source']}>({saying.source})</span>
          </div>
        </div>
      ))}
    </li>
  );
}

function HowTo({ check }: { readonly check: Check }): ReactNode {
  const parts = [
    { where: 'Anywhere', steps: check.howTo.all ?? [] },
    ...keysOf(PROVIDER_WORDS).map((provider) => ({
      where: PROVIDER_WORDS[provider],
      steps: check.howTo[provider] ?? [],
    })),
  ].filter(({ steps }) => steps.length > 0);
  if (parts.length === 0) return <p className={styles['muted']}>It gives no steps for finding out.</p>;
  return (
    <>
      <h3 className={styles['heading']}>How to find out</h3>
      {parts.map(({ where, steps }) => (
        <div key={where}>
          <h4 className={styles['where']}>{where}</h4>
          <Steps steps={steps} />
        </div>
      ))}
    </>
  );
}

function Steps({ steps }: { readonly steps: readonly Step[] }): ReactNode {
  return (
    <ol className={styles['steps']}>
      {steps.map((step, at) => (
        <li key={at}>
          {step.text}
          {step.command !== undefined && (
            <div className={styles['command']}>
              <pre>{step.command}</pre>
              <CopyButton text={step.command} what={`the command of “${step.text}”`} />
            </div>
          )}
          {step.url !== undefined && <div className={styles['url']}>{step.url}</div>}
        </li>
      ))}
    </ol>
  );
}
