export * from './weak-reset/index.js';
