/**
 * Thermal noise in a circuit. What hangs on a node and has a conductance G makes a current of the
 * density 4kT·G [A²/Hz] there (Nyquist): row and column resistors, memristors and references; a
 * conducting transistor, 4 % of a synapse's resistance, counts as a closed switch.
 *
 * A path is white noise that is drawn on a grid of its own and joined by straight lines. With the
 * variance 3/2·4kT·G·B on a grid of 1/(3B) its density at low frequencies is that of the resistors and
 * its mean square 4kT·G·B, that of a band of B: lines take the mean square of white points by 2/3.
 * It begins and ends every iteration at 0.
 */
import { boltzmann } from '../../base/index.js';
import { drawStreams, normalDraw } from '../trainers/draws.js';
import type { LayerSize } from './network-block.js';

export interface NodeNoiseSettings {
  /** Temperature [°C]. */
  readonly noiseTemperature: number;
  /** B [Hz]. */
  readonly noiseBandwidth: number;
  readonly rout: number;
  readonly rref: number;
  readonly ron: number;
  readonly roff: number;
}

/** Nodes of an iteration stand this far apart among the draws. */
const stride = 65536;

export class NodeNoise {
  readonly #sizes: readonly LayerSize[];
  readonly #settings: NodeNoiseSettings;
  readonly #seed: number;

  constructor(sizes: readonly LayerSize[], settings: NodeNoiseSettings, seed: number) {
    this.#sizes = sizes;
    this.#settings = settings;
    this.#seed = seed;
  }

  /** Mean square of the current of every node [A²], at these states; in the order of `noiseNodes`. */
  squares(states: Float64Array): readonly Float64Array[] {
    const { noiseTemperature, noiseBandwidth, rout, rref, ron, roff } = this.#settings;
    const density = 4 * boltzmann * (noiseTemperature + 273.15) * noiseBandwidth;
    let from = 0;
    return this.#sizes.map(({ columns, rows }, layer) => {
      const ofRows = new Float64Array(rows).fill(1 / rout);
      const ofColumns = new Float64Array(columns).fill(1 / rout);
      for (let n = 0; n < rows; n++)
        for (let m = 0; m < columns; m++) {
          const g = 1 / (ron + (roff - ron) * states[from + n * columns + m]);
          ofRows[n] += g + 1 / rref;
          ofColumns[m] += g;
        }
      from += rows * columns;
      const ofInverses = new Float64Array(columns).fill(1 / rout + rows / rref);
      const nodes = layer === 0 ? [...ofRows] : [...ofRows, ...ofColumns, ...ofInverses];
      return Float64Array.from(nodes, (g) => density * g);
    });
  }

  /** A current [A] with that mean square, for an operating point; `use` tells those of an iteration apart. */
  value(square: number, number: number, node: number, use: number): number {
    return Math.sqrt(square) * this.#draw(number, node, use);
  }

  /** Times from the start of an iteration of `period` [s], and currents [A]. */
  path(square: number, number: number, node: number, period: number): [number, number][] {
    const pause = 1 / (3 * this.#settings.noiseBandwidth);
    const deviation = Math.sqrt(1.5 * square);
    const points: [number, number][] = [[0, 0]];
    for (let k = 1; k * pause < period - pause / 2; k++)
      points.push([k * pause, deviation * this.#draw(number, node, k)]);
    points.push([period, 0]);
    return points;
  }

  #draw(number: number, node: number, k: number): number {
    return normalDraw(this.#seed, drawStreams.thermalNoise, number, node * stride + k);
  }
}
