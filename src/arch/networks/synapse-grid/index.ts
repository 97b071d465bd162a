export * from './characteristic-synapse.js';
export * from './grid-network.js';
export * from './grid-parameters.js';
export * from './synapse-grid.js';
export * from './synapse-model.js';
export * from './team-synapse.js';
