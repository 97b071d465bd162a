import type { Diagnostic } from '../../base/index.js';
import { expandDeck } from '../../netlist/index.js';
import { measureAnalyses } from '../../solver/measure-analyses.js';
import { ReusableSystem } from '../../solver/reusable-system.js';
import { simulateCircuit } from '../../solver/simulate.js';
import type { MeasureRow } from '../../waveform/measures/index.js';
import type { Point, Sample, SampledGroup, SamplePurpose, Sampler } from './sampler.js';
import { circuitWith, problemText, type TestBench, valuesAt } from './test-bench.js';

/** A `.meas` of the deck. */
export interface MeasuredOutput {
  readonly name: string;
  readonly measure: string;
  /** Absent: that of the measure. */
  readonly unit?: string;
}

/** Carries out the deck's own analyses at each point and takes the results of its `.meas`. */
export class MeasureSampler implements Sampler {
  readonly #bench: TestBench;
  readonly #outputs: readonly MeasuredOutput[];
  readonly #system = new ReusableSystem();

  constructor(bench: TestBench, outputs: readonly MeasuredOutput[]) {
    this.#bench = bench;
    this.#outputs = outputs;
  }

  groups(points: readonly Point[]): readonly (readonly number[])[] {
    return points.map((_, place) => [place]);
  }

  async sample(
    points: readonly Point[],
    _: SamplePurpose,
    signal?: AbortSignal,
  ): Promise<SampledGroup | undefined> {
    const samples: Sample[] = [];
    let units: string[] = [];
    for (const point of points) {
      const measured = await this.#measure(point, signal);
      if (signal?.aborted) return undefined;
      samples.push(measured.sample);
      units = measured.units;
    }
    return { samples, units, runs: points.length };
  }

  async #measure(
    point: Point,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly sample: Sample; readonly units: string[] }> {
    const { deck, options } = this.#bench;
    const values = valuesAt(this.#bench, point);
    const diagnostics: Diagnostic[] = [];
    const circuit = circuitWith(this.#bench, values, diagnostics);
    if (!circuit) return { sample: { problem: problemText(diagnostics) }, units: [] };
    const stream = simulateCircuit(circuit, {
      system: this.#system,
      ...(signal ? { signal } : {}),
      expand: (more) => expandDeck(deck, { ...options, values: [...values, ...more] }),
    });
    let next = await stream.next();
    while (!next.done) next = await stream.next();
    const { analyses, diagnostics: found } = next.value;
    const rows = await measureAnalyses(circuit, analyses);
    return valuesOf(rows, this.#outputs, found);
  }
}

function valuesOf(
  rows: readonly MeasureRow[],
  outputs: readonly MeasuredOutput[],
  found: readonly Diagnostic[],
): { readonly sample: Sample; readonly units: string[] } {
  const values: number[] = [];
  const units: string[] = [];
  for (const { measure, unit } of outputs) {
    const row = rows.find(({ name }) => name === measure);
    const failures = row?.failure ? [row.failure] : [];
    if (row?.value === undefined || !Number.isFinite(row.value)) {
      const problem = `the measure '${measure}' has no value:\n${problemText([...failures, ...found])}`;
      return { sample: { problem }, units: [] };
    }
    values.push(row.value);
    units.push(unit ?? row.unit);
  }
  return { sample: { values }, units };
}
