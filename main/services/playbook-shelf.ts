import type { Playbook } from '../core/playbook/definition.ts';
import { proposeSwitch, type Candidate, type FirstSymptoms } from '../core/playbook/propose.ts';
import { standingObservations, type IncidentState } from '../core/incident/state.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { PlaybookProposal, PlaybookSummary } from '../../preload/contract/views.ts';
import type { ServiceContext } from './context.ts';
import { editionOf } from './playbooks.ts';
import { shelve, type Shelf, type ShelfEntry } from './shipped-playbooks.ts';

/**
 * What an incident can follow now: the built-in playbooks, then the newest saved version of each of the team's own. Withdrawn
 * ones, and those that do not fit this program any more, are left out.
 */
export async function usablePlaybooks({ db, library }: ServiceContext): Promise<Result<Shelf>> {
  const [general] = library.shelf;
  const rows = await db.call('listTeamPlaybooks', {});
  if (!rows.ok) return rows;
  const own: ShelfEntry[] = [];
  for (const { versions, withdrawn } of rows.value) {
    const [newest] = versions;
    if (newest === undefined || withdrawn) continue;
    const blob = await db.call('getBlob', { sha256: newest.sha256 });
    if (!blob.ok) continue;
    const document = documentOf(blob.value.bytes);
    const playbook = shelve(document, general.playbook);
    if (playbook.ok) own.push({ ...editionOf(playbook.value), origin: 'own', document });
  }
  return ok([...library.shelf, ...own]);
}

/** The document in the bytes of a saved version. Only the JSON of a document is ever saved. */
export function documentOf(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** The playbook on the shelf with that SHA-256 or, for people, that id. */
export async function playbookEdition(context: ServiceContext, name: string): Promise<Result<ShelfEntry>> {
  const shelf = await usablePlaybooks(context);
  if (!shelf.ok) return shelf;
  const entry =
    shelf.value.find(({ reference }) => reference.sha256 === name) ??
    shelf.value.find(({ reference }) => reference.id === name);
  return entry === undefined ? fail('not_found', `There is no playbook "${name}" any more.`) : ok(entry);
}

/** The playbooks to choose from, as a list shows them and as one is proposed from them. */
export async function listPlaybooks(context: ServiceContext): Promise<Result<readonly PlaybookSummary[]>> {
  const shelf = await usablePlaybooks(context);
  if (!shelf.ok) return shelf;
  return ok(
    shelf.value.map(({ playbook, reference, origin }) => {
      const { title, description, appliesTo, symptoms, checks } = playbook;
      return { ...reference, title, description, origin, checks: checks.length, appliesTo, symptoms };
    }),
  );
}

/** The playbook that the answers of an incident point to, when it is another than those it has followed. */
export async function proposalFor(
  context: ServiceContext,
  state: IncidentState,
  inUse: Playbook,
): Promise<PlaybookProposal | null> {
  const shelf = await usablePlaybooks(context);
  if (!shelf.ok) return null;
  const usedBefore = new Set([...state.earlierPlaybooks, state.playbook].map(({ id }) => id));
  const others = shelf.value.filter(({ reference }) => reference.id !== state.playbook.id);
  const candidates: Candidate[] = [inUse, ...others.map(({ playbook }) => playbook)];
  const proposal = proposeSwitch(symptomsOf(state), candidates, usedBefore);
  const entry = others.find(({ reference }) => reference.id === proposal?.id);
  if (proposal === null || entry === undefined) return null;
  const { sha256 } = entry.reference;
  return {
    sha256,
    title: entry.playbook.title,
    because: proposal.answers.map((one) => wordsFor(inUse, one)),
  };
}

function symptomsOf(state: IncidentState): FirstSymptoms {
  const { title, services, provider, severity } = state.scope;
  return { answers: standingObservations(state), text: [title, ...services].join(' '), provider, severity };
}

function wordsFor({ checks }: Playbook, at: { readonly check: string; readonly answer: string }): string {
  const check = checks.find(({ id }) => id === at.check);
  const label = check?.answers.find(({ id }) => id === at.answer)?.label ?? at.answer;
  return `${check?.title ?? at.check}: ${label}`;
}
