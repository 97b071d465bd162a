export * from './boltzmann-machine.js';
export * from './characteristic-neuron.js';
export * from './eight-device-code.js';
export * from './fine-tuning.js';
export * from './learnt-array.js';
export * from './neuron.js';
export * from './uniform-numbers.js';
