import { DiagnosticError } from '../../base/index.js';
import { card, comment, figure, microseconds } from './deck-lines.js';
import {
  type AnalogSample,
  checkOptions,
  checkSamples,
  generateDefaults,
  type GenerateOptions,
} from './generate-options.js';
import { initialStates } from './initial-states.js';
import {
  feedbackCards,
  firstColumns,
  hiddenErrorCards,
  laterColumns,
  neuronCards,
  rowCards,
  rowDriverCards,
  synapseCards,
  targetCards,
} from './layer-cards.js';
import { type LayerNames, layerNames } from './layer-names.js';
import { libraryCards } from './library-cards.js';
import { type Phases, phaseSources, phasesOf } from './phases.js';
import { sampleSources } from './sample-sources.js';
import { stateSignal } from './state-signal.js';

export interface NetworkOptions extends GenerateOptions {
  /** Numbers of inputs, of rows of each hidden layer, and of outputs: 4, 4, 3. */
  readonly layers: readonly number[];
  /** One iteration each; the deck runs all of them, one after the other. */
  readonly samples: readonly AnalogSample[];
}

/** A deck, and what a program that drives it has to know. */
export interface GeneratedNetwork {
  readonly text: string;
  /** Sources of the inputs and targets, whose values may be set between two iterations. */
  readonly inputs: readonly string[];
  readonly targets: readonly string[];
  readonly layers: readonly LayerNames[];
  readonly phases: Phases;
}

/**
 * The deck of a network of 2T1M grids in training (Rosenthal et al., ISCAS 2016, figs. 3 and 6): one
 * iteration a sample, of read, inverted read (between layers) and write. Throws a `DiagnosticError`
 * for options that no deck can be made of.
 *
 * What a program sets from outside: the sources `inputs` (vx…) and `targets` (vd…), between two
 * iterations, where every phase is low and a jump does nothing; the states of the memristors by
 * `s0` of the synapses. Phases repeat by themselves.
 */
export function generateNetwork(
  wanted: Partial<NetworkOptions> & Pick<NetworkOptions, 'layers' | 'samples'>,
): GeneratedNetwork {
  const options: NetworkOptions = {
    ...generateDefaults,
    reading: wanted.layers.length > 2 ? 'n-channel' : generateDefaults.reading,
    ...wanted,
  };
  const { layers: sizes, samples } = options;
  const wrong = checkOptions(options, sizes);
  const problems =
    wrong.length > 0 ? wrong : checkSamples(samples, sizes[0], sizes[sizes.length - 1]);
  if (problems.length > 0) throw new DiagnosticError(problems);
  const layers = sizes
    .slice(1)
    .map((rows, k) => layerNames(k, sizes.length - 1, sizes[k] + (options.bias ? 1 : 0), rows));
  const phases = phasesOf(layers.length);
  const targets = layers[layers.length - 1].rows.map((_, n) => `d${n + 1}`);
  const text = [
    `Analog network ${sizes.join('-')} of 2T1M synapses, ${samples.length} iterations`,
    comment(headerOf(options, phases)),
    '',
    ...libraryCards(options, true),
    '',
    ...supplies(layers.length, options.bias),
    '',
    '* Phases of an iteration',
    ...phaseSources(phases, layers.length, options.reading),
    '',
    '* Inputs and targets, one value for each iteration',
    ...sampleSources(
      layers[0].inputs.slice(0, sizes[0]),
      samples.map((s) => s.inputs),
      phases,
    ),
    ...sampleSources(
      targets,
      samples.map((s) => s.targets),
      phases,
    ),
    ...layers.flatMap((names, k) => layerText(names, layers[k + 1], k, targets, options)),
    '',
    ...outputs(layers, samples.length * phases.period, options),
    '.end',
    '',
  ].join('\n');
  return {
    text,
    inputs: layers[0].inputs.slice(0, sizes[0]).map((name) => `v${name}`),
    targets: targets.map((name) => `v${name}`),
    layers,
    phases,
  };
}

function headerOf(
  { layers, periphery, transistors, bias }: NetworkOptions,
  phases: Phases,
): string {
  const round = periphery === 'ideal' ? 'behavioural sources' : 'transistors';
  const cards = transistors === 'bsim3' ? '180 nm BSIM3 cards' : 'level 1';
  const inverted = layers.length > 2 ? `, inverted read to ${microseconds(phases.inverted)}s` : '';
  return [
    'Rosenthal et al., "A fully analog memristor-based neural network with online gradient training",',
    `ISCAS 2016. Synapses of transistors (${cards}); what stands round the grids are ${round}.`,
    '',
    `An iteration takes ${microseconds(phases.period)}s: read to ${microseconds(phases.read)}s${inverted}, then write.`,
    'Set from outside between two iterations: v(x…), inputs [V]; v(d…), targets [V]. x<row>_<column>',
    `are the synapses${bias ? ' (the bias is the last column)' : ''}, @x….xmem.nmem[s] their states, r… what a row gives, y… its error.`,
  ].join('\n');
}

function supplies(layers: number, bias: boolean): string[] {
  return [
    '* Supplies: synapses and pulses, amplifiers, gates',
    'vp vp 0 {vdd}',
    'vn vn 0 {vee}',
    'vap ap 0 {vamp}',
    'van an 0 {-vamp}',
    'vdp dp 0 {vgate}',
    ...(bias ? ['vbias bias 0 {vbias}'] : []),
    ...(layers > 1 ? ['vone one 0 1', 'xbn one bn ap an current_reference'] : []),
  ];
}

function layerText(
  names: LayerNames,
  next: LayerNames | undefined,
  layer: number,
  targets: readonly string[],
  options: NetworkOptions,
): string[] {
  const { layers: sizes, bias, states, reading } = options;
  const several = sizes.length > 2;
  const biased = bias ? withBias(names) : names;
  return [
    '',
    `* ${several ? `Layer ${layer + 1}, ` : ''}${sizes[layer]} inputs, ${names.rows.length} rows: columns`,
    ...(layer === 0 ? firstColumns(biased, reading) : laterColumns(biased, reading)),
    '* Synapses',
    ...synapseCards(names, initialStates(states, layer, names), options),
    '* Rows',
    ...rowCards(names, 'zeroed'),
    ...(next ? [...neuronCards(names, next), ...hiddenErrorCards(names, next, reading)] : []),
    ...(next ? [] : targetCards(names, targets, 'zeroed')),
    ...(layer > 0 ? rowDriverCards(names, !next) : []),
    ...feedbackCards(names, next ? 'smi' : 'smp', layer > 0 ? 'ri' : 'rd', reading),
  ];
}

/** The last column has the constant input. */
function withBias(names: LayerNames): LayerNames {
  return { ...names, inputs: [...names.inputs.slice(0, -1), 'bias'] };
}

function outputs(layers: readonly LayerNames[], stop: number, options: GenerateOptions): string[] {
  const synapses = layers.flatMap((names) => names.synapses.flat());
  const states = synapses.map((synapse) => stateSignal(synapse, options));
  // Nodes are saved anyway.
  const further = options.memristor === 'team' ? states : [];
  const rows = layers.flatMap(({ enables, errors }) => [...enables, ...errors]);
  return [
    `.tran 10n ${figure(stop * 1e6)}u`,
    card(['.save all', ...further].join(' ')),
    card(
      `.print tran ${rows
        .slice(0, 8)
        .map((node) => `v(${node})`)
        .join(' ')} ${states.slice(0, 4).join(' ')}`,
    ),
  ];
}
