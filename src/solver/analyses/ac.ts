/**
 * `.ac`: small signals around the operating point.
 *
 *     (∂f/∂x + jω ∂q/∂x)·X = −∂f/∂u·U        u: values of independent sources, U: their phasors
 *
 *     operating point;  evaluate ∂f/∂x, ∂q/∂x, ∂f/∂u once
 *     for each frequency: factor, solve
 *
 * States take part with their linearised rates; at frequency 0 they hold.
 */
import { formatQuantity, integer, real, type Diagnostic } from '../../base/index.js';
import { environment } from '../../devices/language/compiled.js';
import type { AnalysisCard } from '../../netlist/circuit.js';
import { quantityOf } from '../../waveform/index.js';
import { ComplexLinearSolver } from '../linear/complex-linear-solver.js';
import { findOperatingPoint, singularDiagnostic } from '../newton/operating-point.js';
import { defaultReadables } from '../system/access.js';
import type { Analysis, AnalysisContext, AnalysisRun, Progress } from './analysis.js';
import { bindPositional, wrongUse } from './arguments.js';
import { Recorder } from './recorder.js';
import { savedColumns } from './saved-columns.js';

const usage = '.ac dec|oct|lin points fstart fstop';

const table = {
  points: integer(10, 'number of points (per decade, per octave, or in all)', '[1:inf)'),
  fstart: real(NaN, 'Hz', 'first frequency', '[0:inf)'),
  fstop: real(NaN, 'Hz', 'last frequency', '[0:inf)'),
};

export const ac: Analysis = {
  name: 'ac',
  usage,
  title: 'Small-signal analysis over frequency',
  start(context: AnalysisContext, card: AnalysisCard): AnalysisRun | undefined {
    const { system, diagnostics } = context;
    const frequencies = bindFrequencies(card, diagnostics);
    if (!frequencies) return undefined;
    const scale = { name: 'frequency', quantity: quantityOf('frequency') };
    const saved = savedColumns(system, 'ac', diagnostics);
    const columns = saved.length > 0 ? saved : defaultReadables(system);
    const recorder = new Recorder(system, 'ac', scale, columns, { points: frequencies.length });
    const steps = run(context, card, recorder, frequencies);
    return { kind: 'ac', dataset: recorder.dataset, steps };
  },
};

function bindFrequencies(card: AnalysisCard, diagnostics: Diagnostic[]): number[] | undefined {
  const [first, ...rest] = card.arguments;
  const spacing = first?.text;
  if (spacing !== 'dec' && spacing !== 'oct' && spacing !== 'lin') {
    const message = '.ac begins with dec, oct or lin';
    diagnostics.push(wrongUse(card, message, usage, first));
    return undefined;
  }
  const bound = bindPositional(card, rest, { table, required: 3, usage }, diagnostics);
  if (!bound) return undefined;
  const { points, fstart, fstop } = bound;
  if (fstop < fstart || (spacing !== 'lin' && fstart <= 0)) {
    const message =
      fstop < fstart ? 'fstop lies below fstart' : `${spacing} needs an fstart above 0`;
    diagnostics.push(wrongUse(card, message, usage, rest[1]));
    return undefined;
  }
  return spacing === 'lin'
    ? linear(points, fstart, fstop)
    : logarithmic(spacing === 'dec' ? 10 : 2, points, fstart, fstop);
}

function linear(points: number, start: number, stop: number): number[] {
  const step = points > 1 ? (stop - start) / (points - 1) : 0;
  return Array.from({ length: points }, (_, k) => start + k * step);
}

function logarithmic(base: number, points: number, start: number, stop: number): number[] {
  const intervals = Math.floor((points * Math.log(stop / start)) / Math.log(base) + 1e-6);
  return Array.from({ length: intervals + 1 }, (_, k) => start * base ** (k / points));
}

function* run(
  context: AnalysisContext,
  card: AnalysisCard,
  recorder: Recorder,
  frequencies: readonly number[],
): Generator<Progress, Diagnostic | undefined> {
  context.reset();
  const problem = context.checkTopology();
  if (problem) return problem;
  const request = { nodesets: context.nodesets(), span: card.span };
  const result = findOperatingPoint(context.newton, context.events, request);
  if (!result.converged) return result.diagnostic;
  const drive = sourceVector(context);
  const solver = new ComplexLinearSolver(context.system.pattern);
  const work = new SmallSignal(context, solver, recorder.columns.length);
  for (let k = 0; k < frequencies.length; k++) {
    const frequency = frequencies[k];
    if (k === 0 || (frequency === 0) !== (frequencies[k - 1] === 0)) work.linearize(frequency);
    const failed = work.solve(frequency, drive);
    if (failed) {
      const notes = [`at f = ${formatQuantity(frequency, 'Hz')}`];
      return singularDiagnostic(context.system, failed, card.span, notes);
    }
    work.record(frequency, recorder);
    context.statistics.acceptedPoints++;
    yield { fraction: (k + 1) / frequencies.length, at: frequency, unit: 'Hz' };
  }
  return undefined;
}

interface Phasors {
  /** [n] −∂f/∂u·U */
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** f is affine in the value of a source, so a difference is its derivative. */
function sourceVector({ system, sources }: AnalysisContext): Phasors {
  const re = new Float64Array(system.n);
  const im = new Float64Array(system.n);
  const { f } = system.memory;
  for (const { name, place, waveform } of sources.list) {
    if (!waveform.ac) continue;
    const { magnitude, phase } = waveform.ac;
    const at = system.slots.instance(name)!;
    const { kernels } = system.groups[at.group].model;
    const value = place.memory.instance[place.position];
    for (const sign of [1, -1]) {
      place.memory.instance[place.position] = sign === 1 ? 1 : 0;
      f.fill(0);
      kernels.evaluateStatic(place.memory, at.index, at.index + 1);
      for (let u = 1; u <= system.n; u++) {
        re[u - 1] -= sign * f[u] * magnitude * Math.cos(phase);
        im[u - 1] -= sign * f[u] * magnitude * Math.sin(phase);
      }
    }
    place.memory.instance[place.position] = value;
  }
  return { re, im };
}

class SmallSignal {
  readonly #context: AnalysisContext;
  readonly #solver: ComplexLinearSolver;
  readonly #re: Float64Array;
  readonly #im: Float64Array;
  readonly #x: Phasors;
  readonly #row: Phasors;

  constructor(context: AnalysisContext, solver: ComplexLinearSolver, columns: number) {
    const { n, pattern } = context.system;
    this.#context = context;
    this.#solver = solver;
    this.#re = new Float64Array(pattern.rowIndices.length);
    this.#im = new Float64Array(pattern.rowIndices.length);
    this.#x = { re: new Float64Array(n), im: new Float64Array(n) };
    this.#row = { re: new Float64Array(columns + 1), im: new Float64Array(columns + 1) };
  }

  /** Evaluates both Jacobians at the operating point. */
  linearize(frequency: number): void {
    const { system, equations } = this.#context;
    system.memory.environment[environment.hold] = frequency === 0 ? 1 : 0;
    equations.a0 = 0;
    // Shunts count at all frequencies, the trace of a charge only where ∂q/∂x does not.
    const { chargeRows } = equations;
    if (frequency > 0) equations.chargeRows = [];
    equations.assemble();
    equations.chargeRows = chargeRows;
    this.#re.set(equations.matrix);
    system.evaluate();
  }

  solve(frequency: number, drive: Phasors): ReturnType<SmallSignal['factor']> {
    const { jq } = this.#context.system.memory;
    const omega = 2 * Math.PI * frequency;
    for (let p = 0; p < this.#im.length; p++) this.#im[p] = omega * jq[p + 1];
    const singular = this.factor();
    if (singular) return singular;
    this.#x.re.set(drive.re);
    this.#x.im.set(drive.im);
    this.#solver.solve(this.#x.re, this.#x.im);
    return undefined;
  }

  factor() {
    const result = this.#solver.factor(this.#re, this.#im);
    if (result.kind === 'singular') return result;
    const { statistics } = this.#context;
    if (result.refactored) statistics.refactorizations++;
    else statistics.factorizations++;
    return undefined;
  }

  record(frequency: number, { dataset, columns }: Recorder): void {
    const { re, im } = this.#row;
    re[0] = frequency;
    columns.forEach(({ unknown }, c) => {
      re[c + 1] = unknown === 0 ? 0 : this.#x.re[unknown - 1];
      im[c + 1] = unknown === 0 ? 0 : this.#x.im[unknown - 1];
    });
    dataset.appendComplex(re, im);
  }
}
