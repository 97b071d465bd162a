import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's folder `circuits`, wherever below the package this file was bundled to. */
export function circuitsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (; folder !== dirname(folder); folder = dirname(folder)) {
    const circuits = join(folder, 'circuits');
    if (existsSync(join(circuits, 'analog-network', 'table-1.lib'))) return circuits;
  }
  throw new Error('the folder circuits of oxspice is not above its program');
}
