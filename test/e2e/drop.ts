import type { Page } from '@playwright/test';

/** Drops files and folders from the disk on the middle of the window, as the desktop would. */
export async function dropOnWindow(window: Page, files: readonly string[]): Promise<void> {
  const session = await window.context().newCDPSession(window);
  const { x, y } = await window.evaluate(() => ({ x: innerWidth / 2, y: innerHeight / 2 }));
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  }
  await session.detach();
}
