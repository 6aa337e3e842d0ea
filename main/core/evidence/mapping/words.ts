import type { Guess } from './guess.ts';
import type { Role } from './model.ts';
import { ROLES } from './row.ts';

/** What each role is called where people choose it. */
const ROLE_WORDS: Readonly<Record<Role, string>> = {
  name: 'What happened',
  principal: 'Who',
  resource: 'On what',
  error: 'Error or outcome',
  message: 'Message',
  region: 'Region',
  account: 'Account',
  source: 'Service',
  address: 'Address',
};

/** A name for files like this one: without its folder, endings, and what changes from file to file. */
export function nameOfFile(path: string): string {
  const file = path.split(/[\\/]/).at(-1) ?? path;
  const name = file
    .replace(/(\.(gz|log|txt|csv|tsv|json|jsonl|ndjson))+$/i, '')
    .replace(/[-_. ]?\d{4}[-_.]?\d{2}[-_.]?\d{2}([T_-]?\d{2,6}Z?)?/g, '')
    .replace(/[-_. ]+$/, '')
    .trim();
  return (name === '' ? file : name).slice(0, 120);
}

/** One sentence on a file that a person has yet to map. */
export function guessWords({ mapping, needsZone }: Guess): string {
  const roles = ROLES.flatMap((role) => {
    const field = mapping.fields[role];
    return field === undefined ? [] : [`${ROLE_WORDS[role].toLowerCase()} in ${field}`];
  });
  const zone = needsZone ? ', whose zone is not said' : '';
  return `No source that is known here wrote this, but its rows have a time. Say once which field is what, and such files are read. Guessed: time in ${mapping.time.field}${zone}${roles.map((role) => `, ${role}`).join('')}.`;
}
