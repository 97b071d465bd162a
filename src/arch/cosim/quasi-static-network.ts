/**
 * A network as a few operating points of its circuit. Nodes settle in 0.1 µs (100 kΩ, 1 pF) and phases
 * take 5 and 10 µs, so that a read is where the nodes rest, and so is an inverted read. A write moves the
 * states by the speeds that they have with the nodes at rest:
 *
 *     s(half) = s + T/2·rate(s)        s(end) = s + T·rate(s(half))        T: the row's own pulse
 *
 * Rows share columns, which are sources while it writes, and nothing else: each has a clock of its own.
 * Left out are edges, what capacitors hold, and what moves behind the end of a pulse.
 */
import type { Diagnostic } from '../../base/index.js';
import type { OpenCircuit, SteadyState, SteadyStateCheckpoint } from '../../solver/index.js';
import type { GridCost, Outcome } from './grid-block.js';
import type { NetworkBlock, Signals } from './network-block.js';
import { volts } from './network-drive.js';
import { networkStates, type StateAccess } from './network-states.js';
import type { NodeNoise } from './node-noise.js';
import { demanded } from './steered-grid.js';
import { noiseNodes, type SteeredNetwork } from './steered-network.js';
import type { CircuitBlocks } from './steered-network-options.js';

/** Of a state in one part of a write, in parts of itself, or of this where it is less. */
const largestMove = 0.1;
const leastState = 0.02;
/** How much of a pulse a part is at least. */
const shortestPart = 1 / 64;

/** Draws of noise of an iteration. */
const uses = { read: 0, inverted: 1 } as const;

/** What it asks of the settings. */
export interface QuasiStaticSettings {
  readonly a: number;
  readonly circuits: CircuitBlocks;
  readonly noise?: NodeNoise;
}

export class QuasiStaticNetwork implements NetworkBlock {
  readonly subtracts: boolean;
  readonly feedsBack = false;
  readonly #deck: SteeredNetwork;
  readonly #settings: QuasiStaticSettings;
  readonly #steady: SteadyState;
  readonly #outputs: readonly (readonly (() => number)[])[];
  readonly #errors: readonly (readonly (() => number)[])[];
  readonly #access: StateAccess;
  readonly #rates: () => Float64Array;
  /** Columns of the row of each synapse, and where its row stands among all rows. */
  readonly #rowOf: readonly (readonly [layer: number, row: number])[];
  #solved = 0;

  /** @throws DiagnosticError if the deck has no operating point */
  constructor(deck: SteeredNetwork, circuit: OpenCircuit, settings: QuasiStaticSettings) {
    this.#deck = deck;
    this.#settings = settings;
    const { a, circuits } = settings;
    this.subtracts = circuits.subtraction;
    const started = circuit.steadyState();
    this.#steady = demanded(started.steadyState, started.diagnostics);
    const { layers } = deck;
    const probe = (node: string): (() => number) => this.#steady.probe(`v(${node})`);
    this.#outputs = layers.map(({ rows, outputs }) =>
      rows.map((row, n) => {
        const value = probe(circuits.subtraction ? outputs[n] : row);
        return circuits.subtraction ? value : () => a * value();
      }),
    );
    this.#errors = layers.map(({ errors }, k) =>
      k < layers.length - 1 || this.subtracts ? errors.map(probe) : [],
    );
    this.#access = networkStates(this.#steady, layers);
    const synapses = layers.flatMap((names) => names.synapses.flat());
    this.#rates = this.#steady.rates(synapses.map((each) => [`${each}.xmem.nmem`, 's'] as const));
    this.#rowOf = layers.flatMap(({ synapses: all }, k) =>
      all.flatMap((row, n) => row.map(() => [k, n] as const)),
    );
  }

  get cost(): GridCost {
    return { points: this.#solved, iterations: this.#steady.statistics.iterations };
  }

  states(): Float64Array {
    return this.#access.get();
  }

  setStates(states: Float64Array): void {
    this.#access.set(states);
  }

  read(signals: Signals, number: number): Outcome {
    this.#noise(number, uses.read);
    const problem = this.#respond(signals.inputs, signals.targets);
    if (problem) return problem;
    this.#outputs.forEach((probes, k) => {
      probes.forEach((r, n) => (signals.outputs[k][n] = r()));
    });
    const last = this.#deck.layers.length - 1;
    this.#errors[last].forEach((y, n) => (signals.errors[last][n] = y()));
    return undefined;
  }

  settled(inputs: Float64Array, outputs: Float64Array): Outcome {
    this.#noise();
    const problem = this.#respond(inputs);
    if (problem) return problem;
    this.#outputs[this.#outputs.length - 1].forEach((r, n) => (outputs[n] = r()));
    return undefined;
  }

  #respond(inputs: Float64Array, targets?: Float64Array): Outcome {
    this.#setColumns(inputs, 1 / this.#settings.a);
    this.#set({ rr: -volts.supply, rd: volts.gate, wr: 0, track: 1 });
    this.#invert(false);
    for (const { enables } of this.#deck.layers)
      for (const name of enables) this.#steady.setSource(`v${name}`, -volts.supply);
    if (this.subtracts && targets)
      targets.forEach((d, n) => {
        this.#steady.setSource(`vd${n + 1}`, d);
      });
    return this.#solve();
  }

  readInverted(signals: Signals, number: number): Outcome {
    const { layers } = this.#deck;
    const last = layers.length - 1;
    if (last === 0) return undefined;
    this.#noise(number, uses.inverted);
    this.#setColumns(signals.inputs, 0);
    this.#set({ rr: -volts.supply, rd: 0, wr: 0, track: 0 });
    this.#invert(true);
    layers.forEach(({ prefix, enables }, k) => {
      const values = k < last ? signals.outputs[k] : signals.errors[k];
      values.forEach((value, n) => {
        this.#steady.setSource(`v${k < last ? 'h' : 'k'}${prefix}${n + 1}`, value);
        this.#steady.setSource(`v${enables[n]}`, k === 0 ? 0 : -volts.supply);
      });
    });
    const problem = this.#solve();
    if (problem) return problem;
    for (let k = 0; k < last; k++) this.#errors[k].forEach((y, n) => (signals.errors[k][n] = y()));
    return undefined;
  }

  write({ inputs, outputs, pulses }: Signals): Outcome {
    if (pulses.every((layer) => layer.every((length) => length === 0))) return undefined;
    const { layers } = this.#deck;
    this.#noise();
    this.#setColumns(inputs, 1);
    this.#set({ rr: volts.supply, rd: 0, wr: volts.gate, track: 0 });
    this.#invert(false);
    layers.forEach(({ prefix, enables }, k) => {
      enables.forEach((name, n) => {
        this.#steady.setSource(`v${name}`, Math.sign(pulses[k][n]) * volts.supply);
        if (k < layers.length - 1) this.#steady.setSource(`vh${prefix}${n + 1}`, outputs[k][n]);
      });
    });
    return this.#move(pulses);
  }

  /**
   * Midpoints over parts of the pulses, as long as no resistance changes by more than `largestMove` of
   * itself: a memristor of some kilohms passes its whole range within a pulse, faster and faster. Nearly
   * always one part is the whole.
   */
  #move(pulses: readonly Float64Array[]): Outcome {
    const before = this.states();
    let done = 0;
    while (done < 1) {
      const start = this.states();
      const problem = this.#solve();
      if (problem) return this.#undo(before, problem);
      const speeds = this.#perPulse(pulses);
      const fastest = speeds.reduce(
        (most, speed, i) => Math.max(most, Math.abs(speed) / Math.max(leastState, start[i])),
        0,
      );
      const part = Math.min(1 - done, Math.max(shortestPart, largestMove / fastest));
      this.setStates(start.map((s, i) => s + (part / 2) * speeds[i]));
      const later = this.#solve();
      if (later) return this.#undo(before, later);
      const middle = this.#perPulse(pulses);
      this.setStates(start.map((s, i) => s + part * middle[i]));
      done += part;
    }
    return undefined;
  }

  /** How far each state would move during the whole pulse of its row. */
  #perPulse(pulses: readonly Float64Array[]): Float64Array {
    const rates = this.#rates();
    return rates.map((rate, i) => {
      const [k, n] = this.#rowOf[i];
      return Math.abs(pulses[k][n]) * rate;
    });
  }

  #undo(before: Float64Array, problem: Diagnostic): Diagnostic {
    this.setStates(before);
    return problem;
  }

  save(): unknown {
    return this.#steady.checkpoint();
  }

  restore(state: unknown): void {
    this.#steady.restore(state as SteadyStateCheckpoint);
  }

  #setColumns(inputs: Float64Array, factor: number): void {
    const { columns, inverses } = this.#deck.layers[0];
    for (let m = 0; m < columns.length; m++) {
      this.#steady.setSource(`v${columns[m]}`, inputs[m] * factor);
      this.#steady.setSource(`v${inverses[m]}`, -inputs[m] * factor);
    }
  }

  /** Of a single layer only the references have sources. */
  #set({ rr, ...others }: Readonly<Record<'rr' | 'rd' | 'wr' | 'track', number>>): void {
    this.#steady.setSource('vrr', rr);
    if (this.#deck.layers.length === 1) return;
    for (const [name, value] of Object.entries(others)) this.#steady.setSource(`v${name}`, value);
  }

  #invert(inverted: boolean): void {
    if (this.#deck.layers.length === 1) return;
    const { gate, supply } = volts;
    this.#steady.setSource('vinv', inverted ? gate : 0);
    this.#steady.setSource('vin', inverted ? supply : -supply);
    this.#steady.setSource('vip', inverted ? -supply : supply);
  }

  /** Noise of a phase, or none. */
  #noise(number?: number, use = 0): void {
    const { noise } = this.#settings;
    if (!noise) return;
    const squares = noise.squares(this.states());
    let node = 0;
    this.#deck.layers.forEach((names, k) => {
      noiseNodes(names, k).forEach((name, i) => {
        const own = node++;
        const value = number === undefined ? 0 : noise.value(squares[k][i], number, own, use);
        this.#steady.setSource(`iz${name}`, value);
      });
    });
  }

  #solve(): Outcome {
    this.#solved++;
    return this.#steady.solve();
  }
}
