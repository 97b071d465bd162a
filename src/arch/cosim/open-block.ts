/** What is trained: a single grid, or a network of several or with circuits around its grids. */
import { boltzmann } from '../../base/index.js';
import { drawStreams, normalDraw, uniformDraw } from '../trainers/draws.js';
import type { World } from '../trainers/trainer.js';
import { CircuitGrid } from './circuit-grid.js';
import type { CosimSettings } from './cosim-settings.js';
import type { GridBlock } from './grid-block.js';
import { GridNetwork, type RowNoise } from './grid-network.js';
import { isNetwork } from './level-problems.js';
import type { LayerSize, NetworkBlock } from './network-block.js';
import { type DeckChanges, gridDeck, openGrid } from './open-grid.js';
import { networkDeck, openNetwork } from './open-network.js';

/** Puts something around a single grid. */
export type AroundGrid = (grid: GridBlock, size: LayerSize) => GridBlock;

/**
 * The block of the settings with its grids at a level, in its first states.
 *
 * @throws DiagnosticError for a level that lacks something, or a deck that cannot be opened
 */
export function openBlock(
  level: CosimSettings['grid'],
  sizes: readonly LayerSize[],
  settings: CosimSettings,
  world: World,
  seed: number,
  around: AroundGrid = (grid) => grid,
): NetworkBlock {
  const states = firstStates(sizes, settings.spread, seed);
  if (isNetwork(settings)) {
    const network = openNetwork(level, sizes, settings, world, seed);
    network.setStates(states);
    return network;
  }
  const [size] = sizes;
  const grid = around(openGrid(level, size, settings, world), size);
  // Decks have 0.5, and what is set from outside begins integration anew.
  if (settings.spread > 0) grid.setStates(states);
  const circuit = grid instanceof CircuitGrid ? grid : undefined;
  return new GridNetwork(grid, circuit, rowNoise(settings, seed));
}

/** Writes decks of the block. */
export function deckOf(
  sizes: readonly LayerSize[],
  settings: CosimSettings,
  world: World,
): (changes: DeckChanges) => string {
  if (!isNetwork(settings)) return (changes) => gridDeck(sizes[0], settings, world, changes).text;
  const noisy = settings.noiseTemperature !== undefined;
  return (changes) => networkDeck(sizes, settings, world, { ...changes, noisy }).text;
}

/** Columns with the bias. */
export function sizesOf(features: number, hidden: readonly number[], classes: number): LayerSize[] {
  const all = [features, ...hidden, classes];
  return all.slice(1).map((rows, k) => ({ columns: all[k] + 1, rows }));
}

/** As `synapse-grid` draws them. */
export function firstStates(
  sizes: readonly LayerSize[],
  spread: number,
  seed: number,
): Float64Array {
  return Float64Array.from(
    sizes.flatMap(({ columns, rows }, layer) =>
      Array.from({ length: columns * rows }, (_, k) => {
        const draw = uniformDraw(seed, drawStreams.initial, layer, k);
        return 0.5 + spread * (2 * draw - 1);
      }),
    ),
  );
}

/** Thermal noise of rout, amplified as the signal is, on what equations read. */
function rowNoise(settings: CosimSettings, seed: number): RowNoise | undefined {
  const { a, rout, noiseTemperature = -273.15, noiseBandwidth } = settings;
  const kelvin = noiseTemperature + 273.15;
  const thermal = a * Math.sqrt(4 * boltzmann * kelvin * rout * noiseBandwidth);
  if (thermal === 0) return undefined;
  return (number, outputs) => {
    for (let n = 0; n < outputs.length; n++)
      outputs[n] += thermal * normalDraw(seed, drawStreams.thermalNoise, number, n);
  };
}
