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
import { type GenerateOptions, inlineIncludes, type LayerNames } from '../generate/index.js';
import { card, figure } from '../generate/deck-lines.js';
import { layerNames } from '../generate/layer-names.js';
import {
  feedbackCards,
  laterColumns,
  rowCards,
  synapseCards,
  targetCards,
} from '../generate/layer-cards.js';
import { libraryCards } from '../generate/library-cards.js';
import { stateSignal } from '../generate/state-signal.js';
import type { Drive } from './iteration-drive.js';
import type { LayerSize } from './network-block.js';

export interface SteeredNetwork {
  /** A deck that stands for itself: libraries are written into it. */
  readonly text: string;
  readonly layers: readonly LayerNames[];
}

export interface SteeredNetworkOptions extends GenerateOptions {
  readonly sizes: readonly LayerSize[];
  /** Layer by layer, row by row, 0 (on) to 1 (off). */
  readonly initial: Float64Array;
  /** Which blocks are circuits of transistors. */
  readonly circuits: {
    /** From error to pulse. */
    readonly feedback: boolean;
    /** Amplifiers of rows, and d − r. */
    readonly subtraction: boolean;
    /** σ, 1 − σ², and what drives the rows of an inverted read. */
    readonly neuron: boolean;
  };
  /** Tables of a measured neuron (`neuronTable`), instead of tanh. */
  readonly neuronTables?: { readonly x: readonly number[]; readonly w: readonly number[] };
  readonly neuronGain: number;
  readonly neuronScale: number;
  readonly backward: number;
  /** Of the bias columns behind the first grid [V]. */
  readonly biasVoltage: number;
  /** Whether nodes have sources of thermal noise, `izrow1…`. */
  readonly noisy: boolean;
  /** Of the circuit [°C]; absent: that of the simulator, 27. */
  readonly temperature?: number;
  /** Values of table 1 that the experiment sets, as parameters of the deck. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly reltol: number;
  readonly maxStep: number;
  /** Lines of the sources from time 0, for a deck that runs by itself. */
  readonly drive?: Drive;
  /** Its end [s]. */
  readonly stop?: number;
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
    ...analysis(layers, options),
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
 * microseconds begins and ends: their edges, of tens of picoseconds, may err by 1 % of a supply and by
 * femtocoulombs, and a transistor rests within 0.3 mV. States of memristors keep their tolerances.
 */
const edgeOptions = '.options lvltol=10 chgtol=1p bypass=0.3 itl4=20';

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

/** Columns behind a neuron, and the bias, which has a constant input. */
function columnCards(names: LayerNames, { biasVoltage }: SteeredNetworkOptions): string[] {
  const bias = names.inputs[names.inputs.length - 1];
  return [`v${bias} ${bias} 0 ${figure(biasVoltage)}`, ...laterColumns(names)];
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

/** Row resistors, and r = a·v(row) where something in the deck takes it. */
function plainRows({ rows, outputs, prefix }: LayerNames, amplified: boolean): string[] {
  return rows.flatMap((row, n) => [
    `rout${prefix}${n + 1} ${row} 0 {rout}`,
    ...(amplified ? [`er${prefix}${n + 1} ${outputs[n]} 0 ${row} 0 {a}`] : []),
  ]);
}

/** h follows r while it is read, and is what the program keeps behind that. */
function neuronCards(
  names: LayerNames,
  next: LayerNames,
  { circuits, neuronTables, neuronGain, neuronScale, ...options }: SteeredNetworkOptions,
): string[] {
  return names.rows.flatMap((_, n) => {
    const own = `${names.prefix}${n + 1}`;
    const [r, kept] = [names.outputs[n], `h${own}`];
    const sigma = circuits.neuron
      ? [`xs${own} f${own} s${own} bn ap an sigmoid`, `xw${own} s${own} w${own} one ap an slope`]
      : [
          card(`bs${own} s${own} 0 v=${curve(`f${own}`, neuronGain, neuronTables?.x)}`),
          card(
            neuronTables
              ? `bw${own} w${own} 0 v=${curve(`f${own}`, neuronGain, neuronTables.w)}`
              : `bw${own} w${own} 0 v=1-v(s${own})*v(s${own})`,
          ),
        ];
    return [
      sourceCard(`v${kept}`, `${kept} 0`, '0', { ...options }),
      `bf${own} f${own} 0 v=v(${r})*v(track)+v(${kept})*(1-v(track))`,
      ...sigma,
      `ex${own} ${next.inputs[n]} 0 s${own} 0 ${figure(neuronScale)}`,
    ];
  });
}

function curve(node: string, gain: number, table: readonly number[] | undefined): string {
  if (!table) return `tanh(${figure(gain)}*v(${node}))`;
  // Blanks let a long line be broken.
  return `pwl(v(${node}), ${table.map(figure).join(', ')})`;
}

/** y = σ′·δ by an ideal multiplier, and its inverse where a feedback circuit asks for it. */
function hiddenErrors(
  names: LayerNames,
  next: LayerNames,
  { neuronGain, backward, circuits }: SteeredNetworkOptions,
): string[] {
  return names.rows.flatMap((_, n) => {
    const [y, yb] = [names.errors[n], names.inverseErrors[n]];
    const difference = `(v(${next.columns[n]})-v(${next.inverses[n]}))`;
    const factor = figure(neuronGain * backward);
    return [
      `b${y} ${y} 0 v=${factor}*v(w${names.prefix}${n + 1})*${difference}*v(inv)/vgate`,
      ...(circuits.feedback ? [`e${yb} ${yb} 0 ${y} 0 -1`] : []),
    ];
  });
}

/** y = d − r, where it is formed within the deck. */
function lastErrors(names: LayerNames, options: SteeredNetworkOptions): string[] {
  const { feedback, subtraction } = options.circuits;
  if (!feedback && !subtraction) return [];
  const targets = names.rows.map((_, n) => `d${n + 1}`);
  const external = targets.map((node) => source(node, '0', options));
  if (subtraction) return [...external, ...targetCards(names, targets)];
  return [
    ...external,
    ...names.rows.flatMap((_, n) => {
      const [d, r, y, yb] = [targets[n], names.outputs[n], names.errors[n], names.inverseErrors[n]];
      return [`b${y} ${y} 0 v=v(${d})-v(${r})`, `e${yb} ${yb} 0 ${y} 0 -1`];
    }),
  ];
}

/** In the inverted read rows have the errors: kept ones of the last layer, else as they come. */
function rowDrivers(names: LayerNames, last: boolean, options: SteeredNetworkOptions): string[] {
  return names.rows.flatMap((row, n) => {
    const own = `${names.prefix}${n + 1}`;
    const y = last ? `k${own}` : names.errors[n];
    const kept = last ? [sourceCard(`v${y}`, `${y} 0`, '0', options)] : [];
    if (options.circuits.neuron)
      return [...kept, `xq${own} ${y} ${row} inv ip in vp vn ap an row_driver`];
    // 1 ohm while inv is high.
    return [...kept, `bq${own} ${row} 0 i=(v(${row})-v(${y}))*v(inv)/vgate`];
  });
}

/** The meter of a pulse: 1 V where it has lasted for so long with +5 V [s]. */
export const meterTime = 2e-6;

/** What is left over of pulses formed by circuits: integrals of e while it writes, made 0 by a read. */
function meters({ enables, prefix }: LayerNames): string[] {
  const slope = figure(1e-12 / (5 * meterTime));
  return enables.flatMap((e, n) => {
    const own = `${prefix}${n + 1}`;
    return [
      `bq${own}m 0 q${own} i=(${slope}*v(${e})*v(wr)-10u*v(q${own})*v(rd))/vgate`,
      `cq${own}m q${own} 0 1p`,
      // For the operating point before the first read.
      `rq${own}m q${own} 0 1e12`,
    ];
  });
}

function source(node: string, rest: string, options: Pick<SteeredNetworkOptions, 'drive'>): string {
  return sourceCard(`v${node}`, `${node} 0`, rest, options);
}

/** Driven from outside, or by lines of its own. */
function sourceCard(
  name: string,
  nodes: string,
  rest: string,
  { drive }: Pick<SteeredNetworkOptions, 'drive'>,
): string {
  const points = drive?.get(name);
  if (!drive) return `${name} ${nodes} dc ${rest} external`;
  if (!points) return `${name} ${nodes} ${rest}`;
  const words = points.flatMap(([time, value]) => [exact(time), exact(value)]);
  return card(`${name} ${nodes} pwl(${words.join(' ')})`);
}

/** Twelve digits: edges of 10 ns are told apart after many milliseconds. */
function exact(value: number): string {
  return String(Number(value.toPrecision(12)));
}

function analysis(layers: readonly LayerNames[], options: SteeredNetworkOptions): string[] {
  const { stop, maxStep } = options;
  if (stop === undefined) return [];
  return [
    `.tran 10n ${exact(stop)} 0 ${exact(maxStep)}`,
    card(`.save ${shownOf(layers, options).join(' ')}`),
  ];
}

/** What is worth looking at: rows, enables, columns, errors, and states. */
export function shownOf(
  layers: readonly LayerNames[],
  options: Pick<SteeredNetworkOptions, 'memristor' | 'circuits'>,
): string[] {
  const { feedback, subtraction } = options.circuits;
  const last = layers.length - 1;
  const nodes = layers.flatMap(({ rows, enables, columns, errors }, k) => [
    ...rows,
    ...enables,
    ...columns,
    ...(k < last || feedback || subtraction ? errors : []),
  ]);
  const states = layers.flatMap(({ synapses }) => synapses.flat());
  return [
    ...nodes.map((node) => `v(${node})`),
    ...states.map((synapse) => stateSignal(synapse, options)),
  ];
}
