export * from './confusion.js';
export * from './list.js';
export * from './split-samples.js';
export * from './trainer.js';
export * from './training-figure.js';
