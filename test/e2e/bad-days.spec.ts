import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { createInProcessClient } from '../../db/in-process.ts';
import { FeedId, ObservationId } from '../../main/core/ids.ts';
import { instantOf } from '../../main/core/time.ts';
import { listFeeds, saveFeed } from '../../main/services/feed-list.ts';
import { acceptVerdict, commandIncident, declareIncident } from '../../main/services/incidents.ts';
import { openServices, SILENT } from '../../main/services/open-services.ts';
import { freshDataDir, launchApp } from '../support/electron-app.ts';
import { startFeedServer, type Misbehaviour } from '../support/feed-server.ts';
import { customerStory } from './customer-story.ts';
import { dropOnWindow } from './drop.ts';
import { goTo } from './keyboard.ts';
import { picture } from './pictures.ts';
import { DECLARATION, wholeFeed } from './provider-story.ts';
import { Responder } from './responder.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../fixtures');
const WAYS: readonly Misbehaviour[] = ['html_200', 'half_a_document', 'empty_body', 'reset'];

for (const way of WAYS) {
  test(`a feed that answers with ${way} is could not check, never green and never red`, async () => {
    const server = await startFeedServer();
    server.serve('/incidents.json', wholeFeed());
    server.misbehave('/incidents.json', way);
    const { window, close } = await launchApp();
    const responder = new Responder(window);
    await responder.ready();
    await responder.setFeedAddress('Google Cloud status', `${server.url}/incidents.json`);
    await responder.declare(DECLARATION);
    const provider = window.getByRole('region', { name: 'Provider' });
    await expect(provider).toContainText('could not check', { timeout: 30_000 });
    await expect(provider).not.toContainText('silent');
    await expect(provider).not.toContainText('says outage');
    if (way === 'html_200') await picture(window, 'bad-feed');
    await close();
    await server.close();
  });
}

test('damaged evidence: the good records in, the bad ones listed with their place, the same file twice adds nothing', async () => {
  const { window, close } = await launchApp();
  const responder = new Responder(window);
  await responder.ready();
  const { declaration, feed } = customerStory();
  const server = await startFeedServer();
  server.serve('/all.rss', feed);
  await responder.setFeedAddress('AWS status, all services', `${server.url}/all.rss`);
  await responder.declare({ ...declaration, onset: '2026-03-04 09:30Z' });
  await goTo(window, 'e', 'Evidence');
  const evidence = (name: string): string => path.join(FIXTURES, 'evidence', name);
  await dropOnWindow(window, [evidence('hour-bad-records.json')]);
  await expect(window.getByText(/30 records|30 events/).first()).toBeVisible({ timeout: 30_000 });
  await expect(window.getByText(/record 5\b/).first()).toBeAttached();
  await dropOnWindow(window, [evidence('hour-bad-records.json')]);
  await expect(window.getByText(/in this incident already/).first()).toBeVisible();
  await dropOnWindow(window, [path.join(FIXTURES, 'evidence/README.md')]);
  await expect(window.getByText(/README\.md/).first()).toBeVisible();
  await picture(window, 'bad-evidence');
  await close();
  await server.close();
});

/** A file's bytes; null for a folder. */
function readFileOf(folder: string, name: string): Buffer | null {
  const file = path.join(folder, name);
  return statSync(file).isFile() ? readFileSync(file) : null;
}

/** An incident accepted a day ago by the same services, with nobody reached before the app was closed. */
async function acceptYesterday(dataDir: string): Promise<void> {
  const db = createInProcessClient({ dataDir });
  const yesterday = instantOf(Date.now() - 24 * 3_600_000);
  const opened = await openServices(db, {
    dataFolder: dataDir,
    resourcesFolder: path.resolve(import.meta.dirname, '../../resources'),
    exportFolder: path.join(dataDir, 'exports'),
    workerUrl: new URL('file:///unused'),
    importWorkerUrl: new URL('file:///unused'),
    publish: SILENT,
    clock: { now: () => yesterday, offsetMinutes: () => 0 },
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const { context, book } = opened.value;
  const feeds = await listFeeds(context);
  const gcp = feeds.ok ? feeds.value.find(({ id }) => id === 'gcp-incidents') : undefined;
  if (!gcp) throw new Error('The feed of Google Cloud is not in the list.');
  // Nobody listens there: the test must not ask the provider.
  const moved = { ...gcp, id: FeedId.parse(gcp.id), url: 'http://127.0.0.1:9/incidents.json' };
  expect((await saveFeed(context, moved)).ok).toBe(true);
  const declared = await declareIncident(context, book, {
    title: 'Checkout fails',
    onset: yesterday,
    provider: 'gcp',
    services: ['Cloud Run'],
    regions: ['europe-west1'],
    severity: 1,
    workload: '',
    lead: 'A. Ruiz',
  });
  if (!declared.ok) throw new Error(declared.error.message);
  const { id } = declared.value.row;
  const answered = await commandIncident(context, book, id, {
    type: 'answer',
    observationId: ObservationId.parse('observation-1'),
    check: 'error_signature',
    answers: ['internal_5xx'],
    number: null,
    note: '',
    evidence: [],
  });
  const accepted = await acceptVerdict(context, book, id, { verdict: 'provider', reason: 'Seen before' });
  expect([answered.ok, accepted.ok]).toEqual([true, true]);
  await db.close();
}

test('a deadline that passed while the app was closed is loud after the start', async () => {
  const dataDir = freshDataDir();
  await acceptYesterday(dataDir);
  const second = await launchApp({ dataDir });
  await expect(second.window.getByText(/overdue/i).first()).toBeVisible();
  await picture(second.window, 'overdue');
  await second.close();
});

test('a damaged database is kept, said, and can be replaced by a fresh one beside it', async () => {
  const dataDir = freshDataDir();
  const first = await launchApp({ dataDir });
  await new Responder(first.window).ready();
  await first.close();
  const file = path.join(dataDir, 'demarc.db');
  const bytes = readFileSync(file);
  bytes.fill(0x5a, 0, 4096);
  writeFileSync(file, bytes);
  const second = await launchApp({ dataDir });
  await expect(second.window.getByText(/not a database|damaged|could not be opened/i).first()).toBeVisible();
  await picture(second.window, 'recovery');
  expect(readFileSync(file).equals(bytes)).toBe(true);
  await second.window.getByRole('button', { name: /start with an empty one/ }).click();
  await new Responder(second.window).ready();
  await second.close();
  const kept = readdirSync(dataDir).filter((name) => readFileOf(dataDir, name)?.equals(bytes) === true);
  expect(kept).toEqual([expect.stringMatching(/^demarc\.db\.aside-/)]);
  expect(readFileSync(file).equals(bytes)).toBe(false);
});
