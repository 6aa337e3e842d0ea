import type { ProviderEvent } from '../../core/feeds/model.ts';

const MAPPED: readonly ProviderEvent['severity']['mapped'][] = [
  'information',
  'information',
  'degraded',
  'outage',
];

/** AWS's code for how bad an event is at its worst: 0 normal, 1 informational, 2 degradation, 3 disruption. */
export function severityOfCode(code: number | null): ProviderEvent['severity'] {
  if (code === null) return { native: '', mapped: 'unknown' };
  return { native: String(code), mapped: MAPPED[code] ?? 'unknown' };
}
