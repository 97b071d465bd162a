import fc from 'fast-check';
import { Dataset, quantityOf, type Column } from '../../src/waveform/index.js';

/** Every float64: zeros of both signs, subnormal numbers, infinities and NaN included. */
const float64 = fc.oneof(
  fc.double(),
  fc.constantFrom(-0, 5e-324, Number.MAX_VALUE, 0.1, NaN, Infinity),
);

function values(length: number): fc.Arbitrary<Float64Array> {
  return fc
    .array(float64, { minLength: length, maxLength: length })
    .map((list) => Float64Array.from(list));
}

/** A transient with a time and up to three columns, or a small-signal result with complex ones. */
export const arbitraryDataset: fc.Arbitrary<Dataset> = fc
  .record({
    complex: fc.boolean(),
    length: fc.nat(6),
    names: fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9_.]{0,6}$/), {
      minLength: 1,
      maxLength: 3,
      // A node of that name would be taken for the scale by name.
      selector: (name) => name,
    }),
    title: fc.stringMatching(/^[A-Za-z][ -~µΩ]{0,20}[a-z]$/),
  })
  .chain(({ complex, length, names, title }) => {
    const kind = complex ? 'frequency' : 'time';
    const scale = values(length).map((real): Column => ({
      name: kind,
      quantity: quantityOf(kind),
      real,
    }));
    const others = names.map((name, i) =>
      fc.tuple(values(length), values(length)).map(([real, imaginary]): Column => {
        const quantity = quantityOf(i % 2 ? 'current' : 'voltage');
        const column = { name: `${i % 2 ? 'i' : 'v'}(${name})`, quantity, real };
        return complex ? { ...column, imaginary } : column;
      }),
    );
    return fc
      .tuple(scale, ...others)
      .map(
        (columns) => new Dataset({ title, analysis: complex ? 'ac' : 'tran', date: '' }, columns),
      );
  });

/** All that a file has to bring back, in a form that tells −0 from 0 when compared with toEqual. */
export function essence(dataset: Dataset): unknown {
  return dataset.columns.map(({ name, quantity, real, imaginary }) => ({
    name,
    quantity,
    real: [...real],
    imaginary: imaginary ? [...imaginary] : undefined,
  }));
}
