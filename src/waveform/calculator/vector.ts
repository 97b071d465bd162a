import { quantityOf, type Column, type Quantity } from '../waveform.js';

/** A value at every point of a dataset. */
export interface Vector {
  readonly real: Float64Array;
  readonly imaginary?: Float64Array;
  /** Derivative by the dataset's scale, where it is known. */
  readonly slope?: Float64Array;
  readonly quantity: Quantity;
}

const plainNumber = quantityOf('other');

export function constantVector(value: number, length: number): Vector {
  return { real: new Float64Array(length).fill(value), quantity: plainNumber };
}

/** A vector of results of a function of the point's index. */
export function vectorOf(length: number, quantity: Quantity, value: (i: number) => number): Vector {
  const real = new Float64Array(length);
  for (let i = 0; i < length; i++) real[i] = value(i);
  return { real, quantity };
}

export function columnOf({ real, imaginary, slope, quantity }: Vector, name: string): Column {
  return {
    name,
    quantity,
    real,
    ...(imaginary ? { imaginary } : {}),
    ...(slope ? { slope } : {}),
  };
}

/** The quantity of a sum or difference: that of its parts if they agree or one is a plain number. */
export function quantityOfSum(a: Quantity, b: Quantity): Quantity {
  if (isPlain(a)) return b;
  return isPlain(b) || (a.kind === b.kind && a.unit === b.unit) ? a : plainNumber;
}

/** The quantity of a product: scaling keeps it, volts times amperes are watts. */
export function quantityOfProduct(a: Quantity, b: Quantity): Quantity {
  if (isPlain(a)) return b;
  if (isPlain(b)) return a;
  const units = [a.unit, b.unit].sort().join(' ');
  return units === 'A V' ? quantityOf('other', 'W') : plainNumber;
}

export function quantityOfRatio(a: Quantity, b: Quantity): Quantity {
  if (isPlain(b)) return a;
  if (a.unit === 'V' && b.unit === 'A') return quantityOf('other', 'Ω');
  if (a.unit === 'A' && b.unit === 'V') return quantityOf('other', 'S');
  return plainNumber;
}

function isPlain({ kind, unit }: Quantity): boolean {
  return unit === '' && kind === 'other';
}
