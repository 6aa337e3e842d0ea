import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { launchApp } from '../support/electron-app.ts';
import { dropOnWindow } from './drop.ts';
import { command, goTo, tabTo } from './keyboard.ts';
import { picture } from './pictures.ts';
import { Responder } from './responder.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../fixtures');

async function declared(window: Page): Promise<Responder> {
  const responder = new Responder(window);
  await responder.ready();
  await responder.declare({
    title: 'Machines do not start',
    onset: '2026-03-04 09:30Z',
    provider: 'Amazon Web Services',
    services: ['ec2'],
    regions: ['eu-west-1'],
    severity: 'SEV 2',
    lead: 'A. Ruiz',
  });
  return responder;
}

/** Looks at it in both schemes, with nothing that keeps somebody out. */
async function look(window: Page, name: string): Promise<void> {
  for (const scheme of ['dark', 'light'] as const) {
    await window.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await picture(window, `${scheme}-${name}`);
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  }
}

test('what the provider reports of itself in our files stands on its side and answers its check', async () => {
  const { window, close } = await launchApp();
  await declared(window);
  await dropOnWindow(window, [path.join(FIXTURES, 'evidence/aws-health.json')]);
  const provider = window.getByRole('region', { name: 'Provider' });
  await expect(provider).toContainText('AWS_EC2_OPERATIONAL_ISSUE', { timeout: 60_000 });
  await expect(provider).toContainText('in our files, fits');
  await expect(provider).toContainText('1 report of other services or regions in our files');
  // Health notices are no log of changes: that none was seen must not be said.
  await expect(window.getByRole('region', { name: 'Customer' })).toContainText('Changes: no log of them yet');
  await look(window, 'provider-words-triage');

  await goTo(window, 'e', 'Evidence');
  const words = window.getByRole('region', { name: /what the provider reports of itself/i });
  await expect(words.getByRole('row').first()).toContainText('It fits what fails.');
  await tabTo(window, /AWS_EC2_OPERATIONAL_ISSUE/);
  await window.keyboard.press('Enter');
  await expect(words.getByText('● attached')).toHaveCount(1);
  // They tell of single things: that nothing was changed does not follow.
  await expect(window.getByRole('main')).toContainText('no log of changes is among them');
  await look(window, 'provider-words-evidence');

  await goTo(window, 't', 'Triage');
  await command(window, 'Ask another check');
  await window.getByRole('row', { name: /Account health/i }).press('Enter');
  await expect(window.getByText(/The provider itself reports AWS_EC2_OPERATIONAL_ISSUE/)).toBeVisible();
  const question = await window.locator('#question').textContent();
  await window.keyboard.press('y');
  await expect(window.locator('#question')).not.toHaveText(question ?? '');
  await close();
});

test('what an import did not take is listed by its reason, also what was not opened', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'demarc-odd-'));
  copyFileSync(path.join(FIXTURES, 'evidence/hour.json'), path.join(folder, 'hour.json'));
  copyFileSync(path.join(FIXTURES, 'evidence/digest.json'), path.join(folder, 'digest.json'));
  for (const name of ['one.txt', 'two.txt', 'three.txt']) writeFileSync(path.join(folder, name), 'no log\n');
  symlinkSync(path.join(folder, 'hour.json'), path.join(folder, 'link.json'));
  const { window, close } = await launchApp();
  await declared(window);
  await goTo(window, 'e', 'Evidence');
  await dropOnWindow(window, [folder]);
  const main = window.getByRole('main');
  await expect(main).toContainText('Read 33 records from 5 files, 3 files not recognised.', {
    timeout: 60_000,
  });
  await expect(main.getByRole('listitem').filter({ hasText: 'not opened' })).toContainText(
    'link.json: links inside a folder are not followed.',
  );
  const unknown = main.getByRole('listitem').filter({ hasText: 'no kind of file that is known here' });
  await expect(unknown).toHaveCount(1);
  await expect(unknown).toContainText('and 2 others');
  await expect(main.getByRole('listitem').filter({ hasText: 'digest.json' }).first()).toContainText(
    'proves that log files are unchanged',
  );
  await look(window, 'not-taken');
  await dropOnWindow(window, [path.join(folder, 'hour.json')]);
  await expect(main).toContainText('The same file is in this incident already');
  await close();
  rmSync(folder, { recursive: true });
});

test('a finding that was looked at again is attached as it stood earlier, until it is attached anew', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'demarc-again-'));
  const asff = JSON.parse(readFileSync(path.join(FIXTURES, 'findings/securityhub-asff.json'), 'utf8')) as {
    Findings: Record<string, unknown>[];
  };
  const look1 = path.join(folder, 'first.json');
  const look2 = path.join(folder, 'second.json');
  const [finding] = asff.Findings;
  writeFileSync(look1, JSON.stringify({ Findings: [finding] }));
  const later = '2026-03-04T09:40:00.000Z';
  writeFileSync(
    look2,
    JSON.stringify({
      Findings: [{ ...finding, UpdatedAt: later, LastObservedAt: later, ProcessedAt: later }],
    }),
  );
  const { window, close } = await launchApp();
  await declared(window);
  await goTo(window, 'e', 'Evidence');
  await dropOnWindow(window, [look1]);
  const section = window.getByRole('region', { name: /how our things stood/i });
  await expect(section).toContainText('failing', { timeout: 60_000 });
  await tabTo(window, String(finding?.['Title']));
  await window.keyboard.press('Enter');
  await expect(section.getByText('● attached')).toHaveCount(1);
  await dropOnWindow(window, [look2]);
  await expect(section.getByText('▲ attached as it stood earlier')).toHaveCount(1);
  await look(window, 'attached-earlier');
  await tabTo(window, String(finding?.['Title']));
  await window.keyboard.press('Enter');
  await expect(section.getByText('● attached')).toHaveCount(1);
  await close();
  rmSync(folder, { recursive: true });
});
