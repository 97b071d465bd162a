/**
 * `.sens`: derivatives of one output by every parameter of every device, by adjoint equations.
 *
 *     dc:   Aᵀ·λ = selector;                    d out/dp = −λ·∂f/∂p
 *     ac:   (G + jωC)ᵀ·λ = selector
 *           direct:     −Σ_rc λ_r·(∂G_rc/∂p + jω ∂C_rc/∂p)·X_c
 *           by bias:    g_j = Σ_rc λ_r·(∂G_rc/∂x_j + jω ∂C_rc/∂x_j)·X_c;  Aᵀ·μ = g;  + μ·∂f/∂p
 *
 * The derivatives by p are exact (sensitive-parameters.ts). That of a small signal has both parts:
 * a parameter acts on it also through the operating point, which ngspice leaves out. Director and
 * Rohrer, IEEE Trans. Circuit Theory 16(3), 1969.
 *
 * Names are ngspice's: `r1`, `m1_w` of the instance, `m1:vto` of the card, `v1` the dc value,
 * `v1_acmag`.
 */
import { error } from '../../base/index.js';
import { environment } from '../../devices/language/compiled.js';
import type { AnalysisCard } from '../../netlist/circuit.js';
import { type ColumnDescription, DatasetBuilder, quantityOf } from '../../waveform/index.js';
import type { DrivenSource } from '../system/sources.js';
import type { Analysis, AnalysisContext, AnalysisRun, AnalysisSteps } from './analysis.js';
import { wrongUse } from './arguments.js';
import { driveVector } from './drive-vector.js';
import { bindFrequencies } from './frequency-sweep.js';
import { SensitiveParameters } from './sensitive-parameters.js';
import { bindOutput, selectorOf, type SignalOutput } from './small-signal-ports.js';
import { driveOf, phasors, type Phasors, settle, SmallSignal } from './small-signal.js';

const usage = '.sens v(out[,ref])|i(vsource) [ac dec|oct|lin points fstart fstop]';

export const sens: Analysis = {
  name: 'sens',
  usage,
  title: 'Sensitivity of an output to all parameters, at dc or over frequency',
  start(context: AnalysisContext, card: AnalysisCard): AnalysisRun | undefined {
    const [first, second, ...rest] = card.arguments;
    const output = bindOutput(context, card, first, usage, 'currents');
    if (!output) return undefined;
    const isAc = second?.text === 'ac';
    const extra = isAc || second?.text === 'dc' ? undefined : second;
    if (extra ?? (isAc ? undefined : rest[0])) {
      const message = `.sens has no use for '${(extra ?? rest[0]).text}'`;
      context.diagnostics.push(wrongUse(card, message, usage, extra ?? rest[0]));
      return undefined;
    }
    const task = { output, parameters: new SensitiveParameters(context.system) };
    return isAc ? startAc(context, card, task) : startDc(context, card, task);
  },
};

interface Task {
  readonly output: SignalOutput;
  readonly parameters: SensitiveParameters;
}

function columnsOf({ output, parameters }: Task): ColumnDescription[] {
  return parameters.list.map(({ name, unit }) => ({
    name,
    quantity: quantityOf('other', per(output.unit, unit)),
  }));
}

function per(unit: string, by: string): string {
  if (by === '') return unit;
  return `${unit}/${/[/·]/.test(by) ? `(${by})` : by}`;
}

// --- dc ---

function startDc(context: AnalysisContext, card: AnalysisCard, task: Task): AnalysisRun {
  const { title } = context.system.circuit;
  const dataset = new DatasetBuilder({ title, analysis: 'sens', columns: columnsOf(task) }, 1);
  return { kind: 'sens', dataset, steps: runDc(context, card, task, dataset) };
}

function* runDc(
  context: AnalysisContext,
  card: AnalysisCard,
  { output, parameters }: Task,
  dataset: DatasetBuilder,
): AnalysisSteps {
  const problem = settle(context, card);
  if (problem) return problem;
  const { n } = context.system;
  const work = new SmallSignal(context);
  const failed = work.factorOrExplain(0, card);
  if (failed) return failed;
  const adjoint = { re: selectorOf(output, n), im: new Float64Array(n) };
  work.solveTransposed(adjoint);
  const result = new Float64Array(parameters.list.length);
  parameters.addResiduals(adjoint.re, result);
  dataset.append(result.map((value) => 0 - value));
  context.statistics.acceptedPoints++;
  yield { fraction: 1, at: 0, unit: '' };
  return undefined;
}

// --- ac ---

function startAc(
  context: AnalysisContext,
  card: AnalysisCard,
  task: Task,
): AnalysisRun | undefined {
  const { system, diagnostics } = context;
  const frequencies = bindFrequencies(card, card.arguments.slice(2), usage, diagnostics);
  if (!frequencies) return undefined;
  if (system.unknowns.some(({ kind }) => kind === 'delay')) {
    const message = '.sens ac does not know how delays change with parameters';
    diagnostics.push(error('S118', message, card.span));
    return undefined;
  }
  const { title } = system.circuit;
  const driven = context.sources.list.filter(({ waveform }) => waveform.ac !== undefined);
  const columns = [
    { name: 'frequency', quantity: quantityOf('frequency') },
    ...columnsOf(task),
    ...driven.flatMap((source) => phasorColumns(task.output, source)),
  ];
  const description = { title, analysis: 'sens', columns, complex: true } as const;
  const dataset = new DatasetBuilder(description, Math.min(frequencies.length, 65536));
  const steps = runAc(context, card, { ...task, driven, frequencies }, dataset);
  return { kind: 'sens', dataset, steps };
}

function phasorColumns({ unit }: SignalOutput, { name, place }: DrivenSource): ColumnDescription[] {
  const own = place.instance.definition.inputs[place.name]?.unit ?? '';
  return [
    { name: `${name}_acmag`, quantity: quantityOf('other', per(unit, own)) },
    { name: `${name}_acphase`, quantity: quantityOf('other', per(unit, '°')) },
  ];
}

interface AcTask extends Task {
  readonly driven: readonly DrivenSource[];
  readonly frequencies: readonly number[];
}

function* runAc(
  context: AnalysisContext,
  card: AnalysisCard,
  task: AcTask,
  dataset: DatasetBuilder,
): AnalysisSteps {
  const problem = settle(context, card);
  if (problem) return problem;
  const bias = new SmallSignal(context);
  const signal = new SmallSignal(context);
  const work = new AcSensitivity(context, task, signal, bias);
  for (const [k, frequency] of task.frequencies.entries()) {
    const failed = bias.factorOrExplain(0, card) ?? signal.factorOrExplain(frequency, card);
    if (failed) return failed;
    work.evaluate(frequency);
    const row = (part: 're' | 'im', first: number): Float64Array =>
      Float64Array.from([first, ...work.result[part], ...work.bySource[part]]);
    dataset.appendComplex(row('re', frequency), row('im', 0));
    context.statistics.acceptedPoints++;
    yield { fraction: (k + 1) / task.frequencies.length, at: frequency, unit: 'Hz' };
  }
  return undefined;
}

class AcSensitivity {
  /** [parameters] */
  readonly result: Phasors;
  /** [2 · driven sources] by magnitude and by phase [°]. */
  readonly bySource: Phasors;
  readonly #context: AnalysisContext;
  readonly #task: AcTask;
  readonly #signal: SmallSignal;
  readonly #bias: SmallSignal;
  readonly #drive: Phasors;
  readonly #units: readonly Float64Array[];

  constructor(context: AnalysisContext, task: AcTask, signal: SmallSignal, bias: SmallSignal) {
    this.#context = context;
    this.#task = task;
    this.#signal = signal;
    this.#bias = bias;
    this.#drive = driveVector(context);
    this.#units = task.driven.map((source) => driveOf(context, source));
    this.result = phasors(task.parameters.list.length);
    this.bySource = phasors(2 * task.driven.length);
  }

  /** Evaluates at a frequency that the equations of the signal have been factored for. */
  evaluate(frequency: number): void {
    const { parameters, output } = this.#task;
    const { n } = this.#context.system;
    const { result } = this;
    const x = { re: this.#drive.re.slice(), im: this.#drive.im.slice() };
    this.#signal.solve(x);
    const adjoint = { re: selectorOf(output, n), im: new Float64Array(n) };
    this.#signal.solveTransposed(adjoint);

    // Direct part, and what the operating point would do.
    result.re.fill(0);
    result.im.fill(0);
    const byBias = phasors(n);
    const omega = 2 * Math.PI * frequency;
    const product = (row: number, column: number, dynamic: boolean): readonly [number, number] => {
      const [a, b] = [adjoint.re[row - 1], adjoint.im[row - 1]];
      const [c, d] = [x.re[column - 1], x.im[column - 1]];
      const [re, im] = [a * c - b * d, a * d + b * c];
      return dynamic ? [-omega * im, omega * re] : [re, im];
    };
    this.#hold(frequency === 0);
    parameters.addEntries(product, [result.re, result.im], [byBias.re, byBias.im]);

    // By the operating point: the sign of μ·∂f/∂p is opposite to that of the direct part.
    this.#bias.solveTransposed(byBias);
    this.#hold(true);
    parameters.addResiduals(byBias.re.map(negated), result.re);
    parameters.addResiduals(byBias.im.map(negated), result.im);
    for (const part of [result.re, result.im]) part.forEach((value, k) => (part[k] = 0 - value));
    this.#evaluateSources(adjoint);
  }

  /** Whether states hold while equations are evaluated: in an operating point they do. */
  #hold(holds: boolean): void {
    this.#context.system.memory.environment[environment.hold] = holds ? 1 : 0;
  }

  #evaluateSources(adjoint: Phasors): void {
    this.#task.driven.forEach(({ waveform }, k) => {
      const { magnitude, phase } = waveform.ac!;
      const [re, im] = [adjoint.re, adjoint.im].map((part) =>
        part.reduce((sum, value, row) => sum + value * this.#units[k][row], 0),
      );
      const [c, s] = [Math.cos(phase), Math.sin(phase)];
      const byMagnitude = [re * c - im * s, re * s + im * c];
      const degree = (magnitude * Math.PI) / 180;
      this.bySource.re.set([byMagnitude[0], -byMagnitude[1] * degree], 2 * k);
      this.bySource.im.set([byMagnitude[1], byMagnitude[0] * degree], 2 * k);
    });
  }
}

function negated(value: number): number {
  return -value;
}
