/** Expressions over results. */
export { calculate, type CalculatorOptions, signalName } from './calculate.js';
export { isSpectral, type Spectra, spectraOf } from './spectra.js';
export { isPartFunction } from './parts.js';
