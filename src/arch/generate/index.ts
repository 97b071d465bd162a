export {
  array2t2rDefaults,
  type Array2t2rOptions,
  generateArray2t2r,
  type GeneratedArray2t2r,
} from './array-2t2r.js';
export {
  type AnalogSample,
  generateDefaults,
  type GenerateOptions,
  type InitialStates,
} from './generate-options.js';
export { type GeneratedGrid, generateGrid, type GridOptions } from './generate-grid.js';
export { type GeneratedNetwork, generateNetwork, type NetworkOptions } from './generate-network.js';
export type { LayerNames } from './layer-names.js';
export { inlineIncludes } from './library-cards.js';
export { type Phases, phasesOf } from './phases.js';
export type { Reading } from './reading.js';
export { stateSignal } from './state-signal.js';
