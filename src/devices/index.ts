export * from './catalog.js';
export * from './language/compiled.js';
export * from './language/model.js';
export * from './sources/source-waveform.js';
export * from './sources/time-functions.js';
export { compileModel, equationsOf, structureOf, type Structure } from './language/compile.js';
export { lintModel } from './language/check-model.js';
export * from './language/interpret.js';
export { printEquations } from './language/print-equations.js';
