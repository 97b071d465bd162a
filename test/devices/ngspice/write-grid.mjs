// Writes the decks that sweep the devices of a grid over all biases in ngspice: terminal currents
// by dc, and susceptances between all terminals by ac.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** In Hz: capacitances show beside conductances, and series resistances beside both. */
const frequency = '10meg';

/** Writes `<name>.cir` and `<name>-ac.cir` into a folder. */
export function writeGrid(grid, folder) {
  const write = (name, lines) =>
    writeFileSync(join(folder, `${name}.cir`), lines.join('\n') + '\n');
  write(grid.name, deck(grid, 'terminal currents', dcLines(grid)));
  // Level 6 has no small signals in ngspice.
  if (grid.smallSignals !== false)
    write(`${grid.name}-ac`, deck(grid, 'susceptances between terminals', acLines(grid)));
}

function deck(grid, what, control) {
  const { title, terminals, devices, models, bias } = grid;
  return [
    `${title}: ${what}`,
    '* All devices hang on the same sources, each through ammeters.',
    '* Written, like the table, by `node test/devices/ngspice/regenerate.mjs` from grids.mjs.',
    ...terminals.map((t) => `v${t} ${t} 0 0`),
    ...devices.flatMap((device) => instance(device, terminals)),
    ...models.map((model) => `.model ${model}`),
    '.options gmin=1e-12 reltol=1e-9 abstol=1e-16 vntol=1e-12 itl1=2000',
    '.control',
    'set numdgt=9',
    'set wr_singlescale',
    'set wr_vecnames',
    'set appendwrite',
    ...terminals.flatMap((t) => [`foreach ${t} ${bias[t].join(' ')}`, `alter v${t} dc=$${t}`]),
    ...control,
    ...terminals.map(() => 'end'),
    'quit 0',
    '.endc',
    '.end',
  ];
}

/** A device behind ammeters: `q1 model area=2` becomes `q1 c_q1 b_q1 … model area=2`. */
function instance(device, terminals) {
  const [name, ...rest] = device.split(' ');
  return [
    ...terminals.map((t) => `v${t}_${name} ${t} ${t}_${name} 0`),
    [name, ...terminals.map((t) => `${t}_${name}`), ...rest].join(' '),
  ];
}

function ammeters({ devices, terminals }) {
  return devices.flatMap((device) => terminals.map((t) => `i(v${t}_${device.split(' ')[0]})`));
}

function dcLines(grid) {
  const [first] = grid.terminals;
  return [
    `dc v${first} $${first} $${first} 1`,
    `wrdata ${grid.name}.txt ${grid.terminals.join(' ')} ${ammeters(grid).join(' ')}`,
    'unset wr_vecnames',
  ];
}

/** One line for each terminal that is driven. */
function acLines(grid) {
  const vectors = ammeters(grid).map((i) => `imag(${i})`);
  const sources = grid.terminals.map((t) => `real(@v${t}[dc]) real(@v${t}[acmag])`);
  return grid.terminals.flatMap((t) => [
    `alter v${t} acmag=1`,
    `save all ${grid.terminals.map((s) => `@v${s}[dc] @v${s}[acmag]`).join(' ')}`,
    `ac lin 1 ${frequency} ${frequency}`,
    `wrdata ${grid.name}-ac.txt ${[...sources, ...vectors].join(' ')}`,
    'unset wr_vecnames',
    `alter v${t} acmag=0`,
  ]);
}
