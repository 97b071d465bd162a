export { blockLevels, readLevels } from './levels.js';
export { synapseCircuit } from './synapse-circuit.js';
