export { BinaryBlock } from './binary-block.js';
export * from './binary-network.js';
export * from './block-shape.js';
export * from './device-pairs.js';
export * from './packed-network.js';
export * from './patches.js';
export * from './sensed-pairs.js';
export * from './synapses.js';
