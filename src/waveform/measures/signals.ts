/** From columns of a dataset to the real signals that measures work on. */
import { type Diagnostic, DiagnosticError, warning } from '../../base/index.js';
import { calculate } from '../calculator/index.js';
import type { Dataset } from '../dataset.js';
import type { Column, Waveform } from '../waveform.js';
import type { OperandForm } from './measure-card.js';
import type { Signal } from './measure.js';
import { refusal } from './refusal.js';
import { innerSweeps } from './inner-sweeps.js';

/** What an operand reads. Throws a `DiagnosticError` if it has no values. */
export async function signalOf(
  operand: OperandForm,
  dataset: Dataset,
  parameters: ReadonlyMap<string, number>,
  notes: Diagnostic[],
): Promise<Signal> {
  const { expression, text, span } = operand;
  if (!expression) throw refusal(`'${text}' is not a signal`, span);
  const column = await calculate(expression, dataset, { name: text, parameters });
  if ('code' in column) throw new DiagnosticError([column]);
  if (column.imaginary) notes.push(magnitudeTaken(operand));
  const y = column.imaginary ? magnitude(column) : column.real;
  return { label: text, quantity: column.quantity, pieces: piecesOf(dataset, y, column.slope) };
}

function piecesOf(dataset: Dataset, y: Float64Array, slope?: Float64Array): Waveform[] {
  if (!dataset.hasScale) return [{ x: new Float64Array(dataset.length), y }];
  const x = dataset.scale.real;
  return innerSweeps(dataset).map(([from, to]) => ({
    x: x.subarray(from, to),
    y: y.subarray(from, to),
    ...(slope ? { slope: slope.subarray(from, to) } : {}),
  }));
}

function magnitude({ real, imaginary }: Column): Float64Array {
  return real.map((value, i) => Math.hypot(value, imaginary![i]));
}

function magnitudeTaken({ text, span }: OperandForm): Diagnostic {
  return warning('W603', `'${text}' is complex: its magnitude is measured`, span, {
    help: [`write mag(${text}), db(${text}), ph(${text}), re(${text}) or im(${text})`],
    notes: ['ngspice measures the real part'],
  });
}
