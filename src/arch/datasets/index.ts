export * from './balanced-split.js';
export * from './labelled-data.js';
export * from './preprocess.js';
export * from './read-cifar.js';
export * from './read-csv.js';
export * from './read-idx.js';
export * from './shuffle.js';
export * from './stratified-order.js';
