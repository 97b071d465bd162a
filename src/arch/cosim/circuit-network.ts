import type { Diagnostic } from '../../base/index.js';
import type {
  OpenCircuit,
  Recording,
  SteerableTransient,
  SteeringCheckpoint,
} from '../../solver/index.js';
import { shownOf } from './deck-analysis.js';
import type { GridCost, Outcome } from './grid-block.js';
import type { Drive } from './iteration-drive.js';
import type { NetworkBlock, Signals, WaveformCircuit } from './network-block.js';
import { NetworkDrive, type PhaseLengths, phaseTimes } from './network-drive.js';
import type { NodeNoise } from './node-noise.js';
import { networkStates, type StateAccess } from './network-states.js';
import type { QuasiStaticNetwork } from './quasi-static-network.js';
import { demanded } from './steered-grid.js';
import { meterTime } from './peripheral-cards.js';
import { noiseNodes, type SteeredNetwork } from './steered-network.js';
import type { CircuitBlocks } from './steered-network-options.js';

/** What the blocks that simulate a network ask of the settings. */
export interface NetworkCircuitSettings {
  readonly a: number;
  readonly sawtooth: number;
  readonly phases: PhaseLengths;
  readonly maxStep: number;
  readonly circuits: CircuitBlocks;
  readonly noise?: NodeNoise;
}

interface Saved {
  readonly place: SteeringCheckpoint;
  readonly start: number;
  readonly kept: Kept;
  /** Of settled reads, if there were any. */
  readonly steady?: unknown;
}

/** Values that the program holds, by source [V]. */
type Kept = Readonly<Record<string, number>>;

/** A network as a transient of its circuit: each iteration is simulated from edge to edge. */
export class CircuitNetwork implements NetworkBlock, WaveformCircuit {
  readonly subtracts: boolean;
  readonly feedsBack: boolean;
  readonly #deck: SteeredNetwork;
  readonly #settings: NetworkCircuitSettings;
  readonly #transient: SteerableTransient;
  readonly #outputs: readonly (readonly (() => number)[])[];
  readonly #errors: readonly (readonly (() => number)[])[];
  readonly #meters: readonly (readonly (() => number)[])[];
  readonly #states: StateAccess;
  /** Settled reads, opened when they are asked for. */
  readonly #openSteady: () => QuasiStaticNetwork;
  #steady: QuasiStaticNetwork | undefined;
  #start = 0;
  #kept: Kept = {};
  /** Where the present iteration began, to go back to where it fails. */
  #before: { readonly place: SteeringCheckpoint; readonly kept: Kept };
  /** Told of every line that a source is given. */
  onDrive: ((drive: Drive) => void) | undefined;

  /** @throws DiagnosticError if the deck has no operating point */
  constructor(
    deck: SteeredNetwork,
    circuit: OpenCircuit,
    settings: NetworkCircuitSettings,
    stop: number,
    openSteady: () => QuasiStaticNetwork,
  ) {
    this.#deck = deck;
    this.#settings = settings;
    this.#openSteady = openSteady;
    const { circuits, maxStep, a } = settings;
    this.subtracts = circuits.subtraction || circuits.feedback;
    this.feedsBack = circuits.feedback;
    const started = circuit.transient({ stop, step: 10e-9, maxStep });
    this.#transient = demanded(started.transient, started.diagnostics);
    const probe = (node: string): (() => number) => this.#transient.probe(`v(${node})`);
    const { layers } = deck;
    this.#outputs = layers.map(({ rows, outputs }) =>
      rows.map((row, n) => {
        const value = probe(circuits.subtraction ? outputs[n] : row);
        return circuits.subtraction ? value : () => a * value();
      }),
    );
    this.#errors = layers.map(({ errors }, k) =>
      k < layers.length - 1 || this.subtracts ? errors.map(probe) : [],
    );
    this.#meters = layers.map(({ prefix, rows }) =>
      this.feedsBack ? rows.map((_, n) => probe(`q${prefix}${n + 1}`)) : [],
    );
    this.#states = networkStates(this.#transient, layers);
    this.#before = { place: this.#transient.checkpoint(), kept: this.#kept };
  }

  get circuit(): this {
    return this;
  }

  get cost(): GridCost {
    const { acceptedPoints: points, iterations } = this.#transient.statistics;
    return { points, iterations };
  }

  /** Start of the present or next iteration [s]. */
  get start(): number {
    return this.#start;
  }

  states(): Float64Array {
    return this.#states.get();
  }

  setStates(states: Float64Array): void {
    this.#states.set(states);
  }

  read(signals: Signals, number: number): Outcome {
    this.#before = { place: this.#transient.checkpoint(), kept: this.#kept };
    const { a, sawtooth, circuits, phases } = this.#settings;
    const { layers } = this.#deck;
    const { feedback } = circuits;
    const drive = this.#drive().begin(layers, signals, {
      a,
      sawtooth,
      feedback,
      targets: this.subtracts,
    });
    this.#addNoise(drive, number);
    this.#follow(drive.lines);
    const { sampled } = phaseTimes(phases);
    const problem = this.#transient.advanceTo(this.#start + sampled);
    if (problem) return this.#failed(problem);
    this.#outputs.forEach((probes, k) => {
      probes.forEach((r, n) => (signals.outputs[k][n] = r()));
    });
    const last = layers.length - 1;
    this.#errors[last].forEach((y, n) => (signals.errors[last][n] = y()));
    return undefined;
  }

  readInverted({ outputs, errors }: Signals): Outcome {
    const { layers } = this.#deck;
    const last = layers.length - 1;
    if (last === 0) return undefined;
    const kept: [string, number][] = layers.flatMap(({ prefix, rows }, k) =>
      rows.map((_, n): [string, number] =>
        k < last ? [`vh${prefix}${n + 1}`, outputs[k][n]] : [`vk${prefix}${n + 1}`, errors[k][n]],
      ),
    );
    const { sampled, invertedSampled } = phaseTimes(this.#settings.phases);
    const drive = this.#drive();
    for (const [name, value] of kept) drive.keep(name, sampled, this.#kept[name] ?? 0, value);
    this.#kept = Object.fromEntries(kept);
    this.#follow(drive.lines);
    const problem = this.#transient.advanceTo(this.#start + invertedSampled);
    if (problem) return this.#failed(problem);
    for (let k = 0; k < last; k++) this.#errors[k].forEach((y, n) => (errors[k][n] = y()));
    return undefined;
  }

  write({ pulses }: Signals): Outcome {
    if (!this.feedsBack) this.#follow(this.#drive().write(this.#deck.layers, pulses).lines);
    const end = this.#start + phaseTimes(this.#settings.phases).end;
    const problem = this.#transient.advanceTo(end);
    if (problem) return this.#failed(problem);
    this.#meters.forEach((meters, k) => {
      meters.forEach((value, n) => (pulses[k][n] = meterTime * value()));
    });
    this.#start = end;
    return undefined;
  }

  settled(inputs: Float64Array, outputs: Float64Array): Outcome {
    this.#steady ??= this.#openSteady();
    this.#steady.setStates(this.states());
    return this.#steady.settled(inputs, outputs);
  }

  /** Keeps waveforms of what the deck is driven by and gives, until `endRecording`. */
  record(): Recording {
    const { circuits } = this.#settings;
    return this.#transient.record(shownOf(this.#deck.layers, { memristor: 'team', circuits }));
  }

  endRecording(): void {
    this.#transient.endRecording();
  }

  save(): unknown {
    const steady = this.#steady ? { steady: this.#steady.save() } : {};
    const place = this.#transient.checkpoint();
    return { place, start: this.#start, kept: this.#kept, ...steady } satisfies Saved;
  }

  restore(state: unknown): void {
    const { place, start, kept, steady } = state as Saved;
    if (steady) {
      this.#steady ??= this.#openSteady();
      this.#steady.restore(steady);
    }
    this.#transient.restore(place);
    this.#start = start;
    this.#kept = kept;
  }

  #drive(): NetworkDrive {
    return new NetworkDrive(this.#start, this.#settings.phases);
  }

  #addNoise(drive: NetworkDrive, number: number): void {
    const { noise, phases } = this.#settings;
    if (!noise) return;
    const { end } = phaseTimes(phases);
    const squares = noise.squares(this.states());
    let node = 0;
    this.#deck.layers.forEach((names, k) => {
      noiseNodes(names, k).forEach((name, i) => {
        drive.line(`iz${name}`, noise.path(squares[k][i], number, node++, end));
      });
    });
  }

  #follow(drive: Drive): void {
    for (const [name, points] of drive) this.#transient.setWaveform(name, points);
    this.onDrive?.(drive);
  }

  /** The next sample begins where this one did. */
  #failed(problem: Diagnostic): Diagnostic {
    this.#transient.restore(this.#before.place);
    this.#kept = this.#before.kept;
    return problem;
  }
}
