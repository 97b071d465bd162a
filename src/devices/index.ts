export * from './catalog.js';
export * from './language/compiled.js';
export * from './language/model.js';
export * from './sources/source-waveform.js';
export * from './sources/time-functions.js';
