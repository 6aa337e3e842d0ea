import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { freshDataDir, launchApp, type LaunchedApp } from '../support/electron-app.ts';
import { startFeedServer } from '../support/feed-server.ts';
import { customerStory, type Story } from './customer-story.ts';
import { dropOnWindow } from './drop.ts';
import { choose, command, goTo, tabTo } from './keyboard.ts';
import { picture } from './pictures.ts';
import { Responder } from './responder.ts';

/**
 * What `npm start` plays where there is no display: both incidents through the real app, unattended, leaving pictures and exported
 * timelines in a folder that it names. Not a test of anything: the proofs are in the other files.
 */
const FOLDER = path.resolve(process.env['DEMARC_SHOWCASE_DIR'] ?? '.out/showcase');

test('the provider’s incident, as a drill', async () => {
  const show = await begin('provider');
  const { window } = show;
  const responder = new Responder(window);
  await responder.ready();
  await goTo(window, 'd', 'Drills');
  await choose(window, 'Speed of the clock', '60x');
  await tabTo(window, /^Start the drill: Errors from every region/);
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { level: 1, name: 'Triage' })).toBeAttached();
  await expect(window.getByText('silent').first()).toBeVisible();
  await show.picture('1-feed-silent');
  // Twenty minutes of that evening pass in twenty seconds, until colleagues and monitoring have told what they know.
  await expect(window.getByRole('banner')).toContainText(/T\+(19|2\d) min/, { timeout: 60_000 });
  const findings = {
    provider_status_page: ['no_incident'],
    error_signature: ['internal_5xx'],
    failure_scope: ['multi_region'],
    clean_canary: ['failing'],
    other_locations: ['failing'],
    independent_reports: ['many'],
    plane: ['both'],
    recent_change: ['none'],
    own_traffic: ['normal'],
    quota_usage: ['under_limit'],
  };
  await responder.answerUntilDeclared(findings, {});
  await show.picture('2-verdict');
  await responder.accept();
  await responder.page('a', 'Case opened');
  await show.picture('3-escalation');
  await goTo(window, 'v', 'Verdict');
  await show.picture('4-why');
  await goTo(window, 't', 'Triage');
  await expect(window.getByText('first word T+71').first()).toBeVisible({ timeout: 90_000 });
  await show.picture('5-first-word');
  await goTo(window, 'l', 'Timeline');
  await show.picture('6-timeline');
  await command(window, 'End the drill');
  await expect(window.getByRole('button', { name: 'End it and show the truth' })).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(window.getByRole('dialog')).toContainText(/of \d+/);
  await show.picture('7-score');
  await window.keyboard.press('Escape');
  await show.finish(await responder.exportTimeline());
});

test('our own incident, on CloudTrail files', async () => {
  const story: Story = customerStory();
  const server = await startFeedServer();
  server.serve('/all.rss', story.feed);
  const show = await begin('customer');
  const { window } = show;
  const responder = new Responder(window);
  await responder.ready();
  await responder.setFeedAddress('AWS status, all services', `${server.url}/all.rss`);
  await responder.addContact(story.contact);
  await responder.declare(story.declaration);
  await dropOnWindow(window, story.files);
  await goTo(window, 'e', 'Evidence');
  await expect(window.getByText('PutBucketPolicy').first()).toBeVisible({ timeout: 60_000 });
  await show.picture('1-changes');
  await goTo(window, 't', 'Triage');
  await responder.answerUntilDeclared(story.findings, story.numbers);
  await show.picture('2-verdict');
  await responder.accept();
  await responder.page('a', 'Told that strangers can read the bucket');
  await show.picture('3-escalation');
  await goTo(window, 'l', 'Timeline');
  await show.picture('4-timeline');
  await show.finish(await responder.exportTimeline());
  await server.close();
});

interface Show extends LaunchedApp {
  readonly picture: (name: string) => Promise<void>;
  /** Copies the exported files beside the pictures and closes the app. */
  readonly finish: (exported: string) => Promise<void>;
}

async function begin(name: string): Promise<Show> {
  const folder = path.join(FOLDER, name);
  mkdirSync(folder, { recursive: true });
  const launched = await launchApp({ dataDir: freshDataDir() });
  return {
    ...launched,
    picture: (title) => picture(launched.window, title, folder),
    finish: async (exported) => {
      cpSync(exported, folder, { recursive: true });
      await launched.close();
    },
  };
}
