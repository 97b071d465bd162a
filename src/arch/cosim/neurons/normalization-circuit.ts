/**
 * The normalization block of the OxRAM network as a circuit (Parmar and Suri, section III-D): one
 * sample of `circuits/oxram-network/normalization-sample.sp`, from the end of the phase in which it is
 * held to what stands at its output a little later.
 */
import type { Diagnostic } from '../../../base/index.js';
import type { SteerableTransient, SteeringCheckpoint } from '../../../solver/index.js';
import type { World } from '../../trainers/trainer.js';
import { openDeckOf } from '../circuit-deck.js';
import { demanded } from '../steered-grid.js';

const deck = 'oxram-network/normalization-sample.sp';
/** What it is made of, below the folder of circuits. */
export const normalizationFiles = [
  deck,
  'oxram-network/normalization.lib',
  ...['models/matched-90nm.lib', 'models/cmos-90nm.lib'],
];

/** Both inputs [V]; the signal comes to one of them when the output is let go [s], and is read then. */
const middle = 0.4;
const released = 50e-9;
const sampled = 52e-9;
/** Of the signal [s]. */
const edge = 0.1e-9;

/** A function that a circuit has. */
export interface MeasuringCircuit {
  /** Output [V] at a signal [V]. What could not be simulated is told instead. */
  measure(signal: number): number | Diagnostic;
}

/** Every sample begins at the same place: a sample depends on nothing but its signal. */
export class NormalizationCircuit implements MeasuringCircuit {
  readonly #transient: SteerableTransient;
  readonly #held: SteeringCheckpoint;
  readonly #output: () => number;

  /**
   * @param resistance of the OxRAM that sets the gain [Ω]
   * @throws DiagnosticError if the deck has no operating point
   */
  constructor(world: World, resistance: number) {
    const circuit = openDeckOf(world, deck, { parameters: { rox: resistance }, seed: 1, run: 1 });
    const started = circuit.transient({ stop: 60e-9, step: 0.1e-9, maxStep: 5e-9 });
    this.#transient = demanded(started.transient, started.diagnostics);
    this.#output = this.#transient.probe('v(out)');
    const problem = this.#transient.advanceTo(released);
    demanded(problem ? undefined : true, problem ? [problem] : []);
    this.#held = this.#transient.checkpoint();
  }

  measure(signal: number): number | Diagnostic {
    this.#transient.restore(this.#held);
    this.#transient.setWaveform('v2', [
      [released, middle],
      [released + edge, middle + signal],
    ]);
    return this.#transient.advanceTo(sampled) ?? this.#output();
  }
}
