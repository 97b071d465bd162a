import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../../src/base/index.js';
import { parseExpressionText } from '../../../src/expression/index.js';
import { calculate } from '../../../src/waveform/calculator/index.js';
import { type Column, Dataset, quantityOf } from '../../../src/waveform/index.js';

const voltage = quantityOf('voltage');

const transient = new Dataset({ title: 't', analysis: 'tran' }, [
  { name: 'time', quantity: quantityOf('time'), real: Float64Array.of(0, 1) },
  { name: 'a', quantity: voltage, real: Float64Array.of(3, -2), slope: Float64Array.of(-5, -5) },
  { name: 'b', quantity: voltage, real: Float64Array.of(1, 4) },
  { name: 'v1#branch', quantity: quantityOf('current'), real: Float64Array.of(2, 0.5) },
]);

const smallSignal = new Dataset({ title: 't', analysis: 'ac' }, [
  { name: 'frequency', quantity: quantityOf('frequency'), real: Float64Array.of(10) },
  { name: 'out', quantity: voltage, real: Float64Array.of(3), imaginary: Float64Array.of(4) },
]);

async function result(text: string, dataset = transient): Promise<Column | Diagnostic> {
  const { expression, diagnostic } = parseExpressionText(text);
  if (!expression) throw new Error(diagnostic.message);
  const parameters = new Map([['k', 10]]);
  return calculate(expression, dataset, { name: text, parameters });
}

async function column(text: string, dataset?: Dataset): Promise<Column> {
  const found = await result(text, dataset);
  if ('code' in found) throw new Error(found.message);
  return found;
}

describe('calculate', () => {
  // Expected values: arithmetic on the columns above, by hand.
  test.each([
    ['v(a)', [3, -2]],
    ['a', [3, -2]],
    ['v(a,b)', [2, -6]],
    ['v(a)-v(b)', [2, -6]],
    ['v(a)*i(v1)', [6, -1]],
    ['-v(a)*k', [-30, 20]],
    ['v(a)^3', [27, -8]],
    ['v(a) > 0 ? 1 : v(b)', [1, 4]],
    ['max(v(a),v(b))', [3, 4]],
    ['time*2', [0, 2]],
    ['v(0)', [0, 0]],
    ['mag(v(a))', [3, 2]],
  ])('%s', async (text, expected) => {
    expect([...(await column(text)).real]).toEqual(expected);
  });

  test('a plain signal keeps its slope and takes the name as it was written', async () => {
    const { name, slope } = await column('V(A)');
    expect(name).toBe('V(A)');
    expect([...slope!]).toEqual([-5, -5]);
  });

  test('quantities follow from the operands', async () => {
    expect((await column('v(a)-v(b)')).quantity.unit).toBe('V');
    expect((await column('2*v(a)')).quantity.unit).toBe('V');
    expect((await column('v(a)*i(v1)')).quantity.unit).toBe('W');
    expect((await column('v(a)/i(v1)')).quantity.unit).toBe('Ω');
    expect((await column('v(a)+i(v1)')).quantity.unit).toBe('');
  });

  // |3+4j| = 5; 20 log10 5 = 13.979400086720376; arg = atan2(4, 3) = 0.9272952180016122.
  test.each([
    ['mag(v(out))', 5],
    ['vm(out)', 5],
    ['db(v(out))', 13.979400086720376],
    ['vdb(out)', 13.979400086720376],
    ['ph(v(out))', 0.9272952180016122],
    ['vp(out)', 0.9272952180016122],
    ['re(v(out))', 3],
    ['vi(out)', 4],
    ['abs(v(out))', 5],
  ])('%s of a complex signal', async (text, expected) => {
    const { real, imaginary } = await column(text, smallSignal);
    expect(real[0]).toBeCloseTo(expected, 14);
    expect(imaginary).toBeUndefined();
  });

  // (3+4j)² = -7+24j; 1/(3+4j) = 0.12-0.16j; sqrt(3+4j) = 2+j.
  test.each([
    ['v(out)*v(out)', -7, 24],
    ['1/v(out)', 0.12, -0.16],
    ['sqrt(v(out))', 2, 1],
    ['v(out)-1', 2, 4],
    ['-v(out)', -3, -4],
  ])('%s is complex', async (text, real, imaginary) => {
    const found = await column(text, smallSignal);
    expect(found.real[0]).toBeCloseTo(real, 14);
    expect(found.imaginary?.[0]).toBeCloseTo(imaginary, 14);
  });

  test.each([
    ['v(aa)', 'W501', "there is no signal 'v(aa)' in the results"],
    ['foo(v(a))', 'E202', "unknown function 'foo'"],
    ['idt(v(a),1)', 'W502', "'idt' of results cannot be taken"],
    ['gd(v(a))', 'W504', 'a group delay needs an .ac analysis'],
  ])('%s is refused', async (text, code, message) => {
    expect(await result(text)).toMatchObject({ code, message });
  });

  test('functions without complex meaning are refused, with a way forward', async () => {
    const found = (await result('max(v(out),1)', smallSignal)) as Diagnostic;
    expect(found.code).toBe('W503');
    expect(found.help?.[0]).toContain('mag()');
  });

  test('the closest signal is named', async () => {
    expect(((await result('v(bb)')) as Diagnostic).help).toEqual(["did you mean 'v(b)'?"]);
  });
});
