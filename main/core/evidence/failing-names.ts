import type { Instant } from '../time.ts';
import { errorRuleOf, type ErrorTable } from './error-table.ts';
import type { LogRecord } from './model.ts';

/** More names than this no longer tell what fails from what does not. */
const MOST = 200;

/**
 * The things that fail, as the errors name them: resources of calls that fail since onset and did not fail alike before, and
 * who is newly denied. Answers to inventory tools count for nothing.
 */
export function failingNames(
  records: readonly LogRecord[],
  context: { readonly onset: Instant },
  table: ErrorTable,
): readonly string[] {
  const real = records.filter((record) => {
    if (record.errorCode === null) return false;
    const rule = errorRuleOf(record.errorCode, record.source, table);
    return rule === undefined || table.data.families[rule.family]?.background !== true;
  });
  const key = (record: LogRecord): string =>
    `${record.principal} ${record.source} ${record.name} ${record.errorCode ?? ''}`;
  const before = new Set(real.filter((record) => record.at < context.onset).map(key));
  const names = new Set<string>();
  for (const record of real) {
    if (record.at < context.onset || before.has(key(record))) continue;
    const denied = errorRuleOf(record.errorCode ?? '', record.source, table)?.family === 'denied';
    for (const name of denied ? [...record.resources, record.principal] : record.resources) {
      if (name !== '' && names.size < MOST) names.add(name);
    }
  }
  return [...names];
}
