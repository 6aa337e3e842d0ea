import type { ReactNode } from 'react';
import type { Check, Step } from '../../../main/core/playbook/definition.ts';
import type { Provider } from '../../../main/core/sides.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { request } from '../../lib/api.ts';
import { PROVIDER_WORDS } from '../../lib/words.ts';
import { SidePanel } from './side-panel.tsx';
import styles from './side-panel.module.css';

/** How to find out, step by step: what holds everywhere first, then this provider's own commands and pages. */
export function HowToPanel({
  check,
  provider,
}: {
  readonly check: Check;
  readonly provider: Provider;
}): ReactNode {
  const everywhere = check.howTo.all ?? [];
  const here = check.howTo[provider] ?? [];
  return (
    <SidePanel title="How to find out" about={check.side}>
      {everywhere.length + here.length === 0 && (
        <p className={styles['muted']}>This playbook gives no steps for this check.</p>
      )}
      <Steps steps={everywhere} />
      {here.length > 0 && (
        <>
          <h3 className={styles['heading']}>{PROVIDER_WORDS[provider]}</h3>
          <Steps steps={here} />
        </>
      )}
      {(check.control !== undefined || check.owner !== undefined) && (
        <p className={styles['muted']}>
          {check.control !== undefined && `Control: ${check.control}. `}
          {check.owner !== undefined && `Who can answer: ${check.owner}.`}
        </p>
      )}
    </SidePanel>
  );
}

function Steps({ steps }: { readonly steps: readonly Step[] }): ReactNode {
  if (steps.length === 0) return null;
  return (
    <ol className={styles['steps']}>
      {steps.map((step) => (
        <li key={step.text}>
          {step.text}
          {step.command !== undefined && (
            <div className={styles['command']}>
              <pre>{step.command}</pre>
              <CopyButton text={step.command} what={`the command of “${step.text}”`} />
            </div>
          )}
          {step.url !== undefined && <Address url={step.url} />}
        </li>
      ))}
    </ol>
  );
}

function Address({ url }: { readonly url: string }): ReactNode {
  return (
    <div className={styles['command']}>
      <pre>{url}</pre>
      <Button
        variant="quiet"
        aria-label={`Open ${url} in the browser`}
        onPress={() => void request('openExternal', { url })}
      >
        Open
      </Button>
      <CopyButton text={url} what="the address" />
    </div>
  );
}
