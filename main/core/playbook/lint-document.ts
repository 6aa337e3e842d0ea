import { COULD_NOT_CHECK } from './definition.ts';
import { jsonPath, type Fault } from './fault.ts';

/**
 * What only the document itself shows, since reading it mends it: checks whose answers do not spell out the way out. It is
 * added where it is missing, so such a playbook can be used; whoever wrote it should know. From parsed JSON of any shape.
 */
export function documentFaults(json: unknown): Fault[] {
  const checks = fieldOf(json, 'checks');
  if (!Array.isArray(checks)) return [];
  return checks.flatMap((check: unknown, at) => {
    const answers = fieldOf(check, 'answers');
    if (!Array.isArray(answers) || answers.some((one) => fieldOf(one, 'id') === COULD_NOT_CHECK)) return [];
    return [
      {
        code: 'missing_way_out',
        path: jsonPath('checks', at, 'answers'),
        message: `No answer is ${COULD_NOT_CHECK}. Without it somebody has to guess; it is added when the playbook is used.`,
      } satisfies Fault,
    ];
  });
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name] // hasOwn has just shown it
    : undefined;
}
