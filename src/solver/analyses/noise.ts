/**
 * `.noise`: noise of all devices at one output, and what noise of one source would cause the same.
 *
 *     operating point; densities S_k(f) of all sources, from a_k to b_k, that models declare
 *     for each frequency:
 *       Λ: adjoint of the output               one solve with the transposed matrix
 *       out_k = |Λ_a − Λ_b|²·S_k               contribution of source k [V²/Hz]
 *       gain  = |Λ·(−∂f/∂u)|                   from the value u of the input source, whatever its ac
 *     totals: integrals of all out_k and out_k/gain² over f, by power laws between the points; the
 *             gain of an interval is that at its end, as in ngspice
 *
 * Sources are not correlated. Rohrer, Nagel, Meyer, Weber, IEEE JSSC 6(4), 1971 (adjoint network).
 *
 * Results as ngspice has them: `onoise_spectrum` [V/√Hz] and `inoise_spectrum`, with points per
 * summary also each device's and each source's share, at every so many points; totals are rms.
 */
import { integer, warning, type Diagnostic } from '../../base/index.js';
import type { AnalysisCard } from '../../netlist/circuit.js';
import { type ColumnDescription, DatasetBuilder, quantityOf } from '../../waveform/index.js';
import type { DrivenSource } from '../system/sources.js';
import type { Analysis, AnalysisContext, AnalysisRun, AnalysisSteps } from './analysis.js';
import { bindPositional } from './arguments.js';
import { bindFrequencies } from './frequency-sweep.js';
import { type NoiseSource, noiseSources, outputDensity } from './noise-sources.js';
import { powerLawIntegral } from './power-law-integral.js';
import { bindOutput, bindSource, selectorOf, type SignalOutput } from './small-signal-ports.js';
import { sourceUnit } from './small-signal-ports.js';
import { driveOf, phasors, settle, SmallSignal } from './small-signal.js';

const usage = '.noise v(out[,ref]) source dec|oct|lin points fstart fstop [pointsPerSummary]';

const table = {
  pointsPerSummary: integer(0, 'points from one summary of contributions to the next', '[0:inf)'),
};

interface Plan {
  readonly output: SignalOutput;
  readonly input: DrivenSource;
  readonly frequencies: readonly number[];
  /** 0: no contributions. */
  readonly perSummary: number;
}

interface Results {
  readonly spectrum: DatasetBuilder;
  readonly totals: DatasetBuilder;
}

export const noise: Analysis = {
  name: 'noise',
  usage,
  title: 'Noise, output and input referred, with contributions',
  start(context: AnalysisContext, card: AnalysisCard): AnalysisRun | undefined {
    const plan = bindPlan(context, card);
    if (!plan) return undefined;
    const results = describe(context, plan);
    const steps = run(context, card, plan, results);
    const further = [{ kind: 'integrated-noise', part: 'total', dataset: results.totals }] as const;
    return { kind: 'noise', dataset: results.spectrum, steps, further };
  },
};

function bindPlan(context: AnalysisContext, card: AnalysisCard): Plan | undefined {
  const { diagnostics } = context;
  const [first, second] = card.arguments;
  const output = bindOutput(context, card, first, usage, 'voltages only');
  if (!output) return undefined;
  const input = bindSource(context, card, second, usage);
  if (!input) return undefined;
  const sweep = card.arguments.slice(2, 6);
  const rest = card.arguments.slice(6);
  const frequencies = bindFrequencies(card, sweep, usage, diagnostics);
  const bound = bindPositional(card, rest, { table, required: 0, usage }, diagnostics);
  if (!frequencies || !bound) return undefined;
  return { output, input, frequencies, perSummary: bound.pointsPerSummary };
}

// --- columns ---

/**
 * What names of columns end in, in their order: `_r1_thermal` and `_r1`; `.m1.id` and `.m1` for the
 * models of Berkeley's later family, as ngspice has it.
 */
function contributors(context: AnalysisContext): string[] {
  const names: string[] = [];
  for (const { model, instances } of context.system.groups) {
    if (model.noise.length === 0) continue;
    const mark = model.definition.name.startsWith('bsim') ? '.' : '_';
    for (const { name } of instances) {
      for (const source of model.noise) {
        if (source.kind === 'induced') continue;
        names.push(`${mark}${name}${mark}${source.name === 'flicker' ? '1overf' : source.name}`);
      }
      names.push(`${mark}${name}`);
    }
  }
  return names;
}

function describe(context: AnalysisContext, { input, perSummary, frequencies }: Plan): Results {
  const { title } = context.system.circuit;
  const unit = sourceUnit(input);
  const names = perSummary > 0 ? contributors(context) : [];
  const density = (of: 'V' | 'A') => quantityOf('other', `${of}/√Hz`);
  const rms = (of: 'V' | 'A') => quantityOf(of === 'V' ? 'voltage' : 'current');
  const spectra: ColumnDescription[] = [
    { name: 'frequency', quantity: quantityOf('frequency') },
    ...names.map((name) => ({ name: `onoise${name}`, quantity: density('V') })),
    { name: 'onoise_spectrum', quantity: density('V') },
    { name: 'inoise_spectrum', quantity: density(unit) },
  ];
  const totals: ColumnDescription[] = ['', ...names].flatMap((name) => [
    { name: `onoise_total${name}`, quantity: rms('V') },
    { name: `inoise_total${name}`, quantity: rms(unit) },
  ]);
  const spectrum = { title, analysis: 'noise', columns: spectra } as const;
  return {
    spectrum: new DatasetBuilder(spectrum, Math.min(frequencies.length, 65536)),
    totals: new DatasetBuilder({ title, analysis: 'integrated-noise', columns: totals }, 1),
  };
}

// --- computation ---

function* run(
  context: AnalysisContext,
  card: AnalysisCard,
  plan: Plan,
  results: Results,
): AnalysisSteps {
  const problem = settle(context, card);
  if (problem) return problem;
  const { frequencies, perSummary } = plan;
  const work = new SmallSignal(context);
  const sources = noiseSources(context.system);
  const point = new NoisePoint(context, plan, sources);
  const sums = new NoiseTotals(sources.length);
  for (let k = 0; k < frequencies.length; k++) {
    const failed = work.factorOrExplain(frequencies[k], card);
    if (failed) return failed;
    point.evaluate(work, frequencies[k]);
    sums.add(frequencies[k], point);
    if (perSummary === 0 || k % perSummary === 0)
      results.spectrum.append(spectrumRow(frequencies[k], point, sources, perSummary > 0));
    context.statistics.acceptedPoints++;
    yield { fraction: (k + 1) / frequencies.length, at: frequencies[k], unit: 'Hz' };
  }
  if (!point.transfers) context.diagnostics.push(noTransfer(plan, card));
  results.totals.append(totalsRow(sums, sources, perSummary > 0));
  return undefined;
}

/** As in ngspice: a source that does not reach the output is referred through this gain. */
const smallestGainSquared = 1e-20;

/** Densities at the output at one frequency. */
class NoisePoint {
  readonly #sources: readonly NoiseSource[];
  readonly #selector: Float64Array;
  readonly #drive: Float64Array;
  readonly #adjoint: { readonly re: Float64Array; readonly im: Float64Array };
  /** [sources] V²/Hz. */
  readonly output: Float64Array;
  gainSquared = 0;
  /** Whether the input reached the output at any frequency. */
  transfers = false;

  constructor(context: AnalysisContext, plan: Plan, sources: readonly NoiseSource[]) {
    const { n } = context.system;
    this.#sources = sources;
    this.#selector = selectorOf(plan.output, n);
    this.#drive = driveOf(context, plan.input);
    this.#adjoint = phasors(n);
    this.output = new Float64Array(sources.length);
  }

  /** Evaluates at the frequency that `work` has factored. */
  evaluate(work: SmallSignal, frequency: number): void {
    const { re, im } = this.#adjoint;
    re.set(this.#selector);
    im.fill(0);
    work.solveTransposed(this.#adjoint);
    const real = (u: number): number => (u === 0 ? 0 : re[u - 1]);
    const imaginary = (u: number): number => (u === 0 ? 0 : im[u - 1]);
    this.#sources.forEach((source, k) => {
      this.output[k] = outputDensity(source, frequency, real, imaginary);
    });
    this.gainSquared = this.#gainSquared();
    if (this.gainSquared > smallestGainSquared) this.transfers = true;
    else this.gainSquared = smallestGainSquared;
  }

  #gainSquared(): number {
    const { re, im } = this.#adjoint;
    let [a, b] = [0, 0];
    for (let row = 0; row < re.length; row++) {
      a += re[row] * this.#drive[row];
      b += im[row] * this.#drive[row];
    }
    return a * a + b * b;
  }
}

/** Integrals over frequency, source by source. */
class NoiseTotals {
  /** [sources] V² at the output, V² or A² at the input. */
  readonly output: Float64Array;
  readonly input: Float64Array;
  readonly #last: Float64Array;
  #lastFrequency = NaN;

  constructor(sources: number) {
    this.output = new Float64Array(sources);
    this.input = new Float64Array(sources);
    this.#last = new Float64Array(sources);
  }

  add(f: number, { output, gainSquared }: NoisePoint): void {
    const from = this.#lastFrequency;
    if (f > from)
      for (let k = 0; k < output.length; k++) {
        const power = powerLawIntegral(from, this.#last[k], f, output[k]);
        this.output[k] += power;
        // With one gain for the interval, that at its end, as in ngspice.
        this.input[k] += power / gainSquared;
      }
    this.#last.set(output);
    this.#lastFrequency = f;
  }
}

/** Calls `share` for the range of each source, of each device, and of all. */
function shares(
  sources: readonly NoiseSource[],
  detailed: boolean,
  share: (first: number, end: number) => void,
): void {
  for (let first = 0; detailed && first < sources.length;) {
    const { instance } = sources[first];
    let end = first;
    for (; end < sources.length && sources[end].instance === instance; end++) share(end, end + 1);
    share(first, end);
    first = end;
  }
}

function sum(values: Float64Array, first = 0, end = values.length): number {
  let total = 0;
  for (let k = first; k < end; k++) total += values[k];
  return total;
}

function spectrumRow(
  frequency: number,
  { output, gainSquared }: NoisePoint,
  sources: readonly NoiseSource[],
  detailed: boolean,
): Float64Array {
  const row = [frequency];
  shares(sources, detailed, (first, end) => row.push(Math.sqrt(sum(output, first, end))));
  const all = sum(output);
  row.push(Math.sqrt(all), Math.sqrt(all / gainSquared));
  return Float64Array.from(row);
}

function totalsRow(
  { output, input }: NoiseTotals,
  sources: readonly NoiseSource[],
  detailed: boolean,
): Float64Array {
  const row = [Math.sqrt(sum(output)), Math.sqrt(sum(input))];
  shares(sources, detailed, (first, end) =>
    row.push(Math.sqrt(sum(output, first, end)), Math.sqrt(sum(input, first, end))),
  );
  return Float64Array.from(row);
}

function noTransfer({ input, output }: Plan, card: AnalysisCard): Diagnostic {
  const message = `'${input.name}' does not reach ${output.text}: noise referred to it means nothing`;
  return warning('S117', message, card.span);
}
