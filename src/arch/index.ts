export * from './characterize/index.js';
export * from './cosim/index.js';
export * from './datasets/index.js';
export * from './experiments/index.js';
export * from './generate/index.js';
export * from './trainers/index.js';
export * from './weak-reset/index.js';
