import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { launchApp } from '../support/electron-app.ts';
import { dropOnWindow } from './drop.ts';
import { goTo, tabTo } from './keyboard.ts';
import { picture } from './pictures.ts';
import { Responder } from './responder.ts';

const FINDINGS = path.resolve(import.meta.dirname, '../fixtures/findings');

test('how our things stood: findings are dropped, grouped, filtered and attached with the keyboard', async () => {
  const launched = await launchApp();
  const { window } = launched;
  const responder = new Responder(window);
  await responder.ready();
  await responder.declare({
    title: 'Orders denied and an archive readable by strangers',
    onset: '2026-03-04 09:30Z',
    provider: 'Amazon Web Services',
    services: ['s3'],
    regions: ['eu-west-1'],
    severity: 'SEV 1',
    lead: 'A. Ruiz',
    playbook: 'General',
  });
  await dropOnWindow(window, [FINDINGS]);
  const ours = window.getByRole('region', { name: 'Customer' });
  await expect(ours).toContainText('failing at scan time', { timeout: 60_000 });
  await expect(ours).toContainText('dated near onset');
  await expect(ours).toContainText('no log of them yet');
  await picture(window, 'findings-1-triage');

  await goTo(window, 'e', 'Evidence');
  const section = window.getByRole('region', { name: /how our things stood/i });
  await expect(section).toContainText('State at scan time');
  await expect(section).toContainText('Dated near onset');
  await expect(section).toContainText('customer’s duty');
  await section.scrollIntoViewIfNeeded();
  await picture(window, 'findings-2-section');

  await window.keyboard.press('i');
  await window.keyboard.type('orders-archive');
  const rows = section.getByRole('row');
  // The first one is a heading.
  await expect(rows.nth(1)).toContainText('orders-archive');
  await expect(section).not.toContainText('trail main was disabled');
  await picture(window, 'findings-3-filtered');
  await tabTo(window, /orders-archive|Anyone|Access from outside|S3 general/);
  await window.keyboard.press('Enter');
  await expect(section.getByText('● attached')).toHaveCount(1);
  const axe = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
  expect(axe.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual(
    [],
  );

  const folder = await responder.exportTimeline();
  await launched.close();
  expect(readFileSync(path.join(folder, 'DM-1.md'), 'utf8')).toContain('orders-archive');
});

test('of two findings alike in title and resource the attached one is told from the other, also after a restart', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'demarc-twins-'));
  writeFileSync(path.join(folder, 'twins.json'), JSON.stringify({ Findings: twins() }));
  const first = await launchApp();
  const responder = new Responder(first.window);
  await responder.ready();
  await responder.declare({
    title: 'A port stands open',
    onset: '2026-03-04 09:30Z',
    provider: 'Amazon Web Services',
    services: ['ec2'],
    regions: ['eu-west-1'],
    severity: 'SEV 2',
    lead: 'A. Ruiz',
  });
  await dropOnWindow(first.window, [folder]);
  await expect(first.window.getByRole('region', { name: 'Customer' })).toContainText(
    '2 failing at scan time',
    {
      timeout: 60_000,
    },
  );
  await goTo(first.window, 'e', 'Evidence');
  await tabTo(first.window, /should not allow ingress/);
  await first.window.keyboard.press('Enter');
  const rows = ({ window }: { readonly window: Page }): Locator =>
    window
      .getByRole('region', { name: /how our things stood/i })
      .getByRole('row')
      .filter({ hasText: 'should not allow ingress' });
  await expect(rows(first).nth(0)).toContainText('● attached');
  await expect(rows(first).nth(1)).toContainText('Enter attaches');
  await first.close();

  const second = await launchApp({ dataDir: first.dataDir });
  await second.window.getByRole('row', { name: /A port stands open/ }).click();
  await goTo(second.window, 'e', 'Evidence');
  await expect(rows(second).nth(0)).toContainText('● attached');
  await expect(rows(second).nth(1)).toContainText('Enter attaches');
  await second.close();
  rmSync(folder, { recursive: true });
});

/** One control on one group as two accounts' views of it have it: only the ids differ. */
function twins(): readonly object[] {
  const asff = JSON.parse(readFileSync(path.join(FINDINGS, 'securityhub-asff.json'), 'utf8')) as {
    Findings: { Id: string }[];
  };
  const [one] = asff.Findings;
  if (one === undefined) throw new Error('The fixture holds no finding.');
  return [one, { ...one, Id: `${one.Id}-again` }];
}
