/**
 * The deck of a grid of 2T1M synapses whose columns and enables are sources that a program drives
 * (Rosenthal et al., ISCAS 2016, fig. 3): `vu1…`, `vub1…` (columns and inverses), `ve1…` (enables),
 * `vrr` (references: −5 V subtracts, +5 V does not). Transistors, memristors, shock capacitors,
 * references with their switches and output resistors are those of generated decks.
 */
import { type Diagnostic, DiagnosticError } from '../../base/index.js';
import { type GenerateOptions, inlineIncludes, type LayerNames } from '../generate/index.js';
import { layerNames } from '../generate/layer-names.js';
import { synapseCards } from '../generate/layer-cards.js';
import { libraryCards } from '../generate/library-cards.js';
import { figure } from '../generate/deck-lines.js';
import { deckAnalysis } from './deck-analysis.js';
import { source } from './driven-source.js';
import type { Drive } from './iteration-drive.js';

export interface SteeredGrid {
  /** A deck that stands for itself: libraries are written into it. */
  readonly text: string;
  readonly names: LayerNames;
}

/** Files that the deck is made of, below the folder of circuits. */
export function gridLibraries(transistors: GenerateOptions['transistors']): readonly string[] {
  const level = transistors === 'level1' ? ['transistors-level1.lib'] : ['transistors.lib'];
  const own = [
    'table-1.lib',
    ...level,
    'memristor.lib',
    'memristor-behavioural.lib',
    'synapse.lib',
  ];
  const models = transistors === 'level1' ? [] : ['models/cmos-180nm.lib'];
  return [...own.map((file) => `analog-network/${file}`), ...models];
}

export interface SteeredGridOptions extends GenerateOptions {
  /** With the bias, if there is one. */
  readonly columns: number;
  readonly rows: number;
  /** Rows by columns, 0 (on) to 1 (off). */
  readonly initial: readonly (readonly number[])[];
  /** From a row to ground, and what is subtracted from each synapse [Ω]. */
  readonly rout: number;
  readonly rref: number;
  /** Of the memristors: bounds [Ω], speed [m/s], threshold [A], exponent, thickness [m]. */
  readonly ron: number;
  readonly roff: number;
  readonly k: number;
  readonly threshold: number;
  readonly alpha: number;
  readonly thickness: number;
  /** Relative tolerance of the transient. */
  readonly reltol: number;
  readonly maxStep: number;
  /** Lines of the sources from time 0, for a deck that runs by itself. */
  readonly drive?: Drive;
  /** Its end [s]. */
  readonly stop?: number;
}

/** What the blocks that simulate the deck ask of the settings. */
export interface GridCircuitSettings {
  readonly a: number;
  /** Lengths of the phases [s]. */
  readonly readTime: number;
  readonly writeTime: number;
  /** Largest step of transients [s]. */
  readonly maxStep: number;
}

/** What could be started. @throws DiagnosticError with the reasons where it is absent */
export function demanded<T>(started: T | undefined, diagnostics: readonly Diagnostic[]): T {
  if (started === undefined) throw new DiagnosticError(diagnostics);
  return started;
}

/** @param read text of a file below the folder of circuits */
export function steeredGrid(
  options: SteeredGridOptions,
  read: (path: string) => string,
): SteeredGrid {
  const { columns, rows, initial } = options;
  const names = layerNames(0, 1, columns, rows);
  const libraries = libraryCards(options, false);
  const deck = [
    `Grid of ${rows} rows and ${columns} columns of 2T1M synapses, steered`,
    ...libraries.slice(0, 1),
    ...parameters(options),
    ...libraries.slice(1),
    'vp vp 0 {vdd}',
    'vn vn 0 {vee}',
    source('rr', '{vdd}', options),
    ...[...names.columns, ...names.inverses, ...names.enables].map((node) =>
      source(node, '0', options),
    ),
    ...synapseCards(names, initial, options),
    ...names.rows.map((row, n) => `rout${n + 1} ${row} 0 {rout}`),
    `.options reltol=${figure(options.reltol)}`,
    ...deckAnalysis([names], { ...options, circuits: { feedback: false, subtraction: false } }),
    '.end',
    '',
  ].join('\n');
  return { text: inlineIncludes(deck, read), names };
}

/** Settings of the experiment take the place of those of table 1. */
function parameters(options: SteeredGridOptions): string[] {
  const { rout, rref, ron, roff, k, threshold, alpha, thickness } = options;
  const own = { rout, rref, ron, roff, kon: -k, koff: k, ion: -threshold, ioff: threshold };
  const all = { ...own, alphaon: alpha, alphaoff: alpha, xon: 0, xoff: thickness };
  const words = Object.entries(all).map(([name, value]) => `${name}=${value}`);
  return [`.param ${words.join(' ')}`];
}
