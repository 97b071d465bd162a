import { yieldOf } from '../../../jobs/index.js';

/** Pairs whose logarithms of the ratio are alike in size. */
export interface ReadBin {
  readonly from: number;
  /** Absent for the last. */
  readonly to?: number;
  readonly reads: number;
  /** Reads of the circuit that were wrong; its rate, with the ends of its 95 % interval. */
  readonly wrong: number;
  readonly rate: number;
  readonly interval: readonly [number, number];
  /** What the characteristic had said of these reads. */
  readonly predicted: number;
  /** Part of all pairs of the network that are of this size, at the end. */
  readonly share: number;
}

interface Tally {
  reads: number;
  wrong: number;
  predicted: number;
}

const edges = [0, 0.02, 0.04, 0.06, 0.08, 0.12, 0.2];

/** Wrong reads of circuits, by the size of the logarithm of the ratio. */
export class ReadErrors {
  readonly #tallies: Tally[] = edges.map(() => ({ reads: 0, wrong: 0, predicted: 0 }));

  get bins(): number {
    return edges.length;
  }

  binOf(logRatio: number): number {
    const size = Math.abs(logRatio);
    return edges.findLastIndex((edge) => size >= edge);
  }

  add(logRatio: number, wrong: boolean, predicted: number): void {
    const tally = this.#tallies[this.binOf(logRatio)];
    tally.reads++;
    if (wrong) tally.wrong++;
    tally.predicted += predicted;
  }

  /** `shares` of the network's pairs, by bin. */
  result(shares: readonly number[]): readonly ReadBin[] {
    return this.#tallies.map(({ reads, wrong, predicted }, k) => ({
      from: edges[k],
      ...(k + 1 < edges.length ? { to: edges[k + 1] } : {}),
      reads,
      wrong,
      rate: reads > 0 ? wrong / reads : 0,
      interval: reads > 0 ? (yieldOf(wrong, reads).interval ?? [0, 1]) : [0, 1],
      predicted: reads > 0 ? predicted / reads : 0,
      share: shares[k],
    }));
  }

  save(): unknown {
    return this.#tallies.map((each) => ({ ...each }));
  }

  restore(state: unknown): void {
    (state as readonly Tally[]).forEach((each, k) => Object.assign(this.#tallies[k], each));
  }
}
