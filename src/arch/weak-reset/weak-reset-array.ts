import { weakResetNoise } from '../../devices/memristive/weak-reset-table.js';
import { type DrawParameters, parameterCount, parameterDraw, place } from './device-parameters.js';
import { DeviceWords, purpose, unit } from './device-words.js';
import { meanGap } from './mean-curve.js';
import { type WeakResetOptions, weakResetDefaults } from './options.js';
import {
  blocksInRing,
  type DrawWhite,
  firstNumber,
  normalWhite,
  ringCoefficients,
  ringLength,
  uniformWhite,
} from './pink-noise.js';
import { afterPulses, occupancy, weakResetTelegraph } from './telegraph-noise.js';

/** Pulses for each device, or for all of them. */
export type Pulses = ArrayLike<number> | number;

/** A device counts its pulses in 32 bits, and its white numbers begin before the first pulse. */
const mostPulses = 2 ** 32 - 1 - firstNumber;

/** Numbers of pulses whose Tⁿ is in a table. */
const tabled = 64;

/**
 * A population of weak-RESET devices (Majumdar et al., IEEE TED 68(10), 4925, 2021): pulses raise
 * the resistance R₀·exp(w), w = mean + telegraph + pink noise, (1) to (6).
 *
 * Random numbers are functions of seed, run, device and pulse number. So what a device is does not
 * depend on other devices, on the order of calls, or on workers. Mean and pink noise also do not
 * depend on how pulses are grouped into calls; telegraph noise, drawn once a call with Tⁿ, has the
 * same law for all groupings.
 */
export class WeakResetArray {
  readonly count: number;
  readonly options: WeakResetOptions;
  /** [devices] pulses so far. To be read only. */
  readonly pulses: Uint32Array;
  /** [devices] state of the telegraph noise, 0 or 1. To be read only. */
  readonly high: Uint8Array;
  readonly #words: DeviceWords;
  readonly #drawParameters: DrawParameters;
  readonly #drawWhite: DrawWhite;
  /** [devices × 6], or of one device where they are drawn for each read. */
  readonly #parameters: Float32Array;
  /** [devices × 20], likewise. */
  readonly #white: Float32Array;
  readonly #coefficients: Float64Array;
  /** [64] off-diagonal terms of Tⁿ. */
  readonly #up = new Float64Array(tabled);
  readonly #down = new Float64Array(tabled);
  /** How often pulses were applied; keys the amplitude where that is new each time. */
  #calls = 0;

  constructor(count: number, options: Partial<WeakResetOptions> = {}) {
    this.count = count;
    this.options = { ...weakResetDefaults, ...options };
    const { seed, run, spread, noise, taps, keep } = this.options;
    this.pulses = new Uint32Array(count);
    this.high = new Uint8Array(count);
    this.#words = new DeviceWords(seed, run);
    this.#drawParameters = parameterDraw(spread);
    this.#drawWhite = noise === 'program' ? uniformWhite : normalWhite;
    this.#coefficients = ringCoefficients(weakResetNoise.alpha, taps);
    const held = keep === 'everything' ? count : 1;
    this.#parameters = new Float32Array(parameterCount * held);
    this.#white = new Float32Array(this.options.pink ? ringLength * held : 0);
    for (let n = 0; n < tabled; n++)
      ({ up: this.#up[n], down: this.#down[n] } = afterPulses(weakResetTelegraph, n));
    this.#begin();
  }

  #begin(): void {
    const { start, keep, telegraph } = this.options;
    const share = occupancy(weakResetTelegraph);
    for (let i = 0; i < this.count; i++) {
      if (start === 'stationary' && telegraph !== 'none') {
        this.#words.draw(this.options.firstDevice + i, 0, purpose.start);
        this.high[i] = unit(this.#words.words[0]) < share ? 1 : 0;
      }
      if (keep === 'everything') this.#drawAll(i, i);
    }
  }

  /** Draws parameters and the white numbers of now for device i, to place `at`. */
  #drawAll(i: number, at: number): void {
    const device = this.options.firstDevice + i;
    this.#drawParameters(device, this.#words, this.#parameters, at * parameterCount);
    if (!this.options.pink) return;
    const last = (this.pulses[i] + firstNumber) >>> 2;
    for (let block = last - blocksInRing + 1; block <= last; block++)
      this.#drawWhite(device, block, this.#words, this.#white, at * ringLength);
  }

  /**
   * Applies pulses to the devices from `from` up to, not including, `to`; `pulses[i]` to device i,
   * whole numbers, 0 for none. Throws a `RangeError` where a device would have more than 4.29e9 in
   * all (they were seen to work for 1e10; the model has no wear).
   */
  apply(pulses: Pulses, from = 0, to = this.count): void {
    this.#calls++;
    const { pink, keep, telegraph } = this.options;
    const fresh = pink && keep === 'everything';
    for (let i = from; i < to; i++) {
      const n = typeof pulses === 'number' ? pulses : pulses[i];
      if (n === 0) continue;
      const before = this.pulses[i];
      if (n >>> 0 !== n || before + n > mostPulses)
        throw new RangeError(`${n} pulses for device ${i}`);
      this.pulses[i] = before + n;
      if (telegraph !== 'none') this.#switch(i, n);
      if (fresh) this.#shift(i, before);
    }
  }

  /** Telegraph noise over n pulses: one step of Tⁿ. */
  #switch(i: number, n: number): void {
    this.#words.draw(this.options.firstDevice + i, this.pulses[i], purpose.telegraph);
    const chance = unit(this.#words.words[0]);
    const high = this.high[i];
    if (n < tabled) {
      if (chance < (high === 1 ? this.#down[n] : this.#up[n])) this.high[i] = 1 - high;
      return;
    }
    const { up, down } = afterPulses(weakResetTelegraph, n);
    if (chance < (high === 1 ? down : up)) this.high[i] = 1 - high;
  }

  /** Draws the blocks of white numbers that are new since there were `before` pulses. */
  #shift(i: number, before: number): void {
    const last = (this.pulses[i] + firstNumber) >>> 2;
    const first = Math.max(((before + firstNumber) >>> 2) + 1, last - blocksInRing + 1);
    const device = this.options.firstDevice + i;
    for (let block = first; block <= last; block++)
      this.#drawWhite(device, block, this.#words, this.#white, i * ringLength);
  }

  /** Writes the gaps w of the devices from `from` up to `to` to the beginning of `gaps`. */
  readGaps(gaps: Float64Array, from = 0, to = this.count): void {
    for (let i = from; i < to; i++) gaps[i - from] = this.#gap(i, this.#ready(i));
  }

  /** Writes the resistances R₀·exp(w) likewise [Ω]. */
  readResistances(resistances: Float64Array, from = 0, to = this.count): void {
    for (let i = from; i < to; i++) {
      const at = this.#ready(i);
      const gap = this.#gap(i, at);
      resistances[i - from] = this.#parameters[at * parameterCount + place.r0] * Math.exp(gap);
    }
  }

  /** The parameters of device i. */
  parameters(i: number): Record<keyof typeof place, number> {
    const p = this.#parameters.subarray(this.#ready(i) * parameterCount);
    const { m1, c1, tstar, m2, r0, a } = place;
    return { m1: p[m1], c1: p[c1], tstar: p[tstar], m2: p[m2], r0: p[r0], a: p[a] };
  }

  /** Bytes that the population takes. */
  get bytes(): number {
    const arrays = [this.pulses, this.high, this.#parameters, this.#white];
    return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Where parameters and white numbers of device i stand, drawn if they are not kept. */
  #ready(i: number): number {
    if (this.options.keep === 'everything') return i;
    this.#drawAll(i, 0);
    return 0;
  }

  /** (3), (4), (5) and (6). */
  #gap(i: number, at: number): number {
    const p = this.#parameters;
    const k = at * parameterCount;
    const t = this.pulses[i];
    const tstar = p[k + place.tstar];
    const mean = meanGap(t, p[k + place.m1], p[k + place.c1], tstar, p[k + place.m2]);
    const pink = this.options.pink ? this.#pink(t, at) : 0;
    return mean + (this.high[i] === 1 ? this.#amplitude(i, p[k + place.a], t >= tstar) : 0) + pink;
  }

  #pink(t: number, at: number): number {
    const white = this.#white;
    const coefficients = this.#coefficients;
    const row = ((t + firstNumber) % ringLength) * ringLength;
    const ring = at * ringLength;
    let sum = 0;
    for (let j = 0; j < ringLength; j++) sum += coefficients[row + j] * white[ring + j];
    return sum;
  }

  #amplitude(i: number, a: number, behindKnee: boolean): number {
    const { telegraph, noise, firstDevice } = this.options;
    if (telegraph === 'behind-knee' && !behindKnee) return 0;
    if (noise === 'printed') return a;
    this.#words.draw(firstDevice + i, this.#calls, purpose.amplitude);
    return a * unit(this.#words.words[0]) * unit(this.#words.words[1]);
  }
}
