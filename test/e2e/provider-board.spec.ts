import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { freshDataDir, launchApp, type LaunchedApp } from '../support/electron-app.ts';
import { startFeedServer } from '../support/feed-server.ts';
import { eveningBytes, seedEvening } from '../support/gcp-evening.ts';
import { choose, command, goTo, tabTo } from './keyboard.ts';
import { picture } from './pictures.ts';

/** What axe finds in what is on the screen. */
async function violations(window: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/** The window on the triage of that evening's incident, as it was left; and how to end. */
async function evening(): Promise<LaunchedApp & { readonly end: () => Promise<void> }> {
  const server = await startFeedServer();
  const dataDir = freshDataDir();
  const id = await seedEvening(dataDir, server);
  const app = await launchApp({ dataDir });
  const { window } = app;
  await expect(window.getByRole('heading', { level: 1 })).toBeAttached();
  await window.evaluate((to) => {
    document.location.hash = to;
  }, `#/incident/${id}/triage`);
  await expect(window.getByRole('heading', { level: 1, name: 'Triage' })).toBeAttached();
  return {
    ...app,
    end: async () => {
      await app.close();
      await server.close();
    },
  };
}

test('the board of feeds: what one said at a past minute, attached, copied and saved by keys alone', async () => {
  const { app, window, dataDir, end } = await evening();
  await window.keyboard.press('f');
  await expect(window.getByRole('heading', { level: 1, name: 'Provider' })).toBeVisible();
  await expect(window.getByText(/^First public word 71 min after onset, from Google Cloud/)).toBeVisible();
  const past = window.getByRole('region', { name: 'Google Cloud status' });
  await expect(past.getByText(/Nobody asked after that. Its last answer was: says it is over/)).toBeVisible();
  await picture(window, 'board-1-now');

  // From change to change back to the first statement that fits: over the end, the pause, the move of its start.
  for (let presses = 0; presses < 5; presses += 1) await window.keyboard.press('[');
  await expect(past.getByText(/^At T\+75 min/)).toBeVisible();
  await expect(past.getByRole('heading', { level: 2 })).toHaveText(/says outage Google Cloud status$/);
  await expect(past.getByText('Claimed start')).toBeVisible();
  await expect(past.getByText('Start moved to')).toBeHidden();
  await expect(past.getByText(/not yet at T\+70 min/)).toBeVisible();
  await picture(window, 'board-2-past');
  expect(await violations(window)).toEqual([]);

  await command(window, 'Save the raw bytes');
  const saved = past.getByText(/^Saved: /);
  await expect(saved).toBeVisible();
  const [, name = '', folder = ''] = /^Saved: (\S+) in (.+)$/.exec((await saved.textContent()) ?? '') ?? [];
  expect(readFileSync(path.join(folder, name)).equals(eveningBytes(75))).toBe(true);
  expect(folder.startsWith(dataDir)).toBe(true);

  await command(window, 'Copy this statement');
  await expect(past.getByText('Copied as Markdown.')).toBeVisible();
  // The window itself may not read the clipboard.
  const clipboard = await app.evaluate(({ clipboard: ours }) => ours.readText());
  expect(clipboard).toContain(createHash('sha256').update(eveningBytes(75)).digest('hex'));

  // What the provider itself wrote of the event, out of the bytes of that minute.
  await tabTo(window, 'As the provider wrote it');
  await window.keyboard.press('Enter');
  const written = past.getByRole('region', { name: 'As the provider wrote it' });
  await expect(written).toContainText('"external_desc"');
  await written.scrollIntoViewIfNeeded();
  for (const scheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme: scheme });
    await picture(window, `board-2-written-${scheme}`);
    expect(await violations(window)).toEqual([]);
  }
  await window.emulateMedia({ colorScheme: 'light' });

  await window.keyboard.press('s');
  await expect(past.getByText(/^Attached: /)).toBeVisible();

  // The slider goes minute by minute; nothing needs dragging.
  await tabTo(window, 'Minute to look at');
  await window.keyboard.press('ArrowLeft');
  await expect(past.getByText('At T+74 min, 19:05Z')).toBeVisible();
  await expect(past.getByRole('heading', { level: 2 })).toHaveText(/silent Google Cloud status$/);
  await window.keyboard.press('[');
  await window.keyboard.press('[');
  await expect(past.getByText('The answer is an HTML page, not the feed.')).toBeVisible();
  await picture(window, 'board-3-hole');
  await window.keyboard.press('Escape');
  await expect(past.getByText('Now', { exact: true })).toBeVisible();

  // What was attached on the board stands with the check being asked.
  await goTo(window, 't', 'Triage');
  await expect(window.getByText(/Evidence: 1/)).toBeVisible();
  await end();
});

test('one key attaches the statement of each feed to the check being asked', async () => {
  const { window, end } = await evening();
  await window.keyboard.press('Alt+1');
  await expect(window.getByText(/Evidence: 1/)).toBeVisible();
  await window.keyboard.press('Alt+1');
  await expect(window.getByText(/Evidence: none/)).toBeVisible();
  await end();
});

for (const scheme of ['dark', 'light'] as const) {
  test(`the lane of a feed in the timeline, and the same in words, ${scheme}`, async () => {
    const { window, end } = await evening();
    await window.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await goTo(window, 'l', 'Timeline');
    const lanes = window.getByRole('region', { name: 'What the feeds said over time' });
    await expect(lanes.getByText('first public word 71 min after onset')).toBeVisible();
    await picture(window, `lane-1-${scheme}`);
    expect(await violations(window)).toEqual([]);
    await window.keyboard.press('w');
    const row = (from: RegExp) => lanes.getByRole('row', { name: from });
    await expect(row(/^T\+40 min T\+55 min/)).toContainText(
      'could not check: The answer is an HTML page, not the feed.',
    );
    await expect(row(/^T\+120 min T\+12 h 50 min/)).toContainText('not asked');
    expect(await violations(window)).toEqual([]);
    await picture(window, `lane-2-${scheme}`);
    await window.keyboard.press('f');
    await expect(window.getByRole('heading', { level: 1, name: 'Provider' })).toBeVisible();
    await expect(window.getByText('says it is over').first()).toBeVisible();
    await picture(window, `lane-3-board-${scheme}`);
    await end();
  });
}

test('a drill has the same board and lane, on its own clock and its recorded feeds', async () => {
  const { window, close } = await launchApp();
  await expect(window.getByRole('heading', { level: 1, name: 'Incidents' })).toBeVisible();
  await goTo(window, 'd', 'Drills');
  await choose(window, 'Speed of the clock', '60x');
  await tabTo(window, /^Start the drill: Errors from every region/);
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { level: 1, name: 'Triage' })).toBeAttached();
  await expect(window.getByText('silent').first()).toBeVisible();
  await window.keyboard.press('f');
  await expect(window.getByRole('banner')).toContainText('DRILL');
  const past = window.getByRole('region', { name: 'Google Cloud status' });
  await expect(past.getByRole('heading', { level: 2 })).toHaveText(/silent Google Cloud status$/);
  await expect(
    window.getByText(/^No public word that fits. (At minute \d+|After \d+ days) a silent page says/),
  ).toBeVisible();
  // The drill's minutes are those of that evening, and the polls are one of them apart.
  await expect(past.getByText(/Read \d+ times, the same each time, from T\+\d min/)).toBeVisible();
  await picture(window, 'board-4-drill');
  await goTo(window, 'l', 'Timeline');
  await expect(
    window
      .getByRole('region', { name: 'What the feeds said over time' })
      .getByText('no public word that fits'),
  ).toBeVisible();
  await close();
});
