import { card } from '../generate/deck-lines.js';
import type { GenerateOptions, LayerNames } from '../generate/index.js';
import { stateSignal } from '../generate/state-signal.js';
import { exact } from './driven-source.js';
import type { CircuitBlocks } from './steered-network-options.js';

interface AnalysisOptions extends Pick<GenerateOptions, 'memristor'> {
  readonly circuits: Omit<CircuitBlocks, 'neuron'>;
  /** Largest step, and the end [s]. */
  readonly maxStep: number;
  readonly stop?: number;
}

/** The end of a deck that runs by itself; nothing for one that is steered. */
export function deckAnalysis(layers: readonly LayerNames[], options: AnalysisOptions): string[] {
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
  options: Pick<AnalysisOptions, 'memristor' | 'circuits'>,
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
