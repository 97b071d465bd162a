/**
 * A precharge sense amplifier as a circuit (Majumdar et al., IEEE TED 68(10), 4925, 2021, fig. 7(b)):
 * `circuits/weak-reset-network/sense-amplifier.characterize.sp` with transistors that do not match,
 * which are others for each run. It reads pair after pair from the same precharged state.
 */
import type { Diagnostic } from '../../../base/index.js';
import type { SteerableTransient, SteeringCheckpoint } from '../../../solver/index.js';
import type { World } from '../../trainers/trainer.js';
import { openDeckOf } from '../circuit-deck.js';
import { demanded } from '../steered-grid.js';

const deck = 'weak-reset-network/sense-amplifier.characterize.sp';
/** What it is made of, below the folder of circuits. */
export const amplifierFiles = [
  deck,
  'weak-reset-network/sense-amplifier.lib',
  ...['models/matched-130nm.lib', 'models/cmos-130nm.lib'],
];

/** Precharged until then, and decided by then [s]. */
const precharged = 0.9e-9;
const decided = 4e-9;
/** Half of the supply [V]. */
const level = 0.6;
/** Offsets are looked for between these logarithms of a ratio, in halves of halves. */
const widest = 0.4;
const halvings = 12;

/** Somebody who reads pairs of resistances. */
export interface ReadingCircuit {
  /** Whether the first resistance is taken for the larger one: a weight of +1. */
  read(logRatio: number, resistance: number): boolean | Diagnostic;
}

export class AmplifierCircuit implements ReadingCircuit {
  readonly #transient: SteerableTransient;
  readonly #before: SteeringCheckpoint;
  readonly #output: () => number;

  /**
   * @param run its transistors are those of this run of a Monte Carlo
   * @throws DiagnosticError if the deck cannot be simulated
   */
  constructor(world: World, seed: number, run: number) {
    const circuit = openDeckOf(world, deck, { parameters: { mismatch: 1 }, seed, run });
    const started = circuit.transient({ stop: 5e-9, step: 10e-12, maxStep: 0.1e-9 });
    this.#transient = demanded(started.transient, started.diagnostics);
    this.#output = this.#transient.probe('v(q)');
    const problem = this.#transient.advanceTo(precharged);
    demanded(problem ? undefined : true, problem ? [problem] : []);
    this.#before = this.#transient.checkpoint();
  }

  /** @param resistance geometric mean of both [Ω] */
  read(logRatio: number, resistance: number): boolean | Diagnostic {
    this.#transient.restore(this.#before);
    this.#transient.setParameter('r1', 'r', resistance * Math.exp(logRatio / 2));
    this.#transient.setParameter('rb', 'r', resistance * Math.exp(-logRatio / 2));
    return this.#transient.advanceTo(decided) ?? this.#output() > level;
  }
}

/** The logarithm of a ratio from which on a circuit reads +1, or why it cannot be found. */
export function offsetOf(circuit: ReadingCircuit, resistance: number): number | Diagnostic {
  let [low, high] = [-widest, widest];
  for (let k = 0; k < halvings; k++) {
    const middle = (low + high) / 2;
    const reads = circuit.read(middle, resistance);
    if (typeof reads === 'object') return reads;
    if (reads) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}
