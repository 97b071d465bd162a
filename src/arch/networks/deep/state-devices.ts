/**
 * The OxRAM devices that keep the states of a layer's neurons, one each (Parmar and Suri, section
 * III-B). For each sample of a mini-batch the digital block reads two states, before and after the
 * reconstruction: both are written.
 */
export class StateDevices {
  /** Changes of each device. */
  readonly flips: Uint32Array;
  /** Changes of each device if it were written once a mini-batch only, with its last state. */
  readonly batchFlips: Uint32Array;
  readonly #stored: Uint8Array;
  readonly #kept: Uint8Array;

  constructor(neurons: number) {
    this.flips = new Uint32Array(neurons);
    this.batchFlips = new Uint32Array(neurons);
    this.#stored = new Uint8Array(neurons);
    this.#kept = new Uint8Array(neurons);
  }

  /**
   * The states of a mini-batch, row by row, before and after. What is between 0 and 1 (a grey pixel, a
   * probability that the machine below gives) is on from one half.
   */
  follow(before: Float32Array, after: Float32Array, rows: number): void {
    const neurons = this.flips.length;
    for (let i = 0; i < rows; i++) {
      this.#write(before, i * neurons);
      this.#write(after, i * neurons);
    }
    for (let j = 0; j < neurons; j++) {
      if (this.#kept[j] === this.#stored[j]) continue;
      this.#kept[j] = this.#stored[j];
      this.batchFlips[j]++;
    }
  }

  #write(states: Float32Array, from: number): void {
    const stored = this.#stored;
    for (let j = 0; j < stored.length; j++) {
      const state = states[from + j] >= 0.5 ? 1 : 0;
      if (state === stored[j]) continue;
      stored[j] = state;
      this.flips[j]++;
    }
  }

  save(): unknown {
    return [this.flips, this.batchFlips, this.#stored, this.#kept];
  }

  restore(state: unknown): void {
    const [flips, batchFlips, stored, kept] = state as [
      Uint32Array,
      Uint32Array,
      Uint8Array,
      Uint8Array,
    ];
    this.flips.set(flips);
    this.batchFlips.set(batchFlips);
    this.#stored.set(stored);
    this.#kept.set(kept);
  }
}
