import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where what one run worked out is kept for the next: `OXSPICE_CACHE`, or the place that the system
 * has for such things. Undefined if `OXSPICE_CACHE` is `off`: nothing is kept then.
 */
export function cacheFolder(
  env: Environment = process.env,
  platform: string = process.platform,
): string | undefined {
  const { OXSPICE_CACHE: own, XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = env;
  if (own === 'off') return undefined;
  if (own) return own;
  if (platform === 'win32' && local) return join(local, 'oxspice', 'cache');
  if (xdg) return join(xdg, 'oxspice');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'oxspice');
  return join(homedir(), '.cache', 'oxspice');
}
