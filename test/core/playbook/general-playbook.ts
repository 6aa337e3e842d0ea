import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Playbook } from '../../../main/core/playbook/definition.ts';
import { parsePlaybook } from '../../../main/core/playbook/parse.ts';

const FILE = path.resolve(import.meta.dirname, '../../../resources/playbooks/general.json');

/** The built-in general playbook, parsed; throws with its faults when it is not valid. */
export function generalPlaybook(): Playbook {
  const parsed = parsePlaybook(JSON.parse(readFileSync(FILE, 'utf8')));
  if (!parsed.ok)
    throw new Error(parsed.error.faults.map(({ path: at, message }) => `${at}: ${message}`).join('\n'));
  return parsed.value;
}
