import { DiagnosticError, error } from '../../base/index.js';
import { openCircuit } from '../../solver/index.js';
import { generateDefaults } from '../generate/index.js';
import {
  characteristicSynapse,
  type SynapseModel,
  teamSynapse,
} from '../networks/synapse-grid/index.js';
import type { World } from '../trainers/trainer.js';
import { CircuitGrid } from './circuit-grid.js';
import type { CosimSettings } from './cosim-settings.js';
import { EquationGrid, type GridBlock } from './grid-block.js';
import type { Drive } from './iteration-drive.js';
import type { LayerSize } from './network-block.js';
import { QuasiStaticGrid } from './quasi-static-grid.js';
import { demanded, type SteeredGrid, steeredGrid } from './steered-grid.js';

/**
 * The grid at a level.
 *
 * @throws DiagnosticError for a level that lacks something, or a deck that cannot be opened
 */
export function openGrid(
  level: CosimSettings['grid'],
  size: LayerSize,
  settings: CosimSettings,
  world: World,
): GridBlock {
  if (level === 'ideal')
    return new EquationGrid(size.columns, size.rows, settings, teamSynapse(settings));
  if (level === 'characteristic')
    return new EquationGrid(size.columns, size.rows, settings, synapseOf(settings, world));
  const deck = gridDeck(size, settings, world);
  const opened = openCircuit(deck.text);
  const circuit = demanded(opened.circuit, opened.diagnostics);
  if (level === 'quasi-static') return new QuasiStaticGrid(deck, circuit, settings);
  // Failed samples do not count; the last of all ends on the plan's end.
  const stop = settings.samples * (settings.readTime + settings.writeTime);
  return new CircuitGrid(deck, circuit, settings, 1.001 * stop);
}

export function synapseOf({ synapse, rref }: CosimSettings, world: World): SynapseModel {
  if (synapse === undefined)
    throw new DiagnosticError([
      error('A462', "a grid at level 'characteristic' needs characteristics", undefined, {
        help: ["say which: 'synapse': { 'read': …, 'write': … }"],
      }),
    ]);
  const { read, write } = synapse;
  return characteristicSynapse(world.characteristic(read), world.characteristic(write), rref);
}

export interface DeckChanges {
  /** At the start, row by row; by default 0.5. */
  readonly states?: Float64Array;
  readonly drive?: Drive;
  readonly memristor?: 'team' | 'behavioural';
  /** End of a `.tran`; without it the deck has none [s]. */
  readonly stop?: number;
}

/** The deck of a grid of the settings. */
export function gridDeck(
  { columns, rows }: LayerSize,
  settings: CosimSettings,
  world: World,
  { states, ...changes }: DeckChanges = {},
): SteeredGrid {
  if (!world.circuit)
    throw new DiagnosticError([error('A463', 'there are no circuits here to build a grid from')]);
  const initial = Array.from({ length: rows }, (_, n) =>
    Array.from({ length: columns }, (__, m) => states?.[n * columns + m] ?? 0.5),
  );
  const { transistors, length, shock } = settings;
  const own = { ...generateDefaults, transistors, length, shock, library: 'analog-network' };
  const { rout, rref, ron, roff, k, threshold, alpha, thickness, reltol, maxStep } = settings;
  const values = { rout, rref, ron, roff, k, threshold, alpha, thickness, reltol, maxStep };
  return steeredGrid({ ...own, ...values, columns, rows, initial, ...changes }, (path) =>
    world.circuit!(path),
  );
}
