import { userInfo } from 'node:os';
import { z } from 'zod';
import type { DbClient } from '../../db/client.ts';
import type { Settings } from '../../preload/contract/views.ts';
import { ok, type Result } from '../core/result.ts';

const KEY = 'settings';

const Stored = z.strictObject({
  responder: z.string(),
  theme: z.enum(['system', 'dark', 'light']),
  clock: z.enum(['utc', 'local']),
  singleKeys: z.boolean(),
});

const DEFAULTS: Settings = { responder: '', theme: 'system', clock: 'utc', singleKeys: true };

/** What the user has set; defaults where nothing, or nothing readable, was stored. */
export async function readSettings(db: DbClient): Promise<Result<Settings>> {
  const stored = await db.call('getSetting', { key: KEY });
  if (!stored.ok) return stored;
  const parsed = Stored.safeParse(stored.value);
  return ok(parsed.success ? parsed.data : DEFAULTS);
}

export async function saveSettings(db: DbClient, settings: Settings): Promise<Result<Settings>> {
  const saved = await db.call('setSetting', { key: KEY, value: { ...settings } });
  return saved.ok ? ok(settings) : saved;
}

/** Who acts: the responder's name as set, else the name the operating system knows the user by. */
export async function actingResponder(db: DbClient): Promise<string> {
  const settings = await readSettings(db);
  const named = settings.ok ? settings.value.responder.trim() : '';
  return named === '' ? userInfo().username : named;
}
