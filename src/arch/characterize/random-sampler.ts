import { type CampaignRun, Campaign } from '../../solver/campaign.js';
import type { Circuit } from '../../netlist/index.js';
import { yieldOf } from '../../jobs/index.js';
import type { Point, Sample, SampledGroup, SamplePurpose, Sampler } from './sampler.js';
import { type TestBench, valuesAt } from './test-bench.js';
import type { MeasuredOutput } from './measure-sampler.js';

/** Something that happens in a run or does not. */
export interface RandomEvent {
  readonly measure: string;
  readonly above?: number;
  readonly below?: number;
}

/** What is read from the runs at a point. */
export type RandomReading =
  /** Whether something happened: the part of the runs, with both ends of its interval. */
  | { readonly kind: 'probability'; readonly event: RandomEvent }
  /** Of each measure its quantiles at these probabilities. */
  | {
      readonly kind: 'quantiles';
      readonly outputs: readonly MeasuredOutput[];
      readonly levels: readonly number[];
    };

export interface RandomRuns {
  /** At each point. */
  readonly runs: number;
  readonly seed: number;
}

/**
 * A Monte Carlo at each point. All points that build a table have the same draws, so that a curve
 * over them is smooth; points that verify it have draws of another seed.
 */
export class RandomSampler implements Sampler {
  readonly #bench: TestBench;
  readonly #reading: RandomReading;
  readonly #random: RandomRuns;

  constructor(bench: TestBench, reading: RandomReading, random: RandomRuns) {
    this.#bench = bench;
    this.#reading = reading;
    this.#random = random;
  }

  groups(points: readonly Point[]): readonly (readonly number[])[] {
    return points.map((_, place) => [place]);
  }

  async sample(
    points: readonly Point[],
    purpose: SamplePurpose = 'build',
    signal?: AbortSignal,
  ): Promise<SampledGroup | undefined> {
    const samples: Sample[] = [];
    let units: readonly string[] = [];
    for (const point of points) {
      const collected = await this.#collect(point, purpose, signal);
      if (signal?.aborted || !collected) return undefined;
      if ('problem' in collected) samples.push(collected);
      else {
        samples.push({ values: read(this.#reading, collected.values) });
        units = this.#units(collected.units);
      }
    }
    return { samples, units, runs: points.length * this.#random.runs };
  }

  #units(measured: readonly string[]): readonly string[] {
    if (this.#reading.kind === 'probability') return ['', '', ''];
    const { outputs, levels } = this.#reading;
    return outputs.flatMap(({ unit }, k) => levels.map(() => unit ?? measured[k] ?? ''));
  }

  /** The results of all runs at a point, [measures][runs]. */
  async #collect(
    point: Point,
    purpose: SamplePurpose,
    signal: AbortSignal | undefined,
  ): Promise<
    | { readonly values: readonly Float64Array[]; readonly units: readonly string[] }
    | { readonly problem: string }
    | undefined
  > {
    const names = measuresOf(this.#reading);
    const { runs, seed } = this.#random;
    const campaign = this.#campaign(point, purpose === 'verify' ? seed + 1 : seed);
    const values = names.map(() => new Float64Array(runs));
    let units: readonly string[] = [];
    for (let run = 0; run < runs; run++) {
      const done = await campaign.carryOut(run, signal);
      if (!done) return undefined;
      const problem = take(done, names, values, run);
      if (problem !== undefined) return { problem };
      units = names.map((name) => done.record.units[name] ?? '');
      if (signal?.aborted) return undefined;
    }
    return { values, units };
  }

  #campaign(point: Point, seed: number): Campaign {
    const { deck, circuit, options } = this.#bench;
    const values = valuesAt(this.#bench, point);
    const { span } = circuit.instances[0];
    const steps =
      values.length === 0
        ? []
        : [
            {
              targets: values.map(({ target }) => target),
              rows: [values.map(({ value }) => value)],
              span,
            },
          ];
    const stepped: Circuit = { ...circuit, steps };
    return new Campaign(deck, stepped, options, { runs: this.#random.runs, seed });
  }
}

function measuresOf(reading: RandomReading): readonly string[] {
  if (reading.kind === 'probability') return [reading.event.measure];
  return reading.outputs.map(({ measure }) => measure);
}

/** Puts the results of a run among the values; says why there are none. */
function take(
  { record }: CampaignRun,
  names: readonly string[],
  values: readonly Float64Array[],
  run: number,
): string | undefined {
  for (const [k, name] of names.entries()) {
    const value = record.measures[name];
    if (value === undefined || value === null) {
      const reasons = record.problems.join('\n') || 'no analysis of the deck has it';
      return `in run ${run + 1} the measure '${name}' has no value:\n${reasons}`;
    }
    values[k][run] = value;
  }
  return undefined;
}

function read(reading: RandomReading, values: readonly Float64Array[]): number[] {
  if (reading.kind === 'quantiles')
    return values.flatMap((each) => quantilesOf(each, reading.levels));
  const { above, below } = reading.event;
  const happens = (value: number): boolean =>
    above === undefined ? value < below! : value > above;
  const [runs] = values;
  const count = runs.filter(happens).length;
  const { interval = [0, 1] } = yieldOf(count, runs.length);
  return [count / runs.length, ...interval];
}

/** Quantiles of a sample by interpolation between neighbours; 0 and 1 are its ends. */
export function quantilesOf(sample: Float64Array, levels: readonly number[]): number[] {
  const sorted = sample.slice().sort();
  return levels.map((level) => {
    const place = level * (sorted.length - 1);
    const below = Math.floor(place);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  });
}

/** Probabilities at which a sample of so many runs has its quantiles tabled: denser to both ends. */
export function quantileLevels(runs: number): number[] {
  const half = [0.5, 0.4, 0.3, 0.2, 0.15, 0.1, 0.07, 0.05, 0.03, 0.02, 0.01, 0.005, 0.002, 0.001];
  const tails = half.filter((p) => p * runs >= 5).reverse();
  return [
    0,
    ...tails,
    ...tails
      .map((p) => 1 - p)
      .reverse()
      .slice(1),
    1,
  ];
}
