export * from './characterize/index.js';
export * from './weak-reset/index.js';
