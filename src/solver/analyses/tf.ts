/**
 * `.tf`: transfer function at dc, input and output resistance.
 *
 *     operating point;  A = ∂f/∂x with states held
 *     transfer:   selector·A⁻¹·(−∂f/∂u)          change of the output by the source's value u
 *     input:      current that a unit of a voltage source drives, or voltage across a unit current
 *     output:     voltage that 1 A at the output causes, or current of 1 V in the output's branch
 *
 * What would be infinite is 1e20 Ω, as in ngspice.
 */

import type { AnalysisCard } from '../../netlist/circuit.js';
import { DatasetBuilder, quantityOf } from '../../waveform/index.js';
import type { DrivenSource } from '../system/sources.js';
import type { Analysis, AnalysisContext, AnalysisRun, AnalysisSteps } from './analysis.js';
import { wrongUse } from './arguments.js';
import { bindOutput, bindSource, selectorOf, type SignalOutput } from './small-signal-ports.js';
import { sourceUnit } from './small-signal-ports.js';
import { driveOf, settle, SmallSignal } from './small-signal.js';

const usage = '.tf v(out[,ref])|i(vsource) source';

export const tf: Analysis = {
  name: 'tf',
  usage,
  title: 'Transfer function at dc, input and output resistance',
  start(context: AnalysisContext, card: AnalysisCard): AnalysisRun | undefined {
    const [first, second, extra] = card.arguments;
    const output = bindOutput(context, card, first, usage, 'currents');
    const source = output && bindSource(context, card, second, usage);
    if (!source) return undefined;
    if (extra !== undefined) {
      const message = `.tf has no use for '${extra.text}'`;
      context.diagnostics.push(wrongUse(card, message, usage, extra));
      return undefined;
    }
    const ohms = quantityOf('other', 'Ω');
    const columns = [
      { name: 'transfer_function', quantity: quantityOf('other', ratio(output, source)) },
      { name: `${source.name}#input_impedance`, quantity: ohms },
      { name: outputName(output), quantity: ohms },
    ];
    const { title } = context.system.circuit;
    const dataset = new DatasetBuilder({ title, analysis: 'tf', columns }, 1);
    return { kind: 'tf', dataset, steps: run(context, card, { output, source }, dataset) };
  },
};

function ratio({ unit }: SignalOutput, source: DrivenSource): string {
  const of = sourceUnit(source);
  if (unit === of) return '';
  return unit === 'V' ? 'Ω' : 'S';
}

/** As ngspice calls it. */
function outputName({ unit, text }: SignalOutput): string {
  return unit === 'V' ? `output_impedance_at_${text}` : `${text.slice(2, -1)}#output_impedance`;
}

interface Ports {
  readonly output: SignalOutput;
  readonly source: DrivenSource;
}

function* run(
  context: AnalysisContext,
  card: AnalysisCard,
  { output, source }: Ports,
  dataset: DatasetBuilder,
): AnalysisSteps {
  const problem = settle(context, card);
  if (problem) return problem;
  const work = new SmallSignal(context);
  const failed = work.factorOrExplain(0, card);
  if (failed) return failed;
  const { n } = context.system;
  const response = (drive: Float64Array): Float64Array => {
    const x = { re: drive.slice(), im: new Float64Array(n) };
    work.solve(x);
    return x.re;
  };
  const byInput = response(driveOf(context, source));
  const selector = selectorOf(output, n);
  const transfer = dot(selector, byInput);
  // A unit into the node, or in the branch: rows of branches are V(a) − V(b) − … = 0.
  const atOutput = dot(selector, response(selector));
  const outputResistance = output.unit === 'V' ? atOutput : -inverse(atOutput);
  dataset.append(
    Float64Array.of(transfer, inputResistance(context, source, byInput), outputResistance),
  );
  context.statistics.acceptedPoints++;
  yield { fraction: 1, at: 0, unit: '' };
  return undefined;
}

function inputResistance(
  { system }: AnalysisContext,
  source: DrivenSource,
  x: Float64Array,
): number {
  if (sourceUnit(source) === 'V') return -inverse(x[system.unknown(`i(${source.name})`)! - 1]);
  const [p, n] = source.place.instance.nodes;
  const voltage = (u: number): number => (u === 0 ? 0 : x[u - 1]);
  return voltage(n) - voltage(p);
}

function inverse(current: number): number {
  return Math.abs(current) < 1e-20 ? -1e20 : 1 / current;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, k) => sum + value * b[k], 0);
}
