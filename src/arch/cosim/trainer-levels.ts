import { amplifierLevels } from './amplifiers/amplifier-levels.js';
import { blockLevels, type Levels } from './levels.js';
import { neuronLevels } from './neurons/neuron-levels.js';

/** Blocks and levels of each trainer that has circuits in its loop, by its name. */
export const trainerLevels: Readonly<Record<string, Levels>> = {
  'synapse-circuit': blockLevels,
  'neuron-circuit': neuronLevels,
  'amplifier-circuit': amplifierLevels,
};
