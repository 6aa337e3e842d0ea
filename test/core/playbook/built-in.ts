import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { deepen } from '../../../main/core/playbook/deepening.ts';
import type { Playbook } from '../../../main/core/playbook/definition.ts';
import { generalPlaybook } from './general-playbook.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../resources/playbooks');

/** The built-in playbooks that deepen the general one; throws with its faults when one is not valid. */
export function deepenedPlaybooks(): readonly Playbook[] {
  const base = generalPlaybook();
  return readdirSync(FOLDER)
    .filter((name) => name !== 'general.json')
    .sort()
    .map((name) => {
      const read = deepen(JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')), base);
      if (!read.ok)
        throw new Error(
          read.error.faults.map(({ path: at, message }) => `${name} ${at}: ${message}`).join('\n'),
        );
      return read.value;
    });
}
