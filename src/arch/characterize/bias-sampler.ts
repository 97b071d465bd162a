import { type Diagnostic, hasErrors } from '../../base/index.js';
import type { Circuit, StepValue } from '../../netlist/index.js';
import { Recorder } from '../../solver/analyses/recorder.js';
import { savedColumns } from '../../solver/analyses/saved-columns.js';
import { type Phasors, SmallSignal } from '../../solver/analyses/small-signal.js';
import { driveVector } from '../../solver/analyses/drive-vector.js';
import { quantityOf } from '../../waveform/index.js';
import { type ExpressionOutput, readOutputs, savingOnly } from './read-outputs.js';
import {
  chunked,
  groupedBy,
  type Point,
  type Sample,
  type SampledGroup,
  type SamplePurpose,
  type Sampler,
} from './sampler.js';
import { circuitWith, problemText, type TestBench, valuesAt } from './test-bench.js';
import { cardFor, WarmContext } from './warm-context.js';

/** So many points go on from each other. */
const mostWarm = 256;

/**
 * Operating points (`dc`), and small signals around them (`ac`). Points that differ in values of
 * sources alone are neighbours: each starts from the operating point before. Points that differ in
 * the frequency alone share theirs. All others start cold, from the circuit's own nodesets, and values
 * of elements are set in place.
 */
export class BiasSampler implements Sampler {
  readonly #bench: TestBench;
  readonly #kind: 'dc' | 'ac';
  readonly #outputs: readonly ExpressionOutput[];
  readonly #warm = new WarmContext();
  /** Which inputs need no new circuit: values of sources, and the frequency. */
  readonly #isQuick: readonly boolean[];
  readonly #frequency: number;

  constructor(bench: TestBench, kind: 'dc' | 'ac', outputs: readonly ExpressionOutput[]) {
    this.#bench = bench;
    this.#kind = kind;
    this.#outputs = outputs;
    this.#frequency = bench.variables.findIndex(({ isFrequency }) => isFrequency);
    this.#isQuick = bench.variables.map(({ targets }) =>
      targets.every(({ kind: of, parameter }) => of === 'instance' && parameter === 'dc'),
    );
  }

  /** Finds what outputs read that the circuit does not have. */
  check(diagnostics: Diagnostic[]): boolean {
    if (!this.#warm.begin(savingOnly(this.#bench.circuit, this.#outputs), diagnostics))
      return false;
    savedColumns(this.#warm.context.system, this.#kind, diagnostics);
    return !hasErrors(diagnostics);
  }

  groups(points: readonly Point[]): readonly (readonly number[])[] {
    const slow = (point: Point): string => point.filter((_, k) => !this.#isQuick[k]).join(' ');
    const compare = (a: number, b: number): number => {
      const k = points[a].findIndex((value, i) => value !== points[b][i]);
      return k < 0 ? 0 : points[a][k] - points[b][k];
    };
    return groupedBy(points, slow).flatMap((group) => chunked(group.sort(compare), mostWarm));
  }

  async sample(
    points: readonly Point[],
    _: SamplePurpose,
    signal?: AbortSignal,
  ): Promise<SampledGroup | undefined> {
    const diagnostics: Diagnostic[] = [];
    const failed = (): SampledGroup => {
      const problem = problemText(diagnostics);
      return { samples: points.map(() => ({ problem })), units: [], runs: points.length };
    };
    const slow = valuesAt(this.#bench, points[0]).filter((each) => !isSource(each));
    const circuit = this.#take(slow, diagnostics);
    if (!circuit) return failed();
    const recorder = this.#recorder(points.length, diagnostics);
    const problems = this.#record(circuit, points, recorder);
    if (signal?.aborted) return undefined;
    const read = await readOutputs(recorder.dataset.finish(), this.#outputs, circuit);
    if ('severity' in read) {
      diagnostics.unshift(read);
      return failed();
    }
    const rows = read.rows.values();
    const samples = problems.map((problem): Sample => {
      if (problem !== undefined) return { problem };
      const values = rows.next().value!;
      const bad = values.findIndex((value) => !Number.isFinite(value));
      return bad < 0
        ? { values }
        : { problem: `${this.#outputs[bad].name} is not a finite number` };
    });
    return { samples, units: read.units, runs: points.length };
  }

  /** Brings the circuit to other values, cold; undefined, with diagnostics, if it cannot take them. */
  #take(values: readonly StepValue[], diagnostics: Diagnostic[]): Circuit | undefined {
    const inPlace = values.filter(({ target }) => target.kind === 'instance');
    const others = values.filter((each) => !inPlace.includes(each));
    const of = others.map(({ target, value }) => `${target.label}=${value}`).join(' ');
    if (this.#taken?.of === of && inPlace.every((each) => this.#warm.setElement(each))) {
      this.#warm.restart();
      return this.#taken.circuit;
    }
    this.#taken = undefined;
    const plain = circuitWith(this.#bench, values, diagnostics);
    const circuit = plain && savingOnly(plain, this.#outputs);
    if (!circuit || !this.#warm.begin(circuit, diagnostics)) return undefined;
    this.#taken = { of, circuit };
    return circuit;
  }

  /** The circuit at hand, and the values that it was expanded for. */
  #taken: { readonly of: string; readonly circuit: Circuit } | undefined;

  #recorder(points: number, diagnostics: Diagnostic[]): Recorder {
    const { system } = this.#warm.context;
    const columns = savedColumns(system, this.#kind, diagnostics);
    const scale =
      this.#kind === 'ac'
        ? { name: 'frequency', quantity: quantityOf('frequency') }
        : { name: 'point', quantity: quantityOf('other') };
    return new Recorder(system, this.#kind, scale, columns, { points });
  }

  /** Computes all points; says for each what went wrong, and records the others. */
  #record(
    circuit: Circuit,
    points: readonly Point[],
    recorder: Recorder,
  ): readonly (string | undefined)[] {
    const card = cardFor(this.#kind, circuit);
    let before: string | undefined;
    let signals: Signals | undefined;
    return points.map((point, p) => {
      const sources = valuesAt(this.#bench, point).filter(isSource);
      const bias = sources.map(({ value }) => value).join(' ');
      if (bias !== before) {
        for (const { target, value } of sources) this.#warm.setSource(target.name, value);
        const problem = this.#warm.settle(card);
        before = problem ? undefined : bias;
        signals = undefined;
        if (problem) return problemText([problem]);
      }
      if (this.#kind === 'dc') {
        recorder.record(p);
        return undefined;
      }
      const { context } = this.#warm;
      signals ??= { work: new SmallSignal(context), drive: driveVector(context) };
      return this.#recordSignal(point[this.#frequency], signals, recorder, circuit);
    });
  }

  #recordSignal(
    frequency: number,
    { work, drive }: Signals,
    { dataset, columns }: Recorder,
    circuit: Circuit,
  ): string | undefined {
    const problem = work.factorOrExplain(frequency, cardFor('ac', circuit));
    if (problem) return problemText([problem]);
    const x: Phasors = { re: drive.re.slice(), im: drive.im.slice() };
    work.solve(x);
    const pick = (values: Float64Array): number[] =>
      columns.map(({ unknown }) => (unknown <= 0 ? 0 : values[unknown - 1]));
    dataset.appendComplex(
      Float64Array.of(frequency, ...pick(x.re)),
      Float64Array.of(0, ...pick(x.im)),
    );
    return undefined;
  }
}

/** Small signals around one operating point. */
interface Signals {
  readonly work: SmallSignal;
  readonly drive: Phasors;
}

function isSource({ target }: StepValue): boolean {
  return target.kind === 'instance' && target.parameter === 'dc';
}
