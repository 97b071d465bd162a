export * from './read-specification.js';
