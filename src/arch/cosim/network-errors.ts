/** Where two levels of a network part: another level repeats each part of an iteration of the first. */
import { Difference } from './block-errors.js';
import type { BlockDifferences } from './fidelity.js';
import { type LayerSize, type NetworkBlock, type Signals, signalsOf } from './network-block.js';

const parts = ['read', 'inverted', 'write'] as const;
type Part = (typeof parts)[number];

export class NetworkErrors {
  readonly #other: NetworkBlock;
  readonly #signals: Signals;
  readonly #differences: Readonly<Record<Part, Difference>>;

  constructor(other: NetworkBlock, sizes: readonly LayerSize[]) {
    this.#other = other;
    this.#signals = signalsOf(sizes);
    this.#differences = {
      read: new Difference(),
      inverted: new Difference(),
      write: new Difference(),
    };
  }

  /** What this level read from `states`, and took back. */
  reading(states: Float64Array, own: Signals, number: number): void {
    const { inputs, targets, outputs, errors } = this.#signals;
    inputs.set(own.inputs);
    targets.set(own.targets);
    this.#other.setStates(states);
    if (this.#other.read(this.#signals, number)) return;
    this.#add('read', own.outputs, outputs);
    // From the outputs and errors of this level, so that a difference is of one part only.
    outputs.forEach((each, k) => {
      each.set(own.outputs[k]);
    });
    const last = errors.length - 1;
    errors[last].set(own.errors[last]);
    if (last === 0 || this.#other.readInverted(this.#signals, number)) return;
    this.#add('inverted', own.errors.slice(0, last), errors.slice(0, last));
  }

  /** What this level wrote: from `before` to `after`. */
  writing(before: Float64Array, after: Float64Array, own: Signals, number: number): void {
    const { errors, pulses } = this.#signals;
    pulses.forEach((each, k) => {
      each.set(own.pulses[k]);
      errors[k].set(own.errors[k]);
    });
    this.#other.setStates(before);
    if (this.#other.write(this.#signals, number)) return;
    const moved = this.#other.states();
    this.#add('write', [after.map((s, k) => s - before[k])], [moved.map((s, k) => s - before[k])]);
  }

  #add(part: Part, own: readonly Float64Array[], other: readonly Float64Array[]): void {
    own.forEach((values, k) => {
      values.forEach((value, n) => {
        this.#differences[part].add(value, other[k][n]);
      });
    });
  }

  /** Outputs r [V], errors that went back [V] (with hidden layers), and changes of states by a write. */
  get result(): BlockDifferences {
    const { read, inverted, write } = this.#differences;
    const back = this.#signals.errors.length > 1 ? { inverted: inverted.result } : {};
    return { read: read.result, write: write.result, ...back };
  }

  save(): unknown {
    return { sums: parts.map((part) => this.#differences[part].save()), other: this.#other.save() };
  }

  restore(state: unknown): void {
    const { sums, other } = state as { sums: number[][]; other: unknown };
    parts.forEach((part, k) => {
      this.#differences[part].restore(sums[k]);
    });
    this.#other.restore(other);
  }
}
