// Writes the decks of grids.mjs and runs every deck of this folder through ngspice 39, which writes
// its table beside the deck. Words on the command line choose decks by a part of their names.
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import './generate-bsim3.mjs';
import { grids } from './grids.mjs';
import { writeGrid } from './write-grid.mjs';

const folder = import.meta.dirname;
const words = process.argv.slice(2);
const chosen = (name) => words.length === 0 || words.some((word) => name.includes(word));
for (const grid of grids) if (chosen(grid.name)) writeGrid(grid, folder);
const decks = readdirSync(folder).filter((name) => name.endsWith('.cir') && chosen(name));
// Several sweeps of one deck append to its tables.
for (const deck of decks) {
  for (const table of ['.txt', '-ac.txt']) {
    rmSync(join(folder, deck.replace('.cir', table)), { force: true });
  }
}
for (const deck of decks) {
  execFileSync('ngspice', ['-b', deck], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    // Where it finds no operating point it may go on for ever.
    timeout: 120_000,
  });
}
