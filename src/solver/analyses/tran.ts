/**
 * `.tran`: the circuit in time.
 *
 *     uic:   charges from .ic and ic=; x follows from them at once (initial-charges.ts)
 *     else:  operating point at time 0 with .ic nodes clamped; then they are released
 *     until tstop: advance by one accepted step (integration/transient.ts), record from tstart on
 *
 * The largest step is tmax, or the smaller of tstep and (tstop − tstart)/50, as in ngspice.
 */
import { real, type Diagnostic } from '../../base/index.js';
import type { AnalysisCard } from '../../netlist/circuit.js';
import { quantityOf } from '../../waveform/index.js';
import { Transient, type TransientPlan } from '../integration/transient.js';
import { findOperatingPoint } from '../newton/operating-point.js';
import type { PointBlock } from '../system/point-block.js';
import type { Analysis, AnalysisContext, AnalysisRun, AnalysisSteps } from './analysis.js';
import { bindPositional, wrongUse } from './arguments.js';
import { initialCharges } from './initial-charges.js';
import { Recorder } from './recorder.js';
import { savedColumns } from './saved-columns.js';

const usage = '.tran tstep tstop [tstart [tmax]] [uic]';

const table = {
  tstep: real(NaN, 's', 'suggested step', '(0:inf)'),
  tstop: real(NaN, 's', 'final time', '(0:inf)'),
  tstart: real(0, 's', 'time from which results are kept', '[0:inf)'),
  tmax: real(NaN, 's', 'largest step', '(0:inf)'),
};

export const tran: Analysis = {
  name: 'tran',
  usage,
  title: 'Transient analysis',
  start(context: AnalysisContext, card: AnalysisCard): AnalysisRun | undefined {
    const { system, diagnostics } = context;
    const words = card.arguments.filter(({ text }) => text === 'uic');
    const numbers = card.arguments.filter(({ text }) => text !== 'uic');
    const plan = bindPlan(card, numbers, diagnostics);
    if (!plan) return undefined;
    const scale = { name: 'time', quantity: quantityOf('time') };
    const columns = savedColumns(system, 'tran', diagnostics);
    // Corners come on top.
    const points = Math.ceil((1.02 * (plan.stop - plan.start)) / plan.maxStep);
    const recorder = new Recorder(system, 'tran', scale, columns, { slopes: true, points });
    const wanted = plan.start * (1 - 1e-12);
    const transient = new Transient(context.newton, context.events, context.sources, plan, {
      capture(time, history, method) {
        context.verification?.capture(time, history, method);
        if (time >= wanted) recorder.capture(time, history);
      },
      drop() {
        context.verification?.drop();
        recorder.drop();
      },
      commit() {
        context.verification?.commit();
        recorder.commit();
      },
      ...(context.verification === undefined && recorder.takesBlocks
        ? {
            captureBlock(block: PointBlock, count: number) {
              let first = 0;
              while (first < count && block.time[first] < wanted) first++;
              recorder.captureBlock(block, first, count);
            },
          }
        : {}),
    });
    transient.log.listener = context.stepListener;
    const steps = run(context, card, transient, words.length > 0);
    return { kind: 'tran', dataset: recorder.dataset, steps, transient };
  },
};

function bindPlan(
  card: AnalysisCard,
  numbers: AnalysisCard['arguments'],
  diagnostics: Diagnostic[],
): TransientPlan | undefined {
  const bound = bindPositional(card, numbers, { table, required: 2, usage }, diagnostics);
  if (!bound) return undefined;
  const { tstep, tstop, tstart, tmax } = bound;
  if (tstart >= tstop) {
    diagnostics.push(wrongUse(card, 'tstart lies behind tstop', usage, numbers[2]));
    return undefined;
  }
  const usual = Math.min(tstep, (tstop - tstart) / 50);
  const maxStep = Number.isNaN(tmax) ? usual : tmax;
  return { step: tstep, stop: tstop, start: tstart, maxStep };
}

function* run(
  context: AnalysisContext,
  card: AnalysisCard,
  transient: Transient,
  uic: boolean,
): AnalysisSteps {
  const problem = beginTransient(context, transient, uic, card);
  if (problem) return problem;
  const { stop } = transient.plan;
  let points = yield { fraction: 0, at: 0, unit: 's' };
  for (;;) {
    for (let k = points ?? 1; k > 0;) {
      const advanced = transient.advance(k);
      if (advanced.kind === 'failed') return { ...advanced.diagnostic, span: card.span };
      if (advanced.kind === 'end') return undefined;
      k -= advanced.steps;
    }
    const { time } = transient.state;
    points = yield { fraction: time / stop, at: time, unit: 's' };
  }
}

/** Finds the point at time 0. Returns why there is none; a card says where it is asked for. */
export function beginTransient(
  context: AnalysisContext,
  transient: Transient,
  uic: boolean,
  card?: AnalysisCard,
): Diagnostic | undefined {
  context.reset();
  context.verification?.begin('s');
  return uic ? startWithCharges(context, card, transient) : startAtRest(context, card, transient);
}

function startAtRest(
  context: AnalysisContext,
  card: AnalysisCard | undefined,
  transient: Transient,
): Diagnostic | undefined {
  const forced = context.initialConditions();
  const problem = context.checkTopology(forced);
  if (problem) return problem;
  const { step, stop } = transient.plan;
  context.sources.applyTime(0, { step, stop });
  const result = findOperatingPoint(context.newton, context.events, {
    nodesets: context.nodesets(),
    forced,
    ...(card ? { span: card.span } : {}),
  });
  if (!result.converged) return result.diagnostic;
  context.verification?.atRest(0, forced);
  transient.begin();
  return undefined;
}

function startWithCharges(
  context: AnalysisContext,
  card: AnalysisCard | undefined,
  transient: Transient,
): Diagnostic | undefined {
  const { step, stop } = transient.plan;
  context.sources.applyTime(0, { step, stop });
  initialCharges(context);
  const problem = transient.beginFromCharges();
  return problem && card ? { ...problem, span: card.span } : problem;
}
