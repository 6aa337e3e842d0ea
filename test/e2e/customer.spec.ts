import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { launchApp } from '../support/electron-app.ts';
import { startFeedServer } from '../support/feed-server.ts';
import { customerStory } from './customer-story.ts';
import { dropOnWindow } from './drop.ts';
import { command, goTo } from './keyboard.ts';
import { picture } from './pictures.ts';
import { Responder } from './responder.ts';

test('our side: from the alarm to a verified export, with the keyboard alone', async () => {
  const story = customerStory();
  const server = await startFeedServer();
  server.serve('/all.rss', story.feed);
  const first = await launchApp();
  const responder = new Responder(first.window);
  const { window } = responder;

  await responder.ready();
  await responder.setFeedAddress('AWS status, all services', `${server.url}/all.rss`);
  await responder.addContact(story.contact);
  await responder.declare(story.declaration);
  await expect(window.getByText('silent').first()).toBeVisible();

  await picture(window, 'customer-1-declared');
  await dropOnWindow(window, story.files);
  await goTo(window, 'e', 'Evidence');
  const changes = window.getByRole('region', { name: /changes before onset/i });
  await expect(changes).toContainText('PutBucketPolicy', { timeout: 60_000 });
  const ranked = await changes.getByRole('row').allTextContents();
  expect(ranked.slice(0, 10).join('\n')).toContain('PutBucketPolicy');
  expect(ranked.slice(0, 10).join('\n')).toContain('AuthorizeSecurityGroupIngress');

  await picture(window, 'customer-2-evidence');
  await goTo(window, 't', 'Triage');
  const answered = await responder.answerUntilDeclared(story.findings, story.numbers);
  expect(answered.length).toBeGreaterThan(2);
  await picture(window, 'customer-3-triage');
  await responder.accept();
  await expect(window.getByText(story.contact.phone).first()).toBeVisible();
  await responder.page('a', 'Told that the bucket is public');
  await picture(window, 'customer-4-escalation');
  const folder = await responder.exportTimeline();
  await first.close();

  const second = await launchApp({ dataDir: first.dataDir });
  await expect(second.window.getByText(story.declaration.title).first()).toBeVisible();
  await second.window.keyboard.press('Enter');
  await expect(second.window.getByRole('heading', { level: 1 })).toBeAttached();
  await command(second.window, 'Verify the trail');
  await expect(second.window.getByRole('dialog')).toContainText('valid, no anchor');
  await second.close();
  await server.close();

  const markdown = readFileSync(path.join(folder, 'DM-1.md'), 'utf8');
  expect(markdown).toContain(story.declaration.title);
  expect(markdown).toContain('PutBucketPolicy');
  expect(markdown).toContain(story.contact.name);
  const json = JSON.parse(readFileSync(path.join(folder, 'DM-1.json'), 'utf8')) as {
    readonly report: { readonly verdict: { readonly accepted: { readonly verdict: string } } };
  };
  expect(json.report.verdict.accepted.verdict).toBe('customer');
});
