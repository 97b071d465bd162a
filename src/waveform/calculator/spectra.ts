/**
 * `fft(…)` in expressions: `db(fft(v(out)))` is over frequency, whereas what stands inside is over
 * time. Each spectrum becomes a column of a dataset over frequency, and its call a name.
 */
import { type Diagnostic, error } from '../../base/index.js';
import {
  type Expression,
  mapChildren,
  printExpression,
  visitExpression,
} from '../../expression/index.js';
import { Dataset } from '../dataset.js';
import { spectrumOf } from '../fourier.js';
import { quantityOf, type Column } from '../waveform.js';
import { calculate } from './calculate.js';

/** Whether an expression has a spectrum in it. */
export function isSpectral(expression: Expression): boolean {
  let found = false;
  visitExpression(expression, (node) => {
    if (node.kind === 'call' && node.name === 'fft') found = true;
  });
  return found;
}

/** What expressions over frequency work on. */
export interface Spectra {
  /** Over frequency; all spectra that the expressions name. */
  readonly dataset: Dataset;
  /** An expression with names in the place of its spectra. */
  readonly replace: (expression: Expression) => Expression;
}

/** The spectra of expressions over the time of a transient. */
export async function spectraOf(
  expressions: readonly Expression[],
  dataset: Dataset,
): Promise<Spectra | Diagnostic> {
  const columns = new Map<string, Column>();
  let scale: Column | undefined;
  for (const call of expressions.flatMap(spectralCalls)) {
    const name = nameOf(call);
    if (columns.has(name)) continue;
    if (dataset.analysis !== 'tran' || dataset.length < 2)
      return error('W505', 'a spectrum needs a transient', call.span);
    const column = await calculate(call.arguments[0], dataset, { name });
    if ('code' in column) return column;
    const { real: y, slope, quantity } = column;
    const { frequency, real, imaginary } = spectrumOf({
      x: dataset.scale.real,
      y,
      ...(slope ? { slope } : {}),
    });
    scale ??= { name: 'frequency', quantity: quantityOf('frequency'), real: frequency };
    columns.set(name, { name, quantity, real, imaginary });
  }
  const labels = { title: dataset.title, analysis: 'ac', plotName: 'Spectrum' } as const;
  return {
    dataset: new Dataset(labels, [...(scale ? [scale] : []), ...columns.values()]),
    replace,
  };
}

type Call = Extract<Expression, { kind: 'call' }>;

function spectralCalls(expression: Expression): Call[] {
  const calls: Call[] = [];
  visitExpression(expression, (node) => {
    if (node.kind === 'call' && node.name === 'fft' && node.arguments.length === 1)
      calls.push(node);
  });
  return calls;
}

function nameOf(call: Call): string {
  return printExpression(call);
}

function replace(expression: Expression): Expression {
  if (expression.kind === 'call' && expression.name === 'fft')
    return { kind: 'name', name: nameOf(expression), span: expression.span };
  return mapChildren(expression, replace);
}
