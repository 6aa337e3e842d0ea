import type { ReactNode } from 'react';
import { keysOf, PROVIDER_WORDS, SIDE_WORDS } from '../../../lib/words.ts';
import { ConditionsAt } from './conditions.tsx';
import { useEditor } from './editor-store.ts';
import { ListAt, NumberAt, Row, SelectAt, TextAt, TokensAt } from './fields.tsx';
import { getAt, textAt } from './json-edit.ts';
import { useKnownChecks } from './known.ts';

const SIDES = ['provider', 'customer', 'shared', 'third_party'] as const;
const VERDICTS = SIDES.map((id) => ({ id, label: SIDE_WORDS[id] }));
const SPREAD_SIDES = [
  { id: 'provider', label: 'The provider let it spread' },
  { id: 'customer', label: 'We let it spread' },
  { id: 'none', label: 'Nobody let it spread' },
] as const;

/** When a verdict may be declared: thresholds, what must be asked before, what points at a design, and the priors. */
export function RulesForm(): ReactNode {
  const document = useEditor((store) => store.document);
  const known = useKnownChecks();
  const checks = known.map(({ id, label }) => ({ id, label }));
  const labelOf = (id: string): string => checks.find((check) => check.id === id)?.label ?? id;
  const whole = getAt(document, ['extends']) === undefined;
  return (
    <>
      {whole && (
        <>
          <Row>
            <NumberAt path={['thresholds', 'declare']} label="Declare from" hint="0.25 to 1" />
            <NumberAt path={['thresholds', 'margin']} label="Lead needed" />
            <NumberAt path={['thresholds', 'evidence']} label="Findings needed" hint="log-odds" />
            <NumberAt path={['thresholds', 'retryAfterMinutes']} label="Try again after" hint="minutes" />
          </Row>
          <TextAt path={['thresholds', 'reason']} label="Reason for these numbers" lines={2} />
          <TokensAt
            path={['keyChecks', 'provider']}
            label="The provider's side is looked at by"
            suggestions={known.map(({ id }) => id)}
          />
          <TokensAt
            path={['keyChecks', 'customer']}
            label="Our side is looked at by"
            suggestions={known.map(({ id }) => id)}
          />
        </>
      )}
      <ListAt
        path={['beforeDeclaring']}
        label="To be put before a verdict is declared"
        addLabel="Add a requirement"
        blank={() => ({ verdict: 'provider', check: checks[0]?.id ?? '', reason: '' })}
        nameOf={(at) => labelOf(textAt(document, ['beforeDeclaring', at, 'check']))}
        item={(path) => (
          <>
            <Row>
              <SelectAt path={[...path, 'verdict']} label="Before" items={VERDICTS} />
              <SelectAt path={[...path, 'check']} label="Put this check" items={checks} />
            </Row>
            <ConditionsAt path={[...path, 'given']} label="Needed only if" />
            <ConditionsAt path={[...path, 'unless']} label="Not needed if (when there are conditions)" />
            <TextAt path={[...path, 'reason']} label="Reason" />
          </>
        )}
      />
      {whole && <SpreadList checks={checks} labelOf={labelOf} />}
      {whole && <PriorList />}
    </>
  );
}

function SpreadList({
  checks,
  labelOf,
}: {
  readonly checks: readonly { readonly id: string; readonly label: string }[];
  readonly labelOf: (id: string) => string;
}): ReactNode {
  const document = useEditor((store) => store.document);
  const known = useKnownChecks();
  return (
    <ListAt
      path={['spread']}
      label="What says whose design let it spread"
      addLabel="Add a sign"
      blank={() => ({ check: checks[0]?.id ?? '', answer: '', side: 'customer', reason: '' })}
      nameOf={(at) => labelOf(textAt(document, ['spread', at, 'check']))}
      item={(path) => (
        <>
          <Row>
            <SelectAt path={[...path, 'check']} label="Check" items={checks} />
            <SelectAt
              path={[...path, 'answer']}
              label="Answer"
              items={known.find(({ id }) => id === textAt(document, [...path, 'check']))?.answers ?? []}
            />
            <SelectAt path={[...path, 'side']} label="It says" items={SPREAD_SIDES} />
          </Row>
          <ConditionsAt path={[...path, 'given']} label="Only if" />
          <TextAt path={[...path, 'reason']} label="Reason" />
        </>
      )}
    />
  );
}

function PriorList(): ReactNode {
  const document = useEditor((store) => store.document);
  const known = useKnownChecks();
  const scope = known.find(({ id }) => id === textAt(document, ['scopeCheck']));
  return (
    <>
      <SelectAt
        path={['scopeCheck']}
        label="The check that says how wide it is"
        items={known.map(({ id, label }) => ({ id, label }))}
        none="none"
      />
      <ListAt
        path={['priors']}
        label="Probabilities before any check; the most specific entry counts"
        addLabel="Add a prior"
        blank={() => ({
          probabilities: { provider: 0.25, customer: 0.25, shared: 0.25, third_party: 0.25 },
          reason: '',
          source: '',
        })}
        nameOf={(at) => `Prior ${at + 1}`}
        item={(path) => (
          <>
            <Row>
              <SelectAt
                path={[...path, 'provider']}
                label="Provider"
                none="any"
                items={keysOf(PROVIDER_WORDS).map((id) => ({ id, label: PROVIDER_WORDS[id] }))}
              />
              <SelectAt
                path={[...path, 'failureScope']}
                label="How wide it is"
                none="any"
                items={scope?.answers ?? []}
              />
            </Row>
            <div data-path={`$.priors[${String(path[1])}].probabilities`}>
              <Row>
                {SIDES.map((side) => (
                  <NumberAt key={side} path={[...path, 'probabilities', side]} label={SIDE_WORDS[side]} />
                ))}
              </Row>
            </div>
            <TextAt path={[...path, 'reason']} label="Reason" lines={2} />
            <TextAt path={[...path, 'source']} label="Source" />
          </>
        )}
      />
    </>
  );
}
