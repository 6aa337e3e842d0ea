import type { RankedFinding } from '../core/evidence/rank-findings.ts';
import { utcText } from '../core/report/words.ts';
import { fail } from '../core/result.ts';
import type { Instant } from '../core/time.ts';
import { customerSide } from '../services/customer-side.ts';
import { answer, type CommandResult } from './outcome.ts';
import { withServices, type GlobalOptions } from './session.ts';

/** `evidence findings`: how things stood, dated near onset first. */
export function findings(
  globals: GlobalOptions,
  id: string,
  onset: Instant | undefined,
): Promise<CommandResult> {
  return withServices(globals, async ({ context, book }) => {
    const side = await customerSide(context, book, id, onset);
    if (!side.ok) return side;
    const { failing, passing, unknown, datedNear, scanned, patterns, ranked } = side.value.findings;
    if (failing + passing + unknown === 0)
      return fail('not_found', 'No findings of states have been imported into this incident.');
    const looked = scanned === null ? 'at a time the sources do not say' : `until ${utcText(scanned.to)}`;
    return answer(side.value.findings, [
      `${failing} failing, ${passing} passing, ${unknown} not checked; looked at ${looked}. ${datedNear} dated near onset.`,
      ...patterns.map(({ name, count, owner }) => `  ${count} ${name} (${owner})`),
      ...ranked.flatMap(findingLines),
    ]);
  });
}

function findingLines({ finding, reasons }: RankedFinding, index: number): string[] {
  const { title, severity, status, resource, region, product, control, detail } = finding;
  const place = [resource, region].filter((part) => part !== '').join(', ');
  return [
    `${index + 1}. ${title}  [${severity}, ${status}]${place === '' ? '' : `  ${place}`}`,
    `   ${[`${product} ${control}`.trim(), ...reasons].join('; ')}`,
    ...(detail === '' ? [] : [`   ${detail}`]),
  ];
}
