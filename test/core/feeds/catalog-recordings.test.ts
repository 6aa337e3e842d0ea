import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { detectKind, readFeed } from '../../../main/adapters/feeds/registry.ts';
import { findRegion, findService } from '../../../main/core/feeds/catalog.ts';
import { Provider } from '../../../main/core/sides.ts';
import { Instant } from '../../../main/core/time.ts';
import { benchmark, recordings } from '../../support/recordings.ts';
import { builtInCatalog } from './built-in-catalog.ts';

const catalog = builtInCatalog();
const FETCHED = Instant.parse('2026-11-28T00:00:00.000Z');

type Kind = 'service' | 'region';
/** The different names of each provider and kind, such as `aws service`. */
type Names = Map<string, Set<string>>;

function note(names: Names, provider: Provider, kind: Kind, told: readonly string[]): void {
  const key = `${provider} ${kind}`;
  names.set(key, new Set([...(names.get(key) ?? []), ...told]));
}

const Moments = z.array(z.looseObject({ current: z.array(z.unknown()) }));

/** The documents in a recorded file: one, or the moments of a series. */
function documents(file: string): readonly Uint8Array[] {
  const bytes = readFileSync(file);
  if (!file.endsWith('timeline_current_only_4days.json')) return [bytes];
  return Moments.parse(JSON.parse(bytes.toString('utf8'))).map(({ current }) =>
    new TextEncoder().encode(JSON.stringify({ current, archive: [] })),
  );
}

/** Every native name that the recorded feeds tell. */
function recordedNames(folder: string): Names {
  const names: Names = new Map();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const feeds = files.filter((file) => /\.(?:json|rss|xml)$/.test(file));
  for (const bytes of feeds.flatMap((file) => documents(path.join(folder, file)))) {
    const kind = detectKind(bytes);
    const events = kind === null ? [] : readFeed(kind, bytes, { fetchedAt: FETCHED }).events;
    for (const { provider, services, regions } of events) {
      note(names, provider, 'service', services);
      note(names, provider, 'region', regions);
    }
  }
  return names;
}

const Cases = z.array(
  z.looseObject({ provider: Provider, services: z.array(z.string()), regions: z.array(z.string()) }),
);

/** Every name that the coded incidents are given in: what a person would type. */
function codedNames(folder: string): Names {
  const names: Names = new Map();
  for (const file of ['cases-tune.json', 'cases-tune-blind.json', 'cases-tune-decoy.json']) {
    for (const one of Cases.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8')))) {
      note(names, one.provider, 'service', one.services.flatMap(parts(one.provider)));
      note(names, one.provider, 'region', one.regions);
    }
  }
  return names;
}

/** "ECS/EKS" is compared as two names; see `compareNames`. */
function parts(provider: Provider): (name: string) => readonly string[] {
  return (name) => (findService(catalog, provider, name) === null ? name.split('/') : [name]);
}

/** Names, of them known, and those that are not. */
function share(names: Names, key: string): readonly [number, number, readonly string[]] {
  const told = [...(names.get(key) ?? [])].sort();
  const [provider, kind] = key.split(' ');
  const find = kind === 'service' ? findService : findRegion;
  const unknown = told.filter((name) => find(catalog, Provider.parse(provider), name) === null);
  return [told.length, told.length - unknown.length, unknown];
}

const folder = recordings();
const cases = benchmark();

test.runIf(folder !== null)('names in the recorded feeds: how many, how many known, and which not', () => {
  const names = recordedNames(path.join(folder ?? '', 'feeds'));
  const unknown = (key: string) => share(names, key);
  // SECURITY and ABUSE are notices of AWS Health to an account: no service of it fails.
  expect(unknown('aws service')).toEqual([280, 278, ['ABUSE', 'SECURITY']]);
  expect(unknown('aws region')).toEqual([25, 25, []]);
  expect(unknown('gcp service')).toEqual([107, 107, []]);
  expect(unknown('gcp region')).toEqual([63, 63, []]);
  expect(unknown('azure service')).toEqual([1, 1, []]);
  expect(unknown('azure region')).toEqual([2, 2, []]);
  // A vendor's components are its own: 113 different ones here, compared by their letters, none listed.
  expect(unknown('other service').slice(0, 2)).toEqual([113, 0]);
  expect([...names.keys()].filter((key) => key.startsWith('other region'))).toEqual(['other region']);
  expect(unknown('other region')).toEqual([0, 0, []]);
});

test.runIf(cases !== null)('names in the coded incidents: how many, how many known, and which not', () => {
  const names = codedNames(cases ?? '');
  // Software of the customer's own, or no service at all.
  const own = [
    'Consul',
    'Vitess',
    'ZooKeeper',
    'auth',
    'own Kubernetes DNS',
    'own Memcached',
    'own TLS',
    'web',
  ];
  expect(share(names, 'aws service')).toEqual([47, 39, own]);
  expect(share(names, 'aws region')).toEqual([3, 3, []]);
  // Other people's software and services on Google Cloud, and words that name nothing.
  const others = ['Cassandra', 'Docker Hub', 'Redis', 'SAML vendor'];
  const vague = ['50+ products', 'account status', 'live migration', 'telecom', 'transcription'];
  expect(share(names, 'gcp service')).toEqual([16, 7, [...others, ...vague].sort()]);
  expect(share(names, 'gcp region')).toEqual([2, 2, []]);
  // GitHub's products, and words that name nothing.
  const azure = ['Actions runners', 'Codespaces', 'databases', 'inter-region', 'many', 'power'];
  expect(share(names, 'azure service')).toEqual([25, 19, azure]);
  expect(share(names, 'azure region')).toEqual([7, 7, []]);
});
