import type { Value } from '../../db/api.ts';
import type {
  PlaybookDetail,
  PlaybookExamination,
  PlaybookRow,
  PlaybookVersionView,
} from '../../preload/contract/views.ts';
import { changesBetween } from '../core/playbook/changes.ts';
import { examineDeepening, extendedBy } from '../core/playbook/deepening.ts';
import { documentFaults } from '../core/playbook/lint-document.ts';
import { examinePlaybook } from '../core/playbook/parse.ts';
import { nextVersion } from '../core/playbook/version.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { ServiceContext } from './context.ts';
import { documentOf } from './playbook-shelf.ts';
import { extensionOf, freeId, ownCopyOf } from './playbook-starts.ts';
import type { ShelfEntry } from './shipped-playbooks.ts';

type TeamRow = Value<'listTeamPlaybooks'>[number];

/** Every playbook there is: those that come with the app, then the team's own, drafts and withdrawn ones too. */
export async function playbookShelf(context: ServiceContext): Promise<Result<readonly PlaybookRow[]>> {
  const rows = await context.db.call('listTeamPlaybooks', {});
  if (!rows.ok) return rows;
  const own: PlaybookRow[] = [];
  for (const row of rows.value) {
    const text = await textOf(context, row, null);
    if (!text.ok) return text;
    own.push(teamRow(row, text.value, examineText(context, text.value)));
  }
  return ok([...context.library.shelf.map(builtInRow), ...own]);
}

/** One playbook to read: a saved version, the newest when `number` is null, or the draft of one never saved. */
export async function playbookDetail(
  context: ServiceContext,
  { id, number }: { readonly id: string; readonly number: number | null },
): Promise<Result<PlaybookDetail>> {
  const builtIn = context.library.shelf.find(({ reference }) => reference.id === id);
  if (builtIn !== undefined) {
    const text = JSON.stringify(builtIn.document, null, 2);
    const examination = { faults: [], usable: true, playbook: builtIn.playbook };
    return ok({ row: builtInRow(builtIn), text, examination, draft: null, versions: [] });
  }
  const row = await teamRowOf(context, id);
  if (!row.ok) return row;
  const text = await textOf(context, row.value, number);
  if (!text.ok) return text;
  const examination = examineText(context, text.value);
  const { draft, versions } = row.value;
  return ok({
    row: teamRow(row.value, text.value, examination),
    text: text.value,
    examination,
    draft,
    versions,
  });
}

/** Looks the JSON text of a document through as it is being written: every fault with its place. */
export function examineText({ library }: ServiceContext, text: string): PlaybookExamination {
  const json = jsonOf(text);
  if (!json.ok)
    return {
      faults: [{ code: 'shape', path: '$', message: json.error.message }],
      usable: false,
      playbook: null,
    };
  const [general] = library.shelf;
  const { faults, usable, playbook } =
    extendedBy(json.value) === null
      ? examinePlaybook(json.value)
      : examineDeepening(json.value, general.playbook);
  return { faults: [...faults, ...documentFaults(json.value)], usable, playbook };
}

/** Begins a playbook of the team's own, as a draft, from one that is there. Gives back its id. */
export async function startPlaybook(
  context: ServiceContext,
  { from, how }: { readonly from: string; readonly how: 'copy' | 'extend' },
): Promise<Result<{ readonly id: string }>> {
  const source = await playbookDetail(context, { id: from, number: null });
  if (!source.ok) return source;
  const { examination, text } = source.value;
  if (examination.playbook === null)
    return fail('refused', `${from} is not valid, so nothing can begin with it.`);
  const id = freeId(await takenIds(context), from);
  const [general] = context.library.shelf;
  const document =
    how === 'copy'
      ? ownCopyOf(examination.playbook, id)
      : extensionOf(JSON.parse(text), examination.playbook, general.playbook, id);
  const kept = await keepDraft(context, { id, text: JSON.stringify(document, null, 2) });
  return kept.ok ? ok({ id }) : kept;
}

/** Keeps what is being written, valid or not; null throws it away. */
export async function keepDraft(
  context: ServiceContext,
  { id, text }: { readonly id: string; readonly text: string | null },
): Promise<Result<null>> {
  if (isBuiltIn(context, id))
    return fail('refused', `${id} comes with Demarc. Copy or extend it to change it.`);
  const draft = text === null ? null : { text, at: context.clock.now(), by: await context.actor() };
  const kept = await context.db.call('putTeamDraft', { id, draft });
  // While somebody types, nobody else need look again.
  if (kept.ok && text === null) context.publish.changed({ topic: 'playbooks' });
  return kept;
}

/**
 * Saves the next version, which new incidents then begin with. Refused with its first fault while it has any: it stays a draft,
 * and what was in use stays in use.
 */
export async function savePlaybook(
  context: ServiceContext,
  { id, text, after }: { readonly id: string; readonly text: string; readonly after: number },
): Promise<Result<PlaybookVersionView>> {
  const { usable, faults } = examineText(context, text);
  const [first] = faults;
  if (!usable)
    return fail('invalid_input', `Not saved: ${first?.message ?? 'it is not a playbook.'}`, first?.path);
  const json = jsonOf(text);
  if (!json.ok) return json;
  if (idOf(json.value) !== id)
    return fail('invalid_input', `Not saved: this is the playbook ${id}, and its id cannot change.`, '$.id');
  const row = await teamRowOf(context, id);
  const versions = row.ok ? row.value.versions : [];
  const [newest] = versions;
  const before = newest === undefined ? null : await savedVersion(context, newest);
  if (before !== null && !before.ok) return before;
  const changes = before === null ? ['First version.'] : changesBetween(before.value, json.value);
  if (changes.length === 0) return fail('refused', 'Nothing differs from the version that is in use.');
  const version = nextVersion(
    versions.map((one) => one.version),
    String((json.value as { readonly version?: unknown }).version), // valid, so it has one
  );
  return store(context, { id, after, version, changes, document: { ...(json.value as object), version } });
}

/** Goes back to an older version, which becomes the newest one. */
export async function restorePlaybook(
  context: ServiceContext,
  { id, number }: { readonly id: string; readonly number: number },
): Promise<Result<PlaybookVersionView>> {
  const row = await teamRowOf(context, id);
  if (!row.ok) return row;
  const { versions } = row.value;
  const wanted = versions.find((one) => one.number === number);
  if (wanted === undefined) return fail('not_found', `${id} has no version number ${number}.`);
  const document = await savedVersion(context, wanted);
  if (!document.ok) return document;
  const { usable, faults } = examineText(context, JSON.stringify(document.value));
  if (!usable) return fail('refused', `It does not fit this program any more: ${faults[0]?.message ?? ''}`);
  const version = nextVersion(
    versions.map((one) => one.version),
    '0.0.0',
  );
  return store(context, {
    id,
    after: versions[0]?.number ?? 0,
    version,
    changes: [`Back to version ${wanted.version}.`],
    document: { ...(document.value as object), version }, // a saved version is a document
  });
}

/** Takes a playbook out of use for new incidents, or back into it. */
export async function withdrawPlaybook(
  context: ServiceContext,
  { id, withdrawn }: { readonly id: string; readonly withdrawn: boolean },
): Promise<Result<null>> {
  const done = await context.db.call('setTeamWithdrawn', { id, withdrawn });
  if (done.ok) context.publish.changed({ topic: 'playbooks' });
  return done;
}

/** Takes a document from elsewhere in as a draft, under an id that is free. Valid it need not be; JSON it must. */
export async function takeInPlaybook(
  context: ServiceContext,
  text: string,
): Promise<Result<{ readonly id: string }>> {
  const json = jsonOf(text);
  if (!json.ok) return json;
  if (typeof json.value !== 'object' || json.value === null || Array.isArray(json.value))
    return fail('invalid_input', 'The file holds no playbook: it is not a JSON object.', '$');
  const wished = idOf(json.value);
  const taken = await takenIds(context);
  const id =
    wished !== '' && !taken.has(wished) ? wished : freeId(taken, wished === '' ? 'imported' : wished);
  const kept = await keepDraft(context, { id, text: JSON.stringify({ ...json.value, id }, null, 2) });
  return kept.ok ? ok({ id }) : kept;
}

async function store(
  context: ServiceContext,
  {
    id,
    after,
    version,
    changes,
    document,
  }: {
    readonly id: string;
    readonly after: number;
    readonly version: string;
    readonly changes: readonly string[];
    readonly document: object;
  },
): Promise<Result<PlaybookVersionView>> {
  const bytes = new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`);
  const at = context.clock.now();
  const actor = await context.actor();
  const saved = await context.db.call('addTeamVersion', { id, after, bytes, version, at, actor, changes });
  if (saved.ok) context.publish.changed({ topic: 'playbooks' });
  return saved;
}

async function teamRowOf({ db }: ServiceContext, id: string): Promise<Result<TeamRow>> {
  const rows = await db.call('listTeamPlaybooks', {});
  if (!rows.ok) return rows;
  const row = rows.value.find((one) => one.id === id);
  return row === undefined ? fail('not_found', `There is no playbook ${id}.`) : ok(row);
}

async function takenIds({ db, library }: ServiceContext): Promise<ReadonlySet<string>> {
  const rows = await db.call('listTeamPlaybooks', {});
  return new Set([
    ...library.shelf.map(({ reference }) => reference.id),
    ...(rows.ok ? rows.value.map(({ id }) => id) : []),
  ]);
}

/** The text of a saved version, or of the draft of a playbook that was never saved. */
async function textOf(context: ServiceContext, row: TeamRow, number: number | null): Promise<Result<string>> {
  const version = number === null ? row.versions[0] : row.versions.find((one) => one.number === number);
  if (version === undefined)
    return number === null && row.draft !== null
      ? ok(row.draft.text)
      : fail('not_found', `${row.id} has no version number ${String(number)}.`);
  const document = await savedVersion(context, version);
  return document.ok ? ok(JSON.stringify(document.value, null, 2)) : document;
}

async function savedVersion(
  { db }: ServiceContext,
  { sha256 }: TeamRow['versions'][number],
): Promise<Result<unknown>> {
  const blob = await db.call('getBlob', { sha256 });
  return blob.ok ? ok(documentOf(blob.value.bytes)) : blob;
}

function isBuiltIn({ library }: ServiceContext, id: string): boolean {
  return library.shelf.some(({ reference }) => reference.id === id);
}

function builtInRow({ playbook, document }: ShelfEntry): PlaybookRow {
  const { id, title, description, version, appliesTo, checks, sources } = playbook;
  return {
    id,
    title,
    description,
    version,
    origin: 'built_in',
    extends: extendedBy(document),
    state: 'in_use',
    providers: appliesTo.providers,
    services: appliesTo.services,
    checks: checks.length,
    sources: sources.length,
    draft: null,
    versions: 0,
  };
}

function teamRow(row: TeamRow, text: string, { playbook, usable }: PlaybookExamination): PlaybookRow {
  const json = jsonOf(text);
  const of = (key: string): string => {
    const value = json.ok ? (json.value as Record<string, unknown> | null)?.[key] : undefined;
    return typeof value === 'string' ? value : '';
  };
  const [newest] = row.versions;
  return {
    id: row.id,
    title: of('title') === '' ? row.id : of('title'),
    description: of('description'),
    version: newest?.version ?? of('version'),
    origin: 'own',
    extends: json.ok ? extendedBy(json.value) : null,
    state:
      newest === undefined ? 'never_saved' : row.withdrawn ? 'withdrawn' : usable ? 'in_use' : 'unusable',
    providers: playbook?.appliesTo.providers ?? [],
    services: playbook?.appliesTo.services ?? [],
    checks: playbook?.checks.length ?? 0,
    sources: playbook?.sources.length ?? 0,
    draft: row.draft === null ? null : { at: row.draft.at, by: row.draft.by },
    versions: row.versions.length,
  };
}

function jsonOf(text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text));
  } catch (cause) {
    return fail(
      'invalid_input',
      `This is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}

function idOf(json: unknown): string {
  if (typeof json !== 'object' || json === null || !('id' in json)) return '';
  return typeof json.id === 'string' ? json.id : '';
}
