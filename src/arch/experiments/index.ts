export * from './training-experiment.js';
