/** The measures of a simulation's results: `.meas`. */
import type { Circuit } from '../netlist/circuit.js';
import { type MeasureRow, MeasureSession } from '../waveform/measures/index.js';
import type { AnalysisResult } from './simulate.js';

/** One row for each measure of each step and temperature; a measure that fails says why. */
export async function measureAnalyses(
  circuit: Circuit,
  analyses: readonly AnalysisResult[],
): Promise<MeasureRow[]> {
  const rows: MeasureRow[] = [];
  for (const group of groupsOf(analyses)) {
    const [{ step, temperature, measures = circuit.measures }] = group;
    const parameters = step?.parameters ?? [];
    const stepped = parameters.map(({ label, value }) => [label, value] as const);
    const session = new MeasureSession(measures, new Map([...circuit.parameters, ...stepped]));
    const reports = [];
    for (const { dataset, completed } of group)
      reports.push(await session.take(dataset, completed));
    reports.push(await session.finish());
    for (const { results } of reports)
      rows.push(...results.map((result) => ({ ...result, parameters, temperature })));
  }
  return rows;
}

/** Analyses of one step at one temperature. */
function groupsOf(analyses: readonly AnalysisResult[]): AnalysisResult[][] {
  const groups: AnalysisResult[][] = [];
  for (const analysis of analyses) {
    const last = groups.at(-1)?.[0];
    const same =
      last?.step?.index === analysis.step?.index && last?.temperature === analysis.temperature;
    if (same) groups.at(-1)!.push(analysis);
    else groups.push([analysis]);
  }
  return groups;
}
