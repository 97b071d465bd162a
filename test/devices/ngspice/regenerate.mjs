// Runs every deck of this folder through ngspice 39, which writes its table beside the deck.
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;
for (const deck of readdirSync(folder).filter((name) => name.endsWith('.cir'))) {
  // Several sweeps of one deck append to its table.
  rmSync(join(folder, deck.replace('.cir', '.txt')), { force: true });
  execFileSync('ngspice', ['-b', deck], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}
