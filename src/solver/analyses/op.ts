/**
 * `.op`: the operating point.
 *
 *     f(x) = 0 with states held at their initial values, sources at their dc values
 *
 * `.ic` has no effect here, as in ngspice; `.nodeset` hints.
 */

import type { AnalysisCard } from '../../netlist/circuit.js';
import { findOperatingPoint } from '../newton/operating-point.js';
import type { Analysis, AnalysisContext, AnalysisRun, AnalysisSteps } from './analysis.js';
import { bindPositional } from './arguments.js';
import { Recorder } from './recorder.js';
import { savedColumns } from './saved-columns.js';

const usage = '.op';

export const op: Analysis = {
  name: 'op',
  usage,
  title: 'Operating point',
  start(context: AnalysisContext, card: AnalysisCard): AnalysisRun | undefined {
    const { system, diagnostics } = context;
    if (!bindPositional(card, card.arguments, { table: {}, required: 0, usage }, diagnostics))
      return undefined;
    const columns = savedColumns(system, 'op', diagnostics);
    const recorder = new Recorder(system, 'op', undefined, columns, { points: 1 });
    return { kind: 'op', dataset: recorder.dataset, steps: run(context, card, recorder) };
  },
};

function* run(context: AnalysisContext, card: AnalysisCard, recorder: Recorder): AnalysisSteps {
  context.reset();
  const problem = context.checkTopology();
  if (problem) return problem;
  const request = { nodesets: context.nodesets(), span: card.span };
  const result = findOperatingPoint(context.newton, context.events, request);
  if (!result.converged) return result.diagnostic;
  context.verification?.atRest(0);
  recorder.record(0);
  context.statistics.acceptedPoints++;
  yield { fraction: 1, at: 0, unit: '' };
  return undefined;
}
