/**
 * The deck of a network whose phases, inputs and, where they are not formed by circuits, errors and
 * pulses are sources that a program drives (Rosenthal et al., ISCAS 2016, figs. 3 and 6). Sources by
 * layer (a single layer has no number): `vu1_1…`, `vub1_1…` columns of the first grid, `ve1_1…` enables,
 * `vrr` references. With hidden layers also `vrd`, `vwr`, `vinv` (0 and 2 V), `vin`, `vip` (gates of the
 * switches, ±5 V), `vtrack` (1: neurons follow their rows; 0: they have `vh1_1…`) and `vk2_1…`, the
 * errors that drive the rows of the last grid in the inverted read. `vd1…` are targets.
 *
 * A block is a subcircuit of the libraries at level `circuit`; else the same as behavioural sources.
 * Samples and holds are the program.
 */
import { inlineIncludes, type LayerNames } from '../generate/index.js';
import { card, figure } from '../generate/deck-lines.js';
import { layerNames } from '../generate/layer-names.js';
import { feedbackCards, rowCards, synapseCards } from '../generate/layer-cards.js';
import { libraryCards } from '../generate/library-cards.js';
import { deckAnalysis } from './deck-analysis.js';
import { source, sourceCard } from './driven-source.js';
import {
  columnCards,
  hiddenErrors,
  lastErrors,
  meters,
  neuronCards,
  plainRows,
  rowDrivers,
} from './peripheral-cards.js';
import type { SteeredNetworkOptions } from './steered-network-options.js';

export interface SteeredNetwork {
  /** A deck that stands for itself: libraries are written into it. */
  readonly text: string;
  readonly layers: readonly LayerNames[];
}

/** What `gsig` of neuron.lib makes of its factor 42.4: the gain 500. */
const neuronLibrary = { gain: 500, factor: 42.4 } as const;

/** @param read text of a file below the folder of circuits */
export function steeredNetwork(
  options: SteeredNetworkOptions,
  read: (path: string) => string,
): SteeredNetwork {
  const { sizes, circuits, temperature } = options;
  const layers = sizes.map(({ columns, rows }, k) => layerNames(k, sizes.length, columns, rows));
  const libraries = libraryCards({ ...options, periphery: 'ideal' }, false);
  const first = options.library === '' ? '' : `${options.library}/`;
  const peripheral = needsLibraries(options)
    ? ['amplifier.lib', 'neuron.lib', 'feedback.lib'].map((file) => `.include ${first}${file}`)
    : [];
  const size = sizes.map(({ columns, rows }) => `${rows} x ${columns}`).join(', ');
  const deck = [
    `Grids of ${size} 2T1M synapses, steered`,
    ...libraries.slice(0, 1),
    parameterCard(options),
    ...libraries.slice(1),
    ...peripheral,
    ...(circuits.neuron && options.neuronGain !== neuronLibrary.gain
      ? [gainCard(options.neuronGain)]
      : []),
    ...supplies(options),
    ...controls(options),
    ...layers.flatMap((names, k) => layerText(layers, names, k, options)),
    `.options reltol=${figure(options.reltol)}${temperature === undefined ? '' : ` temp=${figure(temperature)}`}`,
    ...(isAmplified(options) && options.memristor === 'team' ? [edgeOptions] : []),
    ...deckAnalysis(layers, options),
    '.end',
    '',
  ].join('\n');
  return { text: inlineIncludes(deck, read), layers };
}

/** Libraries beside those of a grid, below the folder of circuits. */
export const peripheralLibraries: readonly string[] = [
  'amplifier.lib',
  'neuron.lib',
  'feedback.lib',
].map((file) => `analog-network/${file}`);

function needsLibraries({ sizes, circuits }: SteeredNetworkOptions): boolean {
  return sizes.length > 1 || circuits.feedback || circuits.subtraction;
}

function parameterCard({ parameters }: SteeredNetworkOptions): string {
  const words = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return card(`.param ${words.join(' ')}`);
}

/** The last definition of a parameter counts. */
function gainCard(gain: number): string {
  const { gain: own, factor } = neuronLibrary;
  return `.param gsig=${figure((factor * gain) / own - 1)}`;
}

/**
 * What amplifiers and gates pass on is read where it has settled, or decides when a pulse of
 * microseconds begins and ends: their edges, of tens of picoseconds, may err by some per cent of a supply
 * and by 7 fC, a millivolt on the capacitors of 5 pF that hold errors, and a transistor rests within
 * 1 mV. States of memristors keep their tolerances. docs/cosimulation.md has what it does to pulses.
 */
const edgeOptions = '.options lvltol=50 chgtol=1p bypass=1 itl4=30';

function isAmplified({ circuits, sizes }: SteeredNetworkOptions): boolean {
  const { feedback, subtraction, neuron } = circuits;
  return feedback || subtraction || (neuron && sizes.length > 1);
}

function supplies(options: SteeredNetworkOptions): string[] {
  const { circuits, sizes } = options;
  const { feedback, neuron } = circuits;
  return [
    'vp vp 0 {vdd}',
    'vn vn 0 {vee}',
    ...(isAmplified(options) ? ['vap ap 0 {vamp}', 'van an 0 {-vamp}'] : []),
    ...(feedback ? ['vdp dp 0 {vgate}'] : []),
    ...(neuron && sizes.length > 1 ? ['vone one 0 1', 'xbn one bn ap an current_reference'] : []),
  ];
}

/** Sources of the phases; what nothing is connected to is left out. */
function controls(options: SteeredNetworkOptions): string[] {
  const { circuits, sizes } = options;
  const later = sizes.length > 1;
  const names = [
    'rr',
    ...(later ? ['rd', 'wr', 'inv', 'ip', 'in', 'track'] : []),
    ...(circuits.feedback ? ['saw', 'smp', ...(later ? ['ri', 'smi'] : ['rd', 'wr'])] : []),
  ];
  return names.map((name) => source(name, atRest(name), options));
}

/** Before the first iteration. */
function atRest(name: string): string {
  if (name === 'rr' || name === 'ip') return '{vdd}';
  if (name === 'in') return '{vee}';
  if (name === 'smp' || name === 'smi') return '{-vamp}';
  return '0';
}

function layerText(
  layers: readonly LayerNames[],
  names: LayerNames,
  k: number,
  options: SteeredNetworkOptions,
): string[] {
  const { circuits } = options;
  const next = layers.at(k + 1);
  const external = (nodes: readonly string[]): string[] =>
    nodes.map((node) => source(node, '0', options));
  return [
    `* Layer ${k + 1}`,
    ...(k === 0 ? external([...names.columns, ...names.inverses]) : columnCards(names, options)),
    ...synapseCards(names, initialOf(layers, k, options), options),
    ...(circuits.subtraction
      ? rowCards(names)
      : plainRows(names, layers.length > 1 || circuits.feedback)),
    ...(next ? neuronCards(names, next, options) : []),
    ...(next ? hiddenErrors(names, next, options) : lastErrors(names, options)),
    ...(k > 0 ? rowDrivers(names, next === undefined, options) : []),
    ...(circuits.feedback
      ? [...feedbackCards(names, next ? 'smi' : 'smp', k > 0 ? 'ri' : 'rd'), ...meters(names)]
      : external(names.enables)),
    ...(options.noisy ? noiseNodes(names, k).map((node) => noiseSource(node, options)) : []),
  ];
}

/** Nodes whose thermal noise is simulated: rows, and columns that the inverted read lets go. */
export function noiseNodes({ rows, columns, inverses }: LayerNames, layer: number): string[] {
  return layer === 0 ? [...rows] : [...rows, ...columns, ...inverses];
}

function noiseSource(node: string, options: SteeredNetworkOptions): string {
  return sourceCard(`iz${node}`, `0 ${node}`, '0', options);
}

function initialOf(
  layers: readonly LayerNames[],
  k: number,
  { initial }: SteeredNetworkOptions,
): number[][] {
  const count = ({ rows, columns }: LayerNames): number => rows.length * columns.length;
  const from = layers.slice(0, k).reduce((sum, names) => sum + count(names), 0);
  const { columns, rows } = layers[k];
  return rows.map((_, n) => columns.map((__, m) => initial[from + n * columns.length + m]));
}
