export * from './matrix-kernels.js';
