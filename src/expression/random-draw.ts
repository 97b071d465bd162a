/** What the functions that draw make of random numbers, in a Monte Carlo. */
import { functions } from './functions.js';

/** Where random numbers come from; each call gives another one. */
export interface RandomSource {
  /** Standard normal. */
  normal(): number;
  /** Uniform in (0, 1). */
  uniform(): number;
}

type Draw = (values: readonly number[], source: RandomSource) => number;

/**
 * Deviations around the nominal value, one line a function: gauss and unif relative to it, agauss
 * and aunif absolute; the third argument of the normal ones says how many sigmas the deviation is
 * (ngspice 39 manual, section 2.8.5; HSPICE's fourth argument is `largestOf`).
 */
const draws: Readonly<Record<string, Draw>> = {
  agauss: ([nominal, deviation, sigmas = 1, repeat = 1], source) =>
    nominal + (deviation / sigmas) * largestOf(repeat, () => source.normal()),
  gauss: ([nominal, deviation, sigmas = 1, repeat = 1], source) =>
    deviation === undefined
      ? nominal * source.normal()
      : nominal * (1 + (deviation / sigmas) * largestOf(repeat, () => source.normal())),
  aunif: ([nominal, deviation, repeat = 1], source) =>
    nominal + deviation * largestOf(repeat, () => symmetric(source)),
  unif: ([nominal, deviation, repeat = 1], source) =>
    nominal * (1 + deviation * largestOf(repeat, () => symmetric(source))),
  limit: ([nominal, deviation], source) =>
    nominal + (source.uniform() < 0.5 ? -deviation : deviation),
  lognormal: ([median, deviation, sigmas = 1], source) =>
    median * Math.exp((deviation / sigmas) * source.normal()),
  exponential: ([mean], source) => -mean * Math.log(source.uniform()),
  mc: ([nominal, deviation], source) => nominal * (1 + deviation * symmetric(source)),
  flat: ([deviation], source) => deviation * symmetric(source),
  random: (_, source) => source.uniform(),
  rand: (_, source) => source.uniform(),
  sgauss: (_, source) => source.normal(),
  sunif: (_, source) => symmetric(source),
};

/** Whether a call with as many arguments draws: `limit` does with two of them. */
export function drawsRandomly(name: string, argumentCount: number): boolean {
  return name === 'limit' ? argumentCount === 2 : functions[name]?.random === true;
}

/** The value of a call that draws. */
export function drawValue(name: string, values: readonly number[], source: RandomSource): number {
  return draws[name](values, source);
}

/** Names of all functions that draw, for tests. */
export const drawNames: readonly string[] = Object.keys(draws);

function symmetric(source: RandomSource): number {
  return 2 * source.uniform() - 1;
}

/** HSPICE's multiplier: of so many deviations the largest, which gives two humps. */
function largestOf(count: number, deviation: () => number): number {
  let largest = deviation();
  for (let k = 1; k < Math.min(count, 1000); k++) {
    const next = deviation();
    if (Math.abs(next) > Math.abs(largest)) largest = next;
  }
  return largest;
}
