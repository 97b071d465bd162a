/**
 * The stochastic neuron of the OxRAM network as a circuit that decides (Parmar and Suri, section
 * III-B): `circuits/oxram-network/stochastic-neuron.characterize.sp`, whose sources repeat a cycle. In
 * each cycle the OxRAM is switched on and off again, which draws another threshold, and the comparator
 * decides for the current that is set.
 */
import type { Diagnostic } from '../../../base/index.js';
import type { SteerableTransient, SteeringCheckpoint } from '../../../solver/index.js';
import type { World } from '../../trainers/trainer.js';
import { openDeckOf } from '../circuit-deck.js';
import { demanded } from '../steered-grid.js';

const deck = 'oxram-network/stochastic-neuron.characterize.sp';
/** What it is made of, below the folder of circuits. */
export const neuronFiles = [
  deck,
  ...['oxram', 'gates', 'sigmoid', 'normalization', 'neuron'].map(
    (name) => `oxram-network/${name}.lib`,
  ),
  ...['models/matched-90nm.lib', 'models/cmos-90nm.lib'],
];

/** Of a cycle [s]; the comparator has decided, and is read, so long after its start. */
const cycle = 250e-9;
const decided = 195e-9;
/** Output of the comparator above which the neuron has fired [V]: half of the supply. */
const level = 0.6;
/** 4e6 cycles: more than any training asks for [s]. */
const stop = 1;

/** Somebody who decides whether a neuron fires. */
export interface DecidingCircuit {
  /** At a current into the sigmoid [A]. What could not be simulated is told instead. */
  decide(current: number): boolean | Diagnostic;
  save(): unknown;
  restore(state: unknown): void;
}

interface Saved {
  readonly place: SteeringCheckpoint;
  readonly cycles: number;
}

export class NeuronCircuit implements DecidingCircuit {
  readonly #transient: SteerableTransient;
  readonly #output: () => number;
  #cycles = 0;

  /** @throws DiagnosticError if the deck has no operating point */
  constructor(world: World, seed: number) {
    const circuit = openDeckOf(world, deck, { seed, run: 1 });
    const started = circuit.transient({ stop, step: 1e-9, maxStep: 10e-9 });
    this.#transient = demanded(started.transient, started.diagnostics);
    this.#output = this.#transient.probe('v(q)');
  }

  decide(current: number): boolean | Diagnostic {
    const start = this.#cycles * cycle;
    const before = this.#transient.checkpoint();
    this.#transient.setSource('iin', current);
    const undecided = this.#transient.advanceTo(start + decided);
    const fired = this.#output() > level;
    const problem = undecided ?? this.#transient.advanceTo(start + cycle);
    if (problem) {
      // The next cycle begins where this one did.
      this.#transient.restore(before);
      return problem;
    }
    this.#cycles++;
    return fired;
  }

  save(): unknown {
    return { place: this.#transient.checkpoint(), cycles: this.#cycles } satisfies Saved;
  }

  restore(state: unknown): void {
    const { place, cycles } = state as Saved;
    this.#transient.restore(place);
    this.#cycles = cycles;
  }
}
