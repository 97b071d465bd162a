/**
 * `.pz`: poles and zeros of a transfer function, all of them at once.
 *
 *     operating point;  J(s) = ∂f/∂x + s·∂q/∂x
 *     H = c·J⁻¹·b with b: a current into the input, c: the voltage of the output
 *     poles of cur:     det J(s) = 0                        input open
 *     poles of vol:     det [J b; bᵀ 0] = 0                 input shorted
 *     zeros of both:    det [J b; cᵀ 0] = 0
 *
 * Voltage sources with an `ac` value, and one across the input of `vol`, do not take part, as in
 * ngspice: they are what drives. All finite roots are found by a dense eigenvalue decomposition
 * (pencil-eigenvalues.ts), each of which is then refined on the sparse matrix; a pole that cancels
 * against a zero is told in both lists. In rad/s.
 */
import { error, type Diagnostic } from '../../base/index.js';
import type { AnalysisCard, CardArgument } from '../../netlist/circuit.js';
import { DatasetBuilder, quantityOf } from '../../waveform/index.js';
import { buildPattern } from '../linear/pattern.js';
import type { DensePencil } from '../linear/deflate-pencil.js';
import type { Complex } from '../linear/pencil-eigenvalues.js';
import { EigenvalueRefiner, type SparsePencil } from '../linear/refine-eigenvalue.js';
import type { Analysis, AnalysisContext, AnalysisRun, AnalysisSteps } from './analysis.js';
import { wrongUse } from './arguments.js';
import { bindNode } from './small-signal-ports.js';
import { settle, SmallSignal } from './small-signal.js';

const usage = '.pz in inref out outref cur|vol pol|zer|pz';

/** The decomposition takes time with the third power of the size: some seconds at this one. */
const mostUnknowns = 600;

/** Comes with a library of dense algebra, which only this analysis needs. */
let pencilEigenvalues: ((pencil: DensePencil) => Complex[] | undefined) | undefined;

export const pz: Analysis = {
  name: 'pz',
  usage,
  title: 'Poles and zeros of a transfer function',
  async prepare() {
    ({ pencilEigenvalues } = await import('../linear/pencil-eigenvalues.js'));
  },
  start(context: AnalysisContext, card: AnalysisCard): AnalysisRun | undefined {
    const plan = bindPlan(context, card);
    if (!plan) return undefined;
    const { n, circuit, unknowns } = context.system;
    const problem =
      n > mostUnknowns ? tooLarge(n, card) : unknowns.some(({ kind }) => kind === 'delay');
    if (problem) {
      context.diagnostics.push(problem === true ? withDelays(card) : problem);
      return undefined;
    }
    // Columns are known when roots are: the dataset is made anew then.
    const empty = { title: circuit.title, analysis: 'pz', columns: [], complex: true } as const;
    const result: AnalysisRun & { dataset: DatasetBuilder } = {
      kind: 'pz',
      dataset: new DatasetBuilder(empty, 1),
      steps: run(context, card, plan, (roots) => {
        result.dataset = datasetOf(circuit.title, roots);
      }),
    };
    return result;
  },
};

function tooLarge(n: number, card: AnalysisCard): Diagnostic {
  const message = `.pz takes circuits of up to ${mostUnknowns} unknowns; this one has ${n}`;
  const help = ['.ac shows the response of a circuit of any size'];
  return error('S119', message, card.span, { help });
}

function withDelays(card: AnalysisCard): Diagnostic {
  const message = 'a circuit with delays has infinitely many poles: .pz does not take it';
  return error('S119', message, card.span, { help: ['.ac shows its response'] });
}

// --- binding ---

/** Unknowns of the four nodes; 0 is ground. */
interface Plan {
  readonly input: readonly [number, number];
  readonly output: readonly [number, number];
  readonly driven: 'cur' | 'vol';
  readonly wanted: Wanted;
}

type Wanted = 'pol' | 'zer' | 'pz';

function isWanted(text: string | undefined): text is Wanted {
  return text === 'pol' || text === 'zer' || text === 'pz';
}

function bindPlan(context: AnalysisContext, card: AnalysisCard): Plan | undefined {
  const { system, diagnostics } = context;
  const [a, b, c, d, driven, wanted, extra] = card.arguments;
  const nodes = [a, b, c, d].map((node) => node && bindNode(system, node, diagnostics));
  const misfit = (message: string, argument?: CardArgument): undefined => {
    diagnostics.push(wrongUse(card, message, usage, argument));
  };
  if (!d) misfit('.pz has two input and two output nodes');
  else if (driven?.text !== 'cur' && driven?.text !== 'vol')
    misfit('.pz is driven by cur (a current) or vol (a voltage)', driven);
  else if (!isWanted(wanted?.text))
    misfit('.pz looks for pol (poles), zer (zeros) or pz (both)', wanted);
  else if (extra) misfit(`.pz has no use for '${extra.text}'`, extra);
  else if (nodes.every((node) => node !== undefined)) {
    const [p, n, q, m] = nodes;
    if (p === n) misfit('the input of .pz is between two different nodes', b);
    else if (q === m) misfit('the output of .pz is between two different nodes', d);
    else return { input: [p, n], output: [q, m], driven: driven.text, wanted: wanted.text };
  }
  return undefined;
}

// --- results ---

interface Roots {
  readonly poles: readonly Complex[];
  readonly zeros: readonly Complex[];
}

function datasetOf(title: string, { poles, zeros }: Roots): DatasetBuilder {
  const roots = [...poles, ...zeros];
  const quantity = quantityOf('other', 'rad/s');
  const columns = roots.map((_, k) => ({
    name: k < poles.length ? `pole(${k + 1})` : `zero(${k + 1 - poles.length})`,
    quantity,
  }));
  const dataset = new DatasetBuilder({ title, analysis: 'pz', columns, complex: true }, 1);
  // Minus zero would show in files.
  dataset.appendComplex(
    Float64Array.from(roots, ({ re }) => re + 0),
    Float64Array.from(roots, ({ im }) => im + 0),
  );
  return dataset;
}

function* run(
  context: AnalysisContext,
  card: AnalysisCard,
  plan: Plan,
  tell: (roots: Roots) => void,
): AnalysisSteps {
  const problem = settle(context, card);
  if (problem) return problem;
  const work = new SmallSignal(context);
  work.linearize('free');
  const { input, output, driven, wanted } = plan;
  const none: Complex[] = [];
  const border = driven === 'vol' ? { column: input, row: input } : undefined;
  const poles = wanted === 'zer' ? none : rootsOf(context, work, plan, border);
  yield { fraction: 0.5, at: 0, unit: '' };
  const zeros =
    wanted === 'pol' ? none : rootsOf(context, work, plan, { column: input, row: output });
  if (!poles) return degenerate('poles', card);
  if (!zeros) return degenerate('zeros', card);
  tell({ poles, zeros });
  context.statistics.acceptedPoints++;
  yield { fraction: 1, at: 0, unit: '' };
  return undefined;
}

function degenerate(what: 'poles' | 'zeros', card: AnalysisCard): Diagnostic {
  const message =
    what === 'poles'
      ? 'the circuit has no unique response: its determinant is zero at all frequencies'
      : 'the input does not reach the output: the transfer function is zero';
  const help =
    what === 'poles'
      ? ['a voltage source across the input of vol, or one that drives, has an ac value']
      : [];
  return error('S119', message, card.span, { help });
}

// --- the pencil ---

/** An additional row and column, +1 and −1 at two unknowns each; 0 is ground. */
interface Border {
  readonly column: readonly [number, number];
  readonly row: readonly [number, number];
}

/** All finite roots of det J(s), with a border; undefined if it is zero for all s. */
function rootsOf(
  context: AnalysisContext,
  work: SmallSignal,
  plan: Plan,
  border: Border | undefined,
): Complex[] | undefined {
  const pencil = pencilOf(context, work, plan, border);
  const roots = pencilEigenvalues!(dense(pencil));
  if (!roots) return undefined;
  const refiner = new EigenvalueRefiner(pencil);
  return roots.map((root, k) => {
    // The lower of a pair mirrors the upper.
    const before = k > 0 ? roots[k - 1] : undefined;
    if (before && before.im > 0 && root.im < 0) {
      const { re, im } = refiner.refine(before);
      return { re, im: -im };
    }
    return refiner.refine(root);
  });
}

function pencilOf(
  context: AnalysisContext,
  work: SmallSignal,
  plan: Plan,
  border: Border | undefined,
): SparsePencil {
  const { pattern, n } = context.system;
  const absent = drivingBranches(context, plan);
  const entries: { row: number; column: number; a: number; e: number }[] = [];
  for (let column = 0; column < n; column++)
    for (let p = pattern.columnPointers[column]; p < pattern.columnPointers[column + 1]; p++) {
      const row = pattern.rowIndices[p];
      if (absent.has(row + 1) || absent.has(column + 1)) continue;
      entries.push({ row, column, a: work.conductance[p], e: work.capacitance[p] });
    }
  // No current where a source is taken away.
  for (const u of absent) entries.push({ row: u - 1, column: u - 1, a: 1, e: 0 });
  if (border)
    for (const [sign, k] of [[1, 0] as const, [-1, 1] as const]) {
      const [inColumn, inRow] = [border.column[k], border.row[k]];
      if (inColumn > 0) entries.push({ row: inColumn - 1, column: n, a: sign, e: 0 });
      if (inRow > 0) entries.push({ row: n, column: inRow - 1, a: sign, e: 0 });
    }
  const size = border ? n + 1 : n;
  const built = buildPattern(
    size,
    entries.map(({ row }) => row),
    entries.map(({ column }) => column),
  );
  const a = new Float64Array(built.pattern.rowIndices.length);
  const e = new Float64Array(built.pattern.rowIndices.length);
  entries.forEach((entry, k) => {
    a[built.slots[k]] += entry.a;
    e[built.slots[k]] += entry.e;
  });
  return { pattern: built.pattern, a, e };
}

/** Branches of the voltage sources that drive. */
function drivingBranches({ system, sources }: AnalysisContext, plan: Plan): ReadonlySet<number> {
  const [p, n] = plan.input;
  const found = new Set<number>();
  for (const { name, waveform, place } of sources.list) {
    const branch = system.unknown(`i(${name})`);
    if (branch === undefined || system.unknowns[branch].kind !== 'branch') continue;
    const [a, b] = place.instance.nodes;
    const across = plan.driven === 'vol' && ((a === p && b === n) || (a === n && b === p));
    if (waveform.ac !== undefined || across) found.add(branch);
  }
  return found;
}

function dense({ pattern, a, e }: SparsePencil): DensePencil {
  const { n } = pattern;
  const rows = (): Float64Array[] => Array.from({ length: n }, () => new Float64Array(n));
  const [denseA, denseE] = [rows(), rows()];
  for (let j = 0; j < n; j++)
    for (let p = pattern.columnPointers[j]; p < pattern.columnPointers[j + 1]; p++) {
      denseA[pattern.rowIndices[p]][j] = a[p];
      denseE[pattern.rowIndices[p]][j] = e[p];
    }
  return { a: denseA, e: denseE };
}
