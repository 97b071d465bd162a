/**
 * Parts of complex values. A real value is a complex one without an imaginary part. Phases are in
 * radians, as ngspice gives them.
 */
import type { Call } from '../../expression/index.js';
import { quantityOf } from '../waveform.js';
import { scaleFunctions } from './scale-functions.js';
import { type Vector, vectorOf } from './vector.js';

type Part = (value: Vector) => Vector;

const decibels = quantityOf('other', 'dB');
const radians = quantityOf('other', 'rad');

const magnitude: Part = ({ real, imaginary, quantity }) =>
  vectorOf(real.length, quantity, (i) => Math.hypot(real[i], imaginary ? imaginary[i] : 0));

const level: Part = ({ real, imaginary }) =>
  vectorOf(
    real.length,
    decibels,
    (i) => 20 * Math.log10(Math.hypot(real[i], imaginary ? imaginary[i] : 0)),
  );

const phase: Part = ({ real, imaginary }) =>
  vectorOf(real.length, radians, (i) => Math.atan2(imaginary ? imaginary[i] : 0, real[i]));

const realPart: Part = ({ real, quantity }) => ({ real, quantity });

const imaginaryPart: Part = ({ real, imaginary, quantity }) => ({
  real: imaginary ?? new Float64Array(real.length),
  quantity,
});

/** `db(v(out))` and the like. */
export const partFunctions: ReadonlyMap<string, Part> = new Map([
  ['mag', magnitude],
  ['db', level],
  ['ph', phase],
  ['phase', phase],
  ['re', realPart],
  ['real', realPart],
  ['im', imaginaryPart],
  ['imag', imaginaryPart],
]);

/** `vdb(out)` and the like: what stands behind `v` or `i`. */
export const partSuffixes: ReadonlyMap<string, Part> = new Map([
  ['m', magnitude],
  ['db', level],
  ['p', phase],
  ['r', realPart],
  ['i', imaginaryPart],
]);

/** Whether a call means something for results only: `db(v(out))`, `deriv(v(out))`. */
export function isPartFunction({ name, arguments: operands }: Call): boolean {
  return (partFunctions.has(name) || scaleFunctions.has(name)) && operands.length === 1;
}
