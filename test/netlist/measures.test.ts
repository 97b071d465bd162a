import { describe, expect, it } from 'vitest';
import { printExpression } from '../../src/expression/index.js';
import type { MeasureItem, MeasureOperand } from '../../src/netlist/index.js';
import { cardsOf, codesOf } from './circuit-of.js';

const circuit = ['.param vdd=2', 'v1 in 0 1', 'r1 in out 1k', 'c1 out 0 1n'];

/** Items as text: expressions in parentheses, constants by value, keywords bare. */
function shown(item: MeasureItem): string {
  switch (item.kind) {
    case 'operand':
      return operand(item);
    case 'setting':
      return `${item.name}: ${operand(item.value)}`;
    case 'equation':
      return `${operand(item.left)} = ${operand(item.right)}`;
  }
}

function operand({ text, expression, value }: MeasureOperand): string {
  if (value !== undefined) return String(value);
  return expression ? `(${printExpression(expression)})` : text;
}

function items(card: string): string[] {
  return cardsOf(...circuit, card).measures[0].items.map(shown);
}

describe('.meas', () => {
  it.each([
    [
      '.meas tran d trig v(in) val=0.5 rise=1 targ v(out) val={vdb(out)} fall=last',
      [
        'trig',
        '(v(in))',
        'val: 0.5',
        'rise: 1',
        'targ',
        '(v(out))',
        'val: (vdb(out))',
        'fall: last',
      ],
    ],
    [".meas tran d trig v(in) val = '0.5*vdd' td=1n", ['trig', '(v(in))', 'val: 1', 'td: 1e-9']],
    ['.meas tran a avg v(out) from=1n to={2n*vdd}', ['avg', '(v(out))', 'from: 1e-9', 'to: 4e-9']],
    ['.measure ac g find vdb(out) at=1k', ['find', '(vdb(out))', 'at: 1000']],
    ['.meas tran w when v(out)=0.5', ['when', '(v(out)) = 0.5']],
    ['.meas tran w when out = v(in) / 2 rise=1', ['when', '(v(out)) = (v(in)/2)', 'rise: 1']],
    [
      '.meas tran f find v(in)*v(out) when v(in)==1',
      ['find', '(v(in)*v(out))', 'when', '(v(in)==1)'],
    ],
    [".meas tran m max par('v(out)*2')", ['max', '(v(out)*2)']],
    ['.meas p param a', ['param', 'a']],
    ['.meas tran r rms v(a, b)', []],
    ['.meas tran q integ i(v1) from 1n to 2n', ['integ', '(i(v1))', 'from', '1e-9', 'to', '2e-9']],
  ])('%s', (card, expected) => {
    const known = expected.length > 0;
    if (known) expect(items(card)).toEqual(expected);
    else expect(codesOf(...circuit, card)).toContain('N211');
  });

  it('may use other measures, earlier or later ones', () => {
    const { measures } = cardsOf(
      ...circuit,
      '.meas tran b param=a*2',
      '.meas tran a max v(out)',
      '.meas tran c param a',
    );
    expect(measures.map(({ name }) => name)).toEqual(['b', 'a', 'c']);
    expect(measures[0].items.map(shown)).toEqual(['param: (a*2)']);
    expect(measures[2].items.map(shown)).toEqual(['param', '(a)']);
  });

  it('may leave the analysis out, as LTspice does', () => {
    const { measures } = cardsOf(...circuit, '.meas peak max v(out)', '.meas ac p max v(out)');
    expect(measures.map(({ analysis }) => analysis)).toEqual([undefined, 'ac']);
  });

  it.each([
    ['.meas tran', 'N419'],
    ['.meas', 'N419'],
    ['.meas tran x', 'N419'],
    ['.meas tran x max v(out) from=', 'N419'],
    ['.meas tran x =', 'N419'],
    ['.meas tran x max {v(out', 'E104'],
    ['.meas tran x max v(nowhere)', 'N211'],
    ['.meas tran x param={b*2}', 'N211'],
  ])('%s is refused', (card, code) => {
    const [found] = codesOf(...circuit, card);
    expect(code.startsWith('E') ? found[0] : found).toBe(code.startsWith('E') ? 'E' : code);
  });
});

// ngspice 39: with a node and a parameter of one name, what stands in quotes is the parameter; a
// measure named like a node is meant where other measures use it.
describe('a name that a node shares', () => {
  const shared = [...circuit, '.param in=3', '.meas tran out avg v(out)'];
  const last = (card: string) => cardsOf(...shared, card).measures[1].items.map(shown);

  it.each([
    [".meas tran w when v(out)='in'", ['when', '(v(out)) = 3']],
    ['.meas tran d trig v(out) val=in', ['trig', '(v(out))', 'val: 3']],
    ['.meas tran f find v(out) at={in*2}', ['find', '(v(out))', 'at: 6']],
    [".meas tran p param='out*2'", ['param: (out*2)']],
    [".meas tran p max 'v(out)-out'", ['max', '(v(out)-out)']],
  ])('is a value in %s', (card, expected) => {
    expect(last(card)).toEqual(expected);
  });

  it.each([
    ['.meas tran f find in at=1n', ['find', '(v(in))', 'at: 1e-9']],
    ['.meas tran w when out=in', ['when', '(v(out)) = (v(in))']],
    ['.meas tran m max out', ['max', '(v(out))']],
  ])('is the node in %s', (card, expected) => {
    expect(last(card)).toEqual(expected);
  });
});
