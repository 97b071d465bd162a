export { type BlockError } from './block-errors.js';
export { type Estimate, fidelityOf, type FidelityReport, type LevelRun } from './fidelity.js';
export { blockLevels, readLevels } from './levels.js';
export { synapseCircuit } from './synapse-circuit.js';
