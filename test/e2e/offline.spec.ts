import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { launchApp } from '../support/electron-app.ts';
import { startFeedServer } from '../support/feed-server.ts';
import { goTo } from './keyboard.ts';
import { picture } from './pictures.ts';
import { BEFORE_FIRST_WORD, DECLARATION } from './provider-story.ts';
import { Responder } from './responder.ts';

/** Points the provider's feed and another vendor's at these addresses; no other is asked. */
async function watch(page: Page, own: string, other: string): Promise<void> {
  await page.evaluate(
    async ([first, second]) => {
      const listed = await window.demarc.listFeeds({});
      if (!listed.ok) throw new Error(listed.error.message);
      const vendor = listed.value.find(({ provider }) => provider === 'other');
      for (const { id, name, provider, kind, url: before } of listed.value) {
        const url = id === 'gcp-incidents' ? first : id === vendor?.id ? second : undefined;
        await window.demarc.saveFeed({
          id,
          name,
          provider,
          kind,
          url: url ?? before,
          enabled: url !== undefined,
        });
      }
    },
    [own, other],
  );
}

test('where no name can be looked up the window says that there is no network, of no feed that it is silent', async () => {
  const { window, close } = await launchApp();
  const server = await startFeedServer();
  const responder = new Responder(window);
  await responder.ready();
  // Names under .invalid are nobody's (RFC 6761): looking them up fails as every look-up fails without a network.
  await watch(window, 'https://status.one.invalid/a.json', 'https://status.two.invalid/b.json');
  await responder.declare(DECLARATION);
  const said = window.getByText(/^▲ No network: no feed can be asked\./);
  await expect(said).toBeVisible({ timeout: 40_000 });
  const provider = window.getByRole('region', { name: 'Provider' });
  await expect(provider.getByText('silent', { exact: true })).toHaveCount(0);
  for (const scheme of ['dark', 'light'] as const) {
    await window.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await picture(window, `offline-${scheme}`);
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  }

  // All else works: a check is answered meanwhile.
  await responder.answer(BEFORE_FIRST_WORD);
  await goTo(window, 'r', 'Provider');
  await expect(said).toBeVisible();

  server.serve('/a.json', '[]');
  server.serve('/b.json', '[]');
  await watch(window, `${server.url}/a.json`, `${server.url}/b.json`);
  await window.keyboard.press('r');
  await expect(window.getByText('silent', { exact: true }).first()).toBeVisible();
  await expect(said).toBeHidden();
  await close();
  await server.close();
});
