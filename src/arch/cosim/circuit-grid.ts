import type { Diagnostic } from '../../base/index.js';
import type {
  OpenCircuit,
  Recording,
  SteerableTransient,
  SteeringCheckpoint,
} from '../../solver/index.js';
import type { GridBlock, GridCost, Outcome } from './grid-block.js';
import {
  type Drive,
  type DriveTimes,
  readDrive,
  sampledBefore,
  writeDrive,
} from './iteration-drive.js';
import type { WaveformCircuit } from './network-block.js';
import { networkStates, type StateAccess } from './network-states.js';
import { QuasiStaticGrid } from './quasi-static-grid.js';
import { demanded, type GridCircuitSettings, type SteeredGrid } from './steered-grid.js';

/** What a checkpoint of a `CircuitGrid` holds. */
interface Saved {
  readonly place: SteeringCheckpoint;
  readonly start: number;
  /** Of settled reads, if there were any. */
  readonly steady?: unknown;
}

/** A grid as a transient of its circuit: each iteration is simulated from edge to edge. */
export class CircuitGrid implements GridBlock, WaveformCircuit {
  readonly #deck: SteeredGrid;
  readonly #settings: GridCircuitSettings;
  readonly #transient: SteerableTransient;
  readonly #rows: readonly (() => number)[];
  readonly #states: StateAccess;
  readonly #circuit: OpenCircuit;
  /** Settled reads, opened when they are asked for. */
  #steady: QuasiStaticGrid | undefined;
  #times: DriveTimes;
  /** Where the present iteration began, to go back to where it fails. */
  #before: SteeringCheckpoint;
  /** Told of every line that a source is given. */
  onDrive: ((drive: Drive) => void) | undefined;

  /** @throws DiagnosticError if the deck has no operating point */
  constructor(
    deck: SteeredGrid,
    circuit: OpenCircuit,
    settings: GridCircuitSettings,
    stop: number,
  ) {
    this.#deck = deck;
    this.#settings = settings;
    this.#circuit = circuit;
    const { maxStep } = settings;
    const started = circuit.transient({ stop, step: 10e-9, maxStep });
    this.#transient = demanded(started.transient, started.diagnostics);
    this.#rows = deck.names.rows.map((row) => this.#transient.probe(`v(${row})`));
    this.#states = networkStates(this.#transient, [deck.names]);
    this.#times = { start: 0, read: settings.readTime, write: settings.writeTime };
    this.#before = this.#transient.checkpoint();
  }

  get cost(): GridCost {
    const { acceptedPoints: points, iterations } = this.#transient.statistics;
    return { points, iterations };
  }

  /** Start of the present or next iteration [s]. */
  get start(): number {
    return this.#times.start;
  }

  states(): Float64Array {
    return this.#states.get();
  }

  setStates(states: Float64Array): void {
    this.#states.set(states);
  }

  read(inputs: Float64Array, outputs: Float64Array): Outcome {
    this.#before = this.#transient.checkpoint();
    const { a, readTime } = this.#settings;
    const { start } = this.#times;
    this.#follow(readDrive(this.#deck.names, this.#times, inputs, a));
    const problem = this.#transient.advanceTo(start + readTime - sampledBefore);
    if (problem) return this.#failed(problem);
    for (let n = 0; n < outputs.length; n++) outputs[n] = a * this.#rows[n]();
    return undefined;
  }

  write(_: Float64Array, pulses: Float64Array): Outcome {
    const { start, read, write } = this.#times;
    this.#follow(writeDrive(this.#deck.names, this.#times, pulses));
    const problem = this.#transient.advanceTo(start + read + write);
    if (problem) return this.#failed(problem);
    this.#times = { start: start + read + write, read, write };
    return undefined;
  }

  settled(inputs: Float64Array, outputs: Float64Array): Outcome {
    const steady = this.#openSteady();
    steady.setStates(this.states());
    return steady.settled(inputs, outputs);
  }

  /** Keeps waveforms of what the deck is driven by and gives, until `endRecording`. */
  record(): Recording {
    const { columns, rows, enables, synapses } = this.#deck.names;
    return this.#transient.record([
      ...[...columns, ...enables, ...rows].map((node) => `v(${node})`),
      ...synapses.flat().map((synapse) => `@${synapse}.xmem.nmem[s]`),
    ]);
  }

  endRecording(): void {
    this.#transient.endRecording();
  }

  #openSteady(): QuasiStaticGrid {
    this.#steady ??= new QuasiStaticGrid(this.#deck, this.#circuit, this.#settings);
    return this.#steady;
  }

  save(): unknown {
    const steady = this.#steady ? { steady: this.#steady.save() } : {};
    return {
      place: this.#transient.checkpoint(),
      start: this.start,
      ...steady,
    } satisfies Saved;
  }

  restore(state: unknown): void {
    const { place, start, steady } = state as Saved;
    if (steady) this.#openSteady().restore(steady);
    this.#transient.restore(place);
    this.#times = { ...this.#times, start };
  }

  #follow(drive: Drive): void {
    for (const [name, points] of drive) this.#transient.setWaveform(name, points);
    this.onDrive?.(drive);
  }

  /** The next sample begins where this one did. */
  #failed(problem: Diagnostic): Diagnostic {
    this.#transient.restore(this.#before);
    return problem;
  }
}
