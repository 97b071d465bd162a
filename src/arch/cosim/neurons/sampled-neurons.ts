/**
 * Hidden units of a deep network with circuits among them: sums go through the normalization block and
 * a stochastic neuron. For a part of the decisions, drawn by the seed, blocks at the level `circuit`
 * are simulated; all others take their characteristics, which are refined where the circuits disagree.
 */
import type { Diagnostic } from '../../../base/index.js';
import type { DrawPlace, HiddenDecisions, Neuron } from '../../networks/deep/index.js';
import { oxramNeuron } from '../../networks/deep/index.js';
import { uniformDraw } from '../../trainers/draws.js';
import { cosimStreams } from '../cosim-draws.js';
import { DecisionTable } from './decision-table.js';
import type { DecidingCircuit } from './neuron-circuit.js';
import type { NeuronCircuitSettings } from './neuron-levels.js';
import type { MeasuringCircuit } from './normalization-circuit.js';
import { ResponseTable } from './response-table.js';

/** The law of an ideal neuron: threshold at half of the swing, spread of ln V as in `deep-network`. */
const ideal = oxramNeuron(1, 0.5, 0.4);

export interface NeuronCircuits {
  readonly neuron?: DecidingCircuit | undefined;
  readonly normalization?: MeasuringCircuit | undefined;
}

interface Counts {
  /** Decisions of sampled units, and those that could not be simulated. */
  sampled: number;
  failed: number;
  /** Cycles and samples of circuits that refined characteristics. */
  refining: number;
}

interface Saved {
  readonly circuit: unknown;
  readonly table: unknown;
  readonly curve: unknown;
  readonly counts: Counts;
}

export class SampledNeurons implements HiddenDecisions, Neuron {
  readonly counts: Counts = { sampled: 0, failed: 0, refining: 0 };
  /** Over currents [A]. */
  readonly table: DecisionTable | undefined;
  /** Sums over sums. */
  readonly curve: ResponseTable | undefined;
  /** Output of the block for a signal, at zero and for small ones [V, V/V]. */
  readonly #zero: number = 0;
  readonly #slope: number = 1;
  readonly #settings: NeuronCircuitSettings;
  readonly #circuits: NeuronCircuits;
  readonly #seed: number;
  #problem: Diagnostic | undefined;

  /**
   * Asks the circuits for their characteristics.
   *
   * @param circuits those of blocks that are not ideal
   * @param fail is told why a characteristic cannot be had; does not return
   */
  constructor(
    own: NeuronCircuitSettings,
    circuits: NeuronCircuits,
    seed: number,
    fail: (problem: Diagnostic) => never,
  ) {
    this.#settings = own;
    this.#circuits = circuits;
    this.#seed = seed;
    const demanded = <T extends number | boolean>(answer: T | Diagnostic): T =>
      typeof answer === 'object' ? fail(answer) : answer;
    const { neuron, normalization } = circuits;
    if (neuron) {
      const knots = own.knots.map((sum) => this.#currentOf(sum));
      this.table = new DecisionTable(
        knots.map((input) => ({
          input,
          ...countFired(own.cycles, () => demanded(neuron.decide(input))),
        })),
        own.neuronTolerance,
      );
    }
    if (normalization) {
      // So small a signal that the block is linear, as a sum.
      const small = 0.1 * own.normalizationUnit;
      const [low, zero, high] = [-small, 0, small].map((v) => demanded(normalization.measure(v)));
      this.#zero = zero;
      this.#slope = (high - low) / (2 * small);
      const knots = own.normalizationKnots.map((input) => ({
        input,
        output: this.#sumOf(demanded(normalization.measure(input * own.normalizationUnit))),
      }));
      this.curve = new ResponseTable(knots, own.normalizationTolerance);
    }
  }

  /** Of the block for small signals [V/V]. */
  get blockGain(): number {
    return this.#slope;
  }

  #currentOf(sum: number): number {
    const { zeroCurrent, unitCurrent } = this.#settings;
    return zeroCurrent + unitCurrent * sum;
  }

  /** Voltage at the output of the block to a sum. */
  #sumOf(voltage: number): number {
    const { normalizationGain, normalizationUnit } = this.#settings;
    return (normalizationGain * (voltage - this.#zero)) / (this.#slope * normalizationUnit);
  }

  probability(sum: number): number {
    return this.#fires(this.#normalized(sum));
  }

  #normalized(sum: number): number {
    return this.curve ? this.curve.value(sum) : this.#settings.normalizationGain * sum;
  }

  #fires(sum: number): number {
    return this.table ? this.table.probability(this.#currentOf(sum)) : ideal.probability(sum);
  }

  decide(
    states: Float32Array,
    count: number,
    { stream, round }: DrawPlace,
    sumOf: (index: number) => number,
  ): void {
    const { sampled, neuron, normalization } = this.#settings;
    if (neuron !== 'circuit' && normalization !== 'circuit') return;
    for (let index = 0; index < count; index++) {
      const draw = uniformDraw(this.#seed, cosimStreams.sampled + 16 * stream, index, round);
      if (draw >= sampled) continue;
      // What is left of the draw is uniform too.
      const fired = this.#simulate(sumOf(index), draw / sampled);
      if (fired === undefined) this.counts.failed++;
      else states[index] = fired ? 1 : 0;
      this.counts.sampled++;
    }
  }

  #simulate(sum: number, draw: number): boolean | undefined {
    const normalized = this.#sample(sum);
    if (normalized === undefined) return undefined;
    const circuit = this.#settings.neuron === 'circuit' ? this.#circuits.neuron : undefined;
    if (!circuit) return draw < this.#fires(normalized);
    const current = this.#currentOf(normalized);
    const fired = circuit.decide(current);
    if (typeof fired === 'object') return void (this.#problem = fired);
    this.table?.observe(current, fired);
    return fired;
  }

  #sample(sum: number): number | undefined {
    const { normalization, normalizationUnit } = this.#settings;
    const circuit = normalization === 'circuit' ? this.#circuits.normalization : undefined;
    if (!circuit) return this.#normalized(sum);
    const voltage = circuit.measure(sum * normalizationUnit);
    if (typeof voltage === 'object') return void (this.#problem = voltage);
    const output = this.#sumOf(voltage);
    if (this.curve?.observe(sum, output)) this.counts.refining++;
    return output;
  }

  /** Puts knots where the neuron's circuit disagrees with its table. Returns whether there are new ones. */
  refine(): boolean {
    const { cycles, mostKnots } = this.#settings;
    const circuit = this.#circuits.neuron;
    const { table } = this;
    if (!table || !circuit) return false;
    const missing = table.disagreements().slice(0, mostKnots - table.knots.length);
    for (const { input, ...seen } of missing) {
      const counted = countFired(cycles, () => {
        const fired = circuit.decide(input);
        if (typeof fired === 'object') this.#problem = fired;
        return fired === true;
      });
      const all = { fired: seen.fired + counted.fired, cycles: seen.cycles + counted.cycles };
      table.insert({ input, ...all });
      this.counts.refining += cycles;
    }
    return missing.length > 0;
  }

  /** Why circuits could not be simulated since this was asked last, the last reason of all. */
  takeProblem(): Diagnostic | undefined {
    const problem = this.#problem;
    this.#problem = undefined;
    return problem;
  }

  save(): unknown {
    return {
      circuit: this.#circuits.neuron?.save(),
      table: this.table?.save(),
      curve: this.curve?.save(),
      counts: { ...this.counts },
    } satisfies Saved;
  }

  restore(state: unknown): void {
    const { circuit, table, curve, counts } = state as Saved;
    this.#circuits.neuron?.restore(circuit);
    this.table?.restore(table);
    this.curve?.restore(curve);
    Object.assign(this.counts, counts);
  }
}

function countFired(cycles: number, fires: () => boolean): { fired: number; cycles: number } {
  let fired = 0;
  for (let k = 0; k < cycles; k++) if (fires()) fired++;
  return { fired, cycles };
}
