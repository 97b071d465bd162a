export { type BlockError } from './block-errors.js';
export {
  type Estimate,
  fidelityOf,
  type FidelityReport,
  type JudgedPrediction,
  type LevelRun,
} from './fidelity.js';
export { blockLevels, type Levels, readLevels } from './levels.js';
export { type Prediction, predictionInterval } from './prediction.js';
export { synapseCircuit } from './synapse-circuit.js';
export { trainerLevels } from './trainer-levels.js';
