/** Expressions over results. */
export { calculate, type CalculatorOptions, signalName } from './calculate.js';
export { isPartFunction } from './parts.js';
