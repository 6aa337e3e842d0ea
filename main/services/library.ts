import path from 'node:path';
import type { Feed } from '../../db/api.ts';
import { buildCatalog, type FeedCatalog } from '../core/feeds/catalog.ts';
import { FeedList, type FeedDefinition } from '../core/feeds/providers.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { readDocument } from './documents.ts';
import { loadEvidenceTables, type EvidenceTables } from './evidence-tables.ts';
import { readShelf, type Shelf } from './shipped-playbooks.ts';
import { readScenarios, type ScenarioEntry, type ScenarioFolder } from './scenario-store.ts';

/** The documents the app works by: playbooks, catalogs, tables, scenarios. Read once at start. */
export interface Library {
  /** The playbooks that come with the app, the general one first. */
  readonly shelf: Shelf;
  readonly feedCatalog: FeedCatalog;
  readonly builtinFeeds: readonly Feed[];
  /** Per address of a feed that comes with the app: why it may not last. */
  readonly feedDoubts: ReadonlyMap<string, string>;
  readonly evidence: EvidenceTables;
  readonly scenarios: readonly ScenarioEntry[];
  /** Documents among the user's own scenarios that could not be read, with the reason. */
  readonly scenarioFaults: ScenarioFolder['faults'];
  /** The scenario with that id; the user's own one where both have it. */
  scenario(id: string): ScenarioEntry | undefined;
  /** Hosts of the pages that playbooks and feed list name: the only ones opened in a browser. */
  readonly externalHosts: ReadonlySet<string>;
}

/**
 * Reads the documents in `resourcesFolder`, and the user's own scenarios in `scenarios/` of `dataFolder`. A fault in
 * a document that comes with the app is a failure; one in the user's own is listed.
 */
export async function loadLibrary(resourcesFolder: string, dataFolder: string): Promise<Result<Library>> {
  const at = (...names: string[]): string => path.join(resourcesFolder, ...names);
  const [shelf, feeds, catalog, evidence, shipped, own] = await Promise.all([
    readShelf(at('playbooks')),
    loadFeeds(at('feeds', 'providers.json')),
    loadCatalog(at('feeds', 'services.json'), at('feeds', 'regions.json')),
    loadEvidenceTables(at('evidence')),
    readScenarios(at('scenarios')),
    readScenarios(path.join(dataFolder, 'scenarios')),
  ]);
  if (!shelf.ok) return shelf;
  if (!feeds.ok) return feeds;
  if (!catalog.ok) return catalog;
  if (!evidence.ok) return evidence;
  const [broken] = shipped.faults;
  if (broken) return fail('invalid_input', broken.message, broken.file);
  const scenarios = new Map([...shipped.entries, ...own.entries].map((one) => [one.scenario.id, one]));
  return ok({
    shelf: shelf.value,
    feedCatalog: catalog.value,
    builtinFeeds: feeds.value.map(builtinFeed),
    feedDoubts: new Map(feeds.value.flatMap(({ url, doubt }) => (doubt === undefined ? [] : [[url, doubt]]))),
    evidence: evidence.value,
    scenarios: [...scenarios.values()],
    scenarioFaults: own.faults,
    scenario: (id) => scenarios.get(id),
    externalHosts: hostsOf(feeds.value, shelf.value),
  });
}

async function loadFeeds(file: string): Promise<Result<readonly FeedDefinition[]>> {
  const json = await readDocument(file);
  if (!json.ok) return json;
  const parsed = FeedList.safeParse(json.value);
  return parsed.success ? ok(parsed.data.feeds) : fail('invalid_input', parsed.error.message, file);
}

async function loadCatalog(services: string, regions: string): Promise<Result<FeedCatalog>> {
  const [one, two] = await Promise.all([readDocument(services), readDocument(regions)]);
  if (!one.ok) return one;
  if (!two.ok) return two;
  return buildCatalog(one.value, two.value);
}

function builtinFeed({ id, name, provider, kind, url, onByDefaultFor }: FeedDefinition): Feed {
  return { id, name, provider, kind, url, enabled: onByDefaultFor.includes(provider), builtin: true };
}

function hostsOf(feeds: readonly FeedDefinition[], shelf: Shelf): ReadonlySet<string> {
  const playbooks = shelf.map(({ playbook }) => playbook);
  const steps = playbooks.flatMap(({ checks }) => checks.flatMap(({ howTo }) => Object.values(howTo).flat()));
  const pages = [
    ...feeds.map(({ page }) => page),
    ...playbooks.flatMap(({ sources }) => sources.map(({ url }) => url)),
    ...steps.map((step) => step?.url),
  ];
  return new Set(pages.filter((page) => page !== undefined).map((page) => new URL(page).hostname));
}
