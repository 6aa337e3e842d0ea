import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildCatalog, type FeedCatalog } from '../../../main/core/feeds/catalog.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../resources/feeds');

/** A document of resources/feeds, parsed as JSON. */
export function feedResource(name: 'services' | 'regions' | 'providers'): unknown {
  return JSON.parse(readFileSync(path.join(FOLDER, `${name}.json`), 'utf8'));
}

/** The catalog that ships with Demarc. */
export function builtInCatalog(): FeedCatalog {
  const built = buildCatalog(feedResource('services'), feedResource('regions'));
  if (!built.ok) throw new Error(built.error.message);
  return built.value;
}
