import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Where the app keeps its data for this user: the same folder that its window uses. */
export function defaultDataFolder(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  if (platform === 'win32')
    return path.join(env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'), 'Demarc');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Demarc');
  const configured = env['XDG_CONFIG_HOME'];
  return path.join(
    configured === undefined || configured === '' ? path.join(home, '.config') : configured,
    'Demarc',
  );
}

/**
 * The app's own `resources/`: two folders above this program, in a checkout and in its build alike, or where the
 * packaged app keeps them.
 */
export function resourcesFolder(): string {
  const beside = path.resolve(import.meta.dirname, '../../resources');
  if (existsSync(path.join(beside, 'playbooks'))) return beside;
  return 'resourcesPath' in process ? String(process.resourcesPath) : beside;
}
