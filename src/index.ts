/**
 * OxSpice as a library: SPICE decks to waveforms, in Node and in browsers.
 *
 * The folders have more: `oxspice/netlist`, `oxspice/devices`, `oxspice/solver`,
 * `oxspice/waveform`, `oxspice/waveform/plot`, `oxspice/expression`, `oxspice/base`.
 */
export {
  measureAnalyses,
  openCircuit,
  simulate,
  simulateStream,
  type AnalysisResult,
  type OpenCircuit,
  type SimulateOptions,
  type SimulationEvent,
  type SimulationResult,
  type SteadyState,
  type SteerableTransient,
} from './solver/index.js';
export { parseNetlist, type ParsedNetlist, type ParseOptions } from './netlist/index.js';
export { type CatalogEntry, catalog, model, type ModelDefinition } from './devices/index.js';
export { type Column, Dataset, type Waveform } from './waveform/index.js';
export {
  type Diagnostic,
  DiagnosticError,
  hasErrors,
  renderDiagnostic,
  type Source,
} from './base/index.js';
