import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dataset, quantityOf, readJson, writeJson } from '../../src/waveform/index.js';
import { arbitraryDataset, essence } from './arbitrary-dataset.js';

describe('JSON', () => {
  it('is readable', () => {
    const dataset = new Dataset({ title: 'A "ramp"', analysis: 'tran', date: 'today' }, [
      { name: 'time', quantity: quantityOf('time'), real: Float64Array.of(0, 1e-9) },
      {
        name: 'n1.s',
        quantity: quantityOf('state'),
        real: Float64Array.of(0.25, Infinity),
        slope: Float64Array.of(1, NaN),
      },
    ]);
    expect(writeJson(dataset)).toBe(`{
  "format": "oxspice dataset",
  "version": 1,
  "title": "A \\"ramp\\"",
  "analysis": "tran",
  "plot": "Transient Analysis",
  "date": "today",
  "points": 2,
  "columns": [
    { "name": "time", "kind": "time", "unit": "s",
      "real": [0, 1e-9] },
    { "name": "n1.s", "kind": "state", "unit": "",
      "real": [0.25, "Infinity"],
      "slope": [1, "NaN"] }
  ]
}
`);
    expect([...readJson(writeJson(dataset)).dataset!.columns[1].slope!]).toEqual([1, NaN]);
  });

  it('reads back what was written', () => {
    fc.assert(
      fc.property(arbitraryDataset, (dataset) => {
        const { dataset: read, diagnostics } = readJson(writeJson(dataset));
        expect(diagnostics).toEqual([]);
        expect(essence(read!)).toEqual(essence(dataset));
        expect(read!.title).toBe(dataset.title);
        expect(read!.plotName).toBe(dataset.plotName);
      }),
    );
  });

  it('keeps that points are of several steps', () => {
    const column = {
      name: 'time',
      quantity: quantityOf('time'),
      real: Float64Array.of(0, 1, 0, 1),
    };
    const dataset = new Dataset({ title: 'Steps', analysis: 'tran', stepped: true }, [column]);
    expect(writeJson(dataset)).toContain('"stepped": true');
    expect(readJson(writeJson(dataset)).dataset!.stepped).toBe(true);
    const plain = new Dataset({ title: 'One', analysis: 'tran' }, [column]);
    expect(readJson(writeJson(plain)).dataset!.stepped).toBeUndefined();
  });

  it.each([
    ['{"a":', 'W301'],
    ['null', 'W302'],
    ['[]', 'W302'],
    ['{"format":"oxspice dataset","version":2,"columns":[]}', 'W302'],
    ['{"format":"oxspice dataset","version":1,"columns":[{"real":[1]},{"real":[]}]}', 'W302'],
  ])('refuses %s', (text, code) => {
    const { dataset, diagnostics } = readJson(text);
    expect(dataset).toBeUndefined();
    expect(diagnostics[0].code).toBe(code);
  });
});
