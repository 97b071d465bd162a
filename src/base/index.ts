export * from './constants.js';
export * from './diagnostic.js';
export * from './normal-law.js';
export * from './parameters.js';
export * from './quantity.js';
export * from './random.js';
export * from './sha256.js';
export * from './source.js';
