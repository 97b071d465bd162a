export * from './perceptron.js';
