import type { Statement } from './ast.js';
import type { Circuit, DataTable } from './circuit.js';
import type { Declarations } from './declarations.js';
import { expandFourier } from './expand-fourier.js';
import { expandMeasure } from './expand-measure.js';
import { expandCorners, expandMonteCarlo } from './expand-monte-carlo.js';
import { expandData, expandStep } from './expand-step.js';
import type { Expansion } from './expansion.js';
import type { Level } from './level.js';

type OfKind<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

/**
 * Evaluates `.data`, `.step`, `.corner`, `.mc`, `.meas` and `.four`. `allThere` is false where elements are missing because of
 * an error before: what refers to them is then left alone.
 */
export function expandRuns(
  { controls }: Declarations,
  level: Level,
  expansion: Expansion,
  allThere: boolean,
): Pick<Circuit, 'data' | 'steps' | 'monteCarlo' | 'measures' | 'fouriers'> {
  if (!allThere) return { data: new Map(), steps: [], measures: [], fouriers: [] };
  const ofKind = <K extends Statement['kind']>(kind: K): OfKind<K>[] =>
    controls.filter((statement): statement is OfKind<K> => statement.kind === kind);
  const data = new Map<string, DataTable>();
  for (const statement of ofKind('data')) {
    const table = expandData(statement, level, expansion);
    if (table) data.set(table.name, table);
  }
  const measured = ofKind('measure');
  const names = new Set(measured.map(({ name }) => name.text));
  const corners = expandCorners(ofKind('corner'), level, expansion);
  const last = ofKind('monteCarlo').at(-1);
  const monteCarlo = last && expandMonteCarlo(last, level, expansion);
  const steps = ofKind('step').flatMap((each) => expandStep(each, level, expansion, data) ?? []);
  return {
    data,
    steps: corners ? [...steps, corners] : steps,
    ...(monteCarlo ? { monteCarlo } : {}),
    fouriers: ofKind('fourier').flatMap((each) => expandFourier(each, level.scope, expansion)),
    measures: measured.map((each) => expandMeasure(each, level.scope, expansion, names)),
  };
}
