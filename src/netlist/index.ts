export * from './ast.js';
export * from './circuit.js';
export { type RunKey } from './draws.js';
export { type ExpandOptions } from './expand.js';
export { type SourceReader } from './parse-deck.js';
export * from './parse-netlist.js';
export * from './print-netlist.js';
