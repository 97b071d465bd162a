import { expect, it } from 'vitest';
import { evaluate, type Expression, literal, mapChildren } from '../../src/expression/index.js';
import { cardsOf, instance } from './circuit-of.js';

/**
 * Lowered expressions at v(1) = -2 V and v(3) = 3 V. The values are those that ngspice 39 printed for
 * the same cards in an operating point.
 */
const values: readonly [string, number][] = [
  ['-2**2', -4],
  ['2**3**2', 64],
  ['-v(1)**2', -4],
  ['v(1)**3', 8],
  ['v(1)^2', 4],
  ['pow(v(1),3)', 8],
  ['pwr(v(1),3)', -8],
  ['pwr(v(1),2)', -4],
  ['v(1)**v(3)', 8],
  ['v(1)**2.5', 5.656854249],
  ['log(v(3))', Math.log(3)],
  ['log10(v(3))', 0.4771212547],
  ['v(1)>0 ? 1 : v(1) < -1 ? 5 : 6', 5],
  ['v(1)>0||1', 1],
  ['!v(1) + (v(1) && 1)', 1],
  ['v(1)==-2', 1],
  ['u(v(1)) + u2(0.5) + uramp(3)', 3.5],
  ['u(0*v(1))', 0.5],
  ['{3*4} + 1', 13],
  ['temper', 27],
  ['nint(v(3)-0.5)+floor(v(1)-0.5)*10+ceil(v(3)-0.9)*100', 272],
  ['sgn(v(1))', -1],
  ['max(v(1),v(3))', 3],
  ['ddt(v(1))', 0],
  ['pi*1', Math.PI],
  // `pwl` goes on with its first and last line, where `table` is constant.
  ['pwl(v(1)-3, 0,0, 1,2, 3,3)', -10],
  ['pwl(v(3)+4, 0,0, 1,2, 3,3)', 5],
  ['pwl(v(3)-1, 0,0, 1,2, 3,3)', 2.5],
  ['5mil*1e6', 127],
];

/** What ngspice 39 does not have; worked out by hand. */
const others: readonly [string, number][] = [
  ['pwrs(v(1),3)', -8],
  ['sign(v(3),v(1))', -3],
  ['fmod(v(3),2)', 1],
  ['hypot(v(3),4)', 5],
  ['cbrt(v(3)-11)', -2],
  ['buf(v(3)) + 2*inv(v(3)) + 4*buf(v(1))', 1],
  ['eq0(v(1)) + 2*ne0(v(1)) + 4*gt0(v(1)) + 8*lt0(v(1)) + 16*ge0(v(1)) + 32*le0(v(1))', 42],
  ['pwl(v(3),0,0,6,1)', 0.5],
  ['tbl(v(1),0,7,6,1)', 7],
  ['table(v(3)+4, 0,0, 1,2, 3,3)', 3],
  ['gauss(v(3)) + flat(v(3)) + mc(v(3),0.1) + random(1)', 3.5],
  // Points of a parabola give Akima's curve the parabola's own slopes: exact, also outside.
  ['akima(v(3)-1.5, 0,0, 1,1, 2,4, 3,9)', 2.25],
  ['spline(v(1), 0,0, 1,1, 2,4, 3,9)', 4],
  // Natural spline through 0, 1, 0: half-way up it is at 11/16.
  ['cubic(v(3)/6, 0,0, 1,1, 2,0)', 0.6875],
  ['agauss(v(3),1,1) + limit(v(3),1) + limit(v(3),-1,2)', 8],
  ['arccos(v(3)-2) + arcsin(v(3)-3) + m(v(1)) + par(v(3))', 5],
];

it.each([...values, ...others])('b1 b 0 v=%s', (text, expected) => {
  const circuit = cardsOf('v1 1 0 -2', 'v3 3 0 3', `b1 b 0 v=${text}`, 'r1 b 0 1');
  const { definition, parameters, nodes } = instance(circuit, 'b1');
  if (definition.equations.kind !== 'behavioural') throw new Error('a B element is expected');
  const voltages: Record<string, number> = { '1': -2, '3': 3 };
  const at = (terminal: string): number =>
    voltages[circuit.nodes[nodes[definition.terminals.indexOf(terminal)]]];
  const replaced = (tree: Expression): Expression => {
    if (tree.kind === 'access') return literal(at(tree.names[0]), tree.span);
    if (tree.kind === 'call' && tree.name === 'ddt') return literal(0, tree.span);
    return mapChildren(tree, replaced);
  };
  const scope = {
    lookup: (name: string) => (name === 'temper' ? 27 : parameters.get(name)),
    names: () => [],
  };
  const value = evaluate(replaced(definition.equations.expression), scope);
  expect(value).toBeCloseTo(expected, 8);
});
