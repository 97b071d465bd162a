/**
 * A grid as a few operating points of its circuit. Nodes settle in 0.1 µs (100 kΩ, 1 pF) and phases
 * take 5 and 10 µs, so that a read is where the nodes rest, and a write moves the states by the speeds
 * that they have with the nodes at rest:
 *
 *     s(half) = s + T/2·rate(s)        s(end) = s + T·rate(s(half))        T: the row's own pulse
 *
 * Rows share columns, which are sources, and nothing else: each has a clock of its own. Left out are
 * edges, what the shock capacitors hold, and what moves behind the end of a pulse.
 */
import type {
  OpenCircuit,
  SteadyState,
  SteadyStateCheckpoint,
  SteeredCircuit,
} from '../../solver/index.js';
import type { LayerNames } from '../generate/index.js';
import type { GridBlock, GridCost, Outcome } from './grid-block.js';
import { demanded, type GridCircuitSettings, type SteeredGrid } from './steered-grid.js';

const supply = 5;

/** States of all synapses, row by row. */
export interface StateAccess {
  get(): Float64Array;
  set(states: Float64Array): void;
}

export function stateAccess(circuit: SteeredCircuit, names: LayerNames): StateAccess {
  const all = names.synapses.flat().map((each) => circuit.stateProbe(`${each}.xmem.nmem`, 's'));
  return {
    get: () => Float64Array.from(all, ({ get }) => get()),
    set(states) {
      all.forEach(({ set }, k) => {
        set(Math.min(1, Math.max(0, states[k])));
      });
    },
  };
}

export class QuasiStaticGrid implements GridBlock {
  readonly #names: LayerNames;
  readonly #settings: GridCircuitSettings;
  readonly #steady: SteadyState;
  readonly #rows: readonly (() => number)[];
  readonly #access: StateAccess;
  readonly #rates: () => Float64Array;
  #solved = 0;

  /** @throws DiagnosticError if the deck has no operating point */
  constructor({ names }: SteeredGrid, circuit: OpenCircuit, settings: GridCircuitSettings) {
    this.#names = names;
    this.#settings = settings;
    const started = circuit.steadyState();
    this.#steady = demanded(started.steadyState, started.diagnostics);
    this.#rows = names.rows.map((row) => this.#steady.probe(`v(${row})`));
    this.#access = stateAccess(this.#steady, names);
    this.#rates = this.#steady.rates(
      names.synapses.flat().map((synapse) => [`${synapse}.xmem.nmem`, 's'] as const),
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

  read(inputs: Float64Array, outputs: Float64Array): Outcome {
    return this.settled(inputs, outputs);
  }

  settled(inputs: Float64Array, outputs: Float64Array): Outcome {
    const { a } = this.#settings;
    this.#setColumns(inputs, 1 / a);
    this.#steady.setSource('vrr', -supply);
    for (const name of this.#names.enables) this.#steady.setSource(`v${name}`, -supply);
    const problem = this.#solve();
    if (problem) return problem;
    for (let n = 0; n < outputs.length; n++) outputs[n] = a * this.#rows[n]();
    return undefined;
  }

  write(inputs: Float64Array, pulses: Float64Array): Outcome {
    if (pulses.every((length) => length === 0)) return undefined;
    this.#setColumns(inputs, 1);
    this.#steady.setSource('vrr', supply);
    this.#names.enables.forEach((name, n) => {
      this.#steady.setSource(`v${name}`, Math.sign(pulses[n]) * supply);
    });
    const before = this.states();
    for (const part of [0.5, 1]) {
      const problem = this.#solve();
      if (problem) {
        this.setStates(before);
        return problem;
      }
      this.#moveFrom(before, pulses, part);
    }
    return undefined;
  }

  save(): unknown {
    return this.#steady.checkpoint();
  }

  restore(state: unknown): void {
    this.#steady.restore(state as SteadyStateCheckpoint);
  }

  #setColumns(inputs: Float64Array, factor: number): void {
    const { columns, inverses } = this.#names;
    for (let m = 0; m < columns.length; m++) {
      this.#steady.setSource(`v${columns[m]}`, inputs[m] * factor);
      this.#steady.setSource(`v${inverses[m]}`, -inputs[m] * factor);
    }
  }

  #moveFrom(before: Float64Array, pulses: Float64Array, part: number): void {
    const rates = this.#rates();
    const columns = this.#names.columns.length;
    const moved = before.map(
      (s, k) => s + part * Math.abs(pulses[Math.floor(k / columns)]) * rates[k],
    );
    this.setStates(moved);
  }

  #solve(): Outcome {
    this.#solved++;
    return this.#steady.solve();
  }
}
