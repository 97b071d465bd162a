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

import type { AnalysisCard } from '../../netlist/circuit.js';
import { quantityOf } from '../../waveform/index.js';
import { defaultReadables } from '../system/access.js';
import type { Analysis, AnalysisContext, AnalysisRun, AnalysisSteps } from './analysis.js';
import { driveVector } from './drive-vector.js';
import { bindFrequencies } from './frequency-sweep.js';
import { Recorder } from './recorder.js';
import { savedColumns } from './saved-columns.js';
import { phasors, type Phasors, settle, SmallSignal } from './small-signal.js';

const usage = '.ac dec|oct|lin points fstart fstop';

export const ac: Analysis = {
  name: 'ac',
  usage,
  title: 'Small-signal analysis over frequency',
  start(context: AnalysisContext, card: AnalysisCard): AnalysisRun | undefined {
    const { system, diagnostics } = context;
    const frequencies = bindFrequencies(card, card.arguments, usage, diagnostics);
    if (!frequencies) return undefined;
    const scale = { name: 'frequency', quantity: quantityOf('frequency') };
    const saved = savedColumns(system, 'ac', diagnostics);
    const columns = saved.length > 0 ? saved : defaultReadables(system);
    const recorder = new Recorder(system, 'ac', scale, columns, { points: frequencies.length });
    const steps = run(context, card, recorder, frequencies);
    return { kind: 'ac', dataset: recorder.dataset, steps };
  },
};

function* run(
  context: AnalysisContext,
  card: AnalysisCard,
  recorder: Recorder,
  frequencies: readonly number[],
): AnalysisSteps {
  const problem = settle(context, card);
  if (problem) return problem;
  const drive = driveVector(context);
  const work = new SmallSignal(context);
  const x = phasors(context.system.n);
  for (let k = 0; k < frequencies.length; k++) {
    const frequency = frequencies[k];
    const failed = work.factorOrExplain(frequency, card);
    if (failed) return failed;
    x.re.set(drive.re);
    x.im.set(drive.im);
    work.solve(x);
    record(frequency, x, recorder);
    context.statistics.acceptedPoints++;
    yield { fraction: (k + 1) / frequencies.length, at: frequency, unit: 'Hz' };
  }
  return undefined;
}

function record(frequency: number, x: Phasors, { dataset, columns }: Recorder): void {
  const pick = (values: Float64Array, first: number): Float64Array =>
    Float64Array.from([
      first,
      ...columns.map(({ unknown }) => (unknown === 0 ? 0 : values[unknown - 1])),
    ]);
  dataset.appendComplex(pick(x.re, frequency), pick(x.im, 0));
}
