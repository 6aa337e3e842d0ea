import type { ReactNode } from 'react';
import type { RankedFinding } from '../../../main/core/evidence/rank-findings.ts';
import type { StateFinding } from '../../../main/core/evidence/state-finding.ts';
import { cx } from '../../lib/cx.ts';
import { AttachMark } from './attach-mark.tsx';
import type { findingAttached } from './finding-groups.ts';
import styles from './findings.module.css';

const SHAPES: Readonly<Record<StateFinding['severity'], string>> = {
  critical: '■',
  high: '▲',
  medium: '◆',
  low: '▽',
  info: '○',
  unknown: '?',
};

/** One finding: how bad, what and where, why it stands here. */
export function FindingRow({
  one: { finding, reasons, dated },
  attached,
  isOpen,
}: {
  readonly one: RankedFinding;
  readonly attached: ReturnType<typeof findingAttached>;
  readonly isOpen: boolean;
}): ReactNode {
  const { title, detail, resource, region, account, product, control, severity } = finding;
  return (
    <>
      <span className={cx(styles['severity'], styles[severity])}>
        <span aria-hidden="true">{SHAPES[severity]}</span> {severity === 'unknown' ? 'not said' : severity}
      </span>
      <div className={styles['what']}>
        <div className={styles['title']}>{title}</div>
        <div className={styles['small']}>
          {[resource, region, account, `${product} ${control}`.trim()]
            .filter((part) => part !== '')
            .join(' · ')}
        </div>
        {!title.startsWith(detail.replace(/\.$/, '')) && (
          <div className={cx(styles['small'], styles['detail'])} title={detail}>
            {detail}
          </div>
        )}
        <div className={cx(styles['small'], dated === 'near' && styles['near'])}>{reasons.join(' · ')}</div>
      </div>
      <AttachMark attached={attached} isOpen={isOpen} />
    </>
  );
}
