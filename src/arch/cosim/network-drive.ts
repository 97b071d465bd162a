/**
 * What the sources of a steered network do in an iteration (Rosenthal et al., ISCAS 2016, section III
 * and figs. 5 and 6): read, inverted read where there are hidden layers, write.
 *
 *     source          read              inverted read    write
 *     first columns   u/a               0                u
 *     rr              −5 V              −5 V             +5 V
 *     enables         −5 V              −5 V, first: 0   ±5 V for the pulse
 *     inv, ip, in     0, +5, −5 V       2, −5, +5 V      0, +5, −5 V
 *     track           1 until sampled   0                0
 *
 * Corners take 10 ns, and a phase ends two edges before the next.
 */
import type { WaveformPoints } from '../../solver/index.js';
import type { LayerNames } from '../generate/index.js';
import { type Drive, sampledBefore } from './iteration-drive.js';
import type { Signals } from './network-block.js';

const edge = 10e-9;
/** Supplies, gates, amplifiers (table 1 and table-1.lib) [V]. */
export const volts = { supply: 5, gate: 2, amplifier: 1.8 } as const;

/** Lengths of the phases [s]; an inverted read of 0 is none. */
export interface PhaseLengths {
  readonly read: number;
  readonly inverted: number;
  readonly write: number;
}

/** Ends of phases, and when their rows are sampled, from the start of the iteration [s]. */
export interface PhaseTimes {
  readonly sampled: number;
  readonly read: number;
  /** Of the inverted read. */
  readonly invertedSampled: number;
  readonly inverted: number;
  readonly end: number;
}

export function phaseTimes({ read, inverted, write }: PhaseLengths): PhaseTimes {
  return {
    sampled: read - sampledBefore,
    read,
    invertedSampled: read + inverted - sampledBefore,
    inverted: read + inverted,
    end: read + inverted + write,
  };
}

type Line = readonly (readonly [number, number])[];

/** Lines of one iteration from time `start`, added by name of their source. */
export class NetworkDrive {
  readonly #lines = new Map<string, WaveformPoints>();
  readonly #start: number;
  readonly #times: PhaseTimes;

  constructor(start: number, lengths: PhaseLengths) {
    this.#start = start;
    this.#times = phaseTimes(lengths);
  }

  get lines(): Drive {
    return this.#lines;
  }

  /** Phases, first columns, and enables until the write. */
  begin(
    layers: readonly LayerNames[],
    { inputs, targets }: Signals,
    options: {
      readonly a: number;
      readonly feedback: boolean;
      readonly targets: boolean;
      readonly sawtooth: number;
    },
  ): this {
    const { sampled, read, inverted, invertedSampled, end } = this.#times;
    const { supply, gate, amplifier } = volts;
    const several = layers.length > 1;
    const [first] = layers;
    first.columns.forEach((name, m) => {
      this.#column(name, inputs[m], options.a);
      this.#column(first.inverses[m], -inputs[m], options.a);
    });
    this.#phase('rr', supply, -supply, 0, inverted);
    if (several || options.feedback) {
      this.#phase('rd', 0, gate, 0, read);
      this.#phase('wr', 0, gate, inverted, end);
    }
    if (several) {
      this.#phase('inv', 0, gate, read, inverted);
      this.#phase('ip', supply, -supply, read, inverted);
      this.#phase('in', -supply, supply, read, inverted);
      // The value that is kept is set within two edges of the sample.
      this.#phase('track', 0, 1, 0, sampled + 6 * edge);
    }
    if (options.feedback) {
      // The program looks right before: a clock's edge kicks an amplifier's output.
      this.#phase('smp', -amplifier, gate, 0, sampled + 3 * edge);
      if (several) this.#phase('smi', -amplifier, gate, read, invertedSampled + 3 * edge);
      if (several) this.#phase('ri', 0, gate, 0, inverted);
      this.#set('vsaw', [
        [inverted + edge / 2, 0],
        [end - edge / 2, options.sawtooth],
        [end - edge / 10, 0],
      ]);
    } else
      layers.forEach(({ enables }, k) => {
        for (const name of enables) this.#phase(name, 0, -supply, 0, k === 0 ? read : inverted);
      });
    if (options.targets)
      targets.forEach((d, n) => {
        this.#set(`vd${n + 1}`, [
          [0, d],
          [end, d],
        ]);
      });
    return this;
  }

  /** Enables of the whole iteration, once the lengths of the pulses [s] are known. */
  write(layers: readonly LayerNames[], pulses: readonly Float64Array[]): this {
    const { read, inverted, end } = this.#times;
    layers.forEach(({ enables }, k) => {
      enables.forEach((name, n) => {
        const reading = pulse(0, k === 0 ? read : inverted, 0, -volts.supply);
        // From half a rise to half a fall it has the wanted length.
        const length = Math.min(Math.abs(pulses[k][n]), end - inverted - 3 * edge);
        if (length < 2 * edge) return;
        const level = Math.sign(pulses[k][n]) * volts.supply;
        this.#set(`v${name}`, [
          ...reading,
          [inverted, 0],
          [inverted + edge, level],
          [inverted + length, level],
          [inverted + length + edge, 0],
        ]);
      });
    });
    return this;
  }

  /** What the program has sampled is kept from right behind `at` on. */
  keep(name: string, at: number, before: number, value: number): this {
    return this.#set(name, [
      [at + edge, before],
      [at + 2 * edge, value],
    ]);
  }

  /** A line of times from the start of the iteration [s] and values. */
  line(name: string, points: Line): this {
    return this.#set(name, points);
  }

  #column(name: string, u: number, a: number): void {
    const { read, inverted, end } = this.#times;
    this.#set(`v${name}`, [...pulse(0, read, 0, u / a), ...pulse(inverted, end, 0, u)]);
  }

  #phase(name: string, low: number, high: number, from: number, to: number): void {
    this.#set(`v${name}`, pulse(from, to, low, high));
  }

  #set(name: string, points: Line): this {
    this.#lines.set(
      name,
      points.map(([time, value]) => [this.#start + time, value] as const),
    );
    return this;
  }
}

/** From `low` to `high` and back, ending an edge before `end`. */
function pulse(from: number, end: number, low: number, high: number): Line {
  return [
    [from, low],
    [from + edge, high],
    [end - 2 * edge, high],
    [end - edge, low],
  ];
}
