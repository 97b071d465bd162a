import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  csvHeader,
  csvRows,
  Dataset,
  quantityOf,
  readCsv,
  writeCsv,
} from '../../src/waveform/index.js';
import { arbitraryDataset, essence } from './arbitrary-dataset.js';

const small = new Dataset({ title: '', analysis: 'ac' }, [
  { name: 'frequency', quantity: quantityOf('frequency'), real: Float64Array.of(1e3, 1e22) },
  {
    name: 'v(a,b)',
    quantity: quantityOf('voltage'),
    real: Float64Array.of(0.1, -0),
    imaginary: Float64Array.of(-0.5, NaN),
  },
]);

describe('CSV', () => {
  it('quotes names with commas and splits complex columns', () => {
    expect(writeCsv(small)).toBe(
      'frequency,"re(v(a,b))","im(v(a,b))"\n1000,0.1,-0.5\n1e+22,-0,NaN\n',
    );
  });

  it('takes headers as they were printed', () => {
    expect(csvHeader(small, ['frequency', 'say "a"'])).toBe(
      'frequency,"re(say ""a"")","im(say ""a"")"\n',
    );
  });

  it('can be written piece by piece', () => {
    expect(csvHeader(small) + csvRows(small, 0, 1) + csvRows(small, 1)).toBe(writeCsv(small));
  });

  it('reads back every number as it was', () => {
    fc.assert(
      fc.property(arbitraryDataset, (dataset) => {
        const { dataset: read, diagnostics } = readCsv(writeCsv(dataset));
        expect(diagnostics).toEqual([]);
        expect(essence(read!)).toEqual(essence(dataset));
        expect(read!.analysis).toBe(dataset.analysis);
      }),
    );
  });

  it('reads back any name', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        // A line end within a name is legal in quotes; a name like re(…) alone is an odd real one.
        const real = Float64Array.of(1);
        const column = { name, quantity: quantityOf('other'), real };
        const time = { name: 'time', quantity: quantityOf('time'), real };
        const read = readCsv(
          writeCsv(new Dataset({ title: '', analysis: 'tran' }, [time, column])),
        );
        expect(read.dataset!.columns[1].name).toBe(name);
      }),
    );
  });

  it('reads carriage returns, blank lines and a missing last line end', () => {
    const { dataset } = readCsv('time,v(a)\r\n0,1\r\n\r\n1,inf');
    expect([...dataset!.get('a')!.real]).toEqual([1, Infinity]);
    expect(dataset!.get('a')!.quantity.kind).toBe('voltage');
  });

  it('stops with a warning at a row that is cut off', () => {
    const { dataset, diagnostics } = readCsv('time,v(a),v(b)\n0,1,2\n1,3\n');
    expect(dataset!.length).toBe(1);
    expect(diagnostics[0]).toMatchObject({ code: 'W202', message: 'row 3 has 2 of 3 fields' });
  });

  it('refuses an empty text', () => {
    expect(readCsv('').diagnostics[0].code).toBe('W201');
  });
});
