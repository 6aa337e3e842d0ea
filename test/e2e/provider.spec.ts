import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { freshDataDir, launchApp } from '../support/electron-app.ts';
import { startFeedServer, type FeedServer } from '../support/feed-server.ts';
import { choose, command, goTo, tabTo } from './keyboard.ts';
import { picture } from './pictures.ts';
import {
  AFTER_FIRST_WORD,
  BEFORE_FIRST_WORD,
  bodyAt,
  CONTACT,
  DECLARATION,
  installLoopbackScenario,
  moments,
  wholeFeed,
} from './provider-story.ts';
import { Responder } from './responder.ts';

test('the provider’s side, live: the feed read over HTTP, the verdict, the provider called', async () => {
  const server = await startFeedServer();
  server.serve('/incidents.json', wholeFeed());
  const { window, close } = await launchApp();
  const responder = new Responder(window);
  await responder.ready();
  await responder.setFeedAddress('Google Cloud status', `${server.url}/incidents.json`);
  await responder.addContact(CONTACT);
  await responder.declare(DECLARATION);
  await expect(window.getByText('T+71').first()).toBeVisible({ timeout: 30_000 });
  await picture(window, 'provider-1-feed-read');

  // The provider's statement is attached with one key, and a first answer is taken back for another.
  await window.keyboard.press('s');
  await expect(window.getByText(/Evidence: 1/)).toBeVisible();
  await responder.answer({ error_signature: ['timeout_or_connection'] });
  await window.keyboard.press('b');
  await expect(window.getByText(/A new answer supersedes it/)).toBeVisible();
  await responder.answer(AFTER_FIRST_WORD);
  await responder.answerUntilDeclared(AFTER_FIRST_WORD, {});
  await picture(window, 'provider-2-clear');
  await responder.accept();
  await expect(window.getByText(CONTACT.phone).first()).toBeVisible();
  await picture(window, 'provider-3-escalation');
  await responder.page('a', 'Case opened, P1');
  const folder = await responder.exportTimeline();
  const markdown = readFileSync(path.join(folder, 'DM-1.md'), 'utf8');
  expect(markdown).toMatch(/first public word at T\+71 min/);
  expect(markdown).toContain('Case opened, P1');
  expect(markdown).toContain('~~What the errors say: Timeouts or refused connections~~');
  expect(markdown).toMatch(/Google Cloud status, as read at/);
  expect(markdown).not.toContain('DRILL');
  await close();
  await server.close();
});

interface RunningDrill {
  readonly server: FeedServer;
  readonly responder: Responder;
  readonly close: () => Promise<void>;
}

/** That evening as a drill, its recorded feed served on loopback by virtual time; `speed` as the window names it. */
async function startEvening(speed: string): Promise<RunningDrill> {
  const server = await startFeedServer();
  const evening = moments();
  server.serve('/incidents.json', ({ query }) => bodyAt(evening, query['at'] ?? ''));
  const dataDir = freshDataDir();
  const title = installLoopbackScenario(dataDir, `${server.url}/incidents.json`);
  const { window, close } = await launchApp({ dataDir });
  const responder = new Responder(window);
  await responder.ready();
  await goTo(window, 'd', 'Drills');
  await choose(window, 'Speed of the clock', speed);
  await tabTo(window, `Start the drill: ${title}`);
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { level: 1, name: 'Triage' })).toBeAttached();
  await expect(window.getByRole('banner')).toContainText(`DRILL ${speed}`);
  await expect(window.getByText('silent').first()).toBeVisible();
  return {
    server,
    responder,
    close: async () => {
      await close();
      await server.close();
    },
  };
}

test('a drill on that evening: silent until minute 71, scored, and marked as a drill everywhere', async () => {
  const { responder, close } = await startEvening('10x');
  const { window } = responder;
  await picture(window, 'drill-1-silent');

  const answered = await responder.answerUntilDeclared(BEFORE_FIRST_WORD, {});
  expect(answered).not.toEqual([]);
  await responder.accept();
  await expect(window.getByRole('banner')).toContainText('DRILL');
  await command(window, 'End the drill');
  const score = window.getByRole('dialog');
  await expect(score.getByRole('button', { name: 'End it and show the truth' })).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(score).toContainText(/of \d+/);
  await picture(window, 'drill-2-score');
  await window.keyboard.press('Escape');
  // Nothing is due and nothing is asked of a drill that is over.
  await expect(window.getByText('deadlines rest')).toBeVisible();
  await expect(window.getByText('DUE', { exact: true })).toBeHidden();
  const folder = await responder.exportTimeline();
  expect(readFileSync(path.join(folder, 'DRILL-DM-1.md'), 'utf8')).toMatch(/DRILL/);
  await close();
});

test('a drill’s feed says at each virtual minute what it said then', async () => {
  const { server, responder, close } = await startEvening('60x');
  const { window } = responder;
  // Seventy-one virtual minutes at 60 times the speed are a little over a minute of ours.
  await expect(window.getByText('T+71').first()).toBeVisible({ timeout: 110_000 });
  const asked = server.requests.map(({ query }) => query['at'] ?? '');
  expect(asked.every((at) => at.startsWith('2025-06-12T'))).toBe(true);
  await goTo(window, 'l', 'Timeline');
  await picture(window, 'drill-3-first-word');
  await close();
});
