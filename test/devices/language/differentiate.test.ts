import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Differentiator } from '../../../src/devices/language/differentiate.js';
import { Graph, type BinaryOp, type Node, type UnaryOp } from '../../../src/devices/language/ir.js';
import {
  binaryOperations,
  comparisons,
  unaryOperations,
} from '../../../src/devices/language/operations.js';
import { binary, select, unary } from '../../../src/devices/language/simplify.js';

/** Evaluates a node; the leaf `v` is the variable. */
function evaluate(node: Node, v: number): number {
  const value = (n: Node): number => {
    if (n.op === 'constant') return n.payload as number;
    if (n.op === 'probe') return v;
    if (n.op === 'select') return truth(n.args[0]) ? value(n.args[1]) : value(n.args[2]);
    const numbers = n.args.map(value);
    if (numbers.length === 1) return unaryOperations[n.op as 'neg'](numbers[0]);
    return binaryOperations[n.op as 'add'](numbers[0], numbers[1]);
  };
  const truth = (n: Node): boolean => {
    if (n.op === 'true' || n.op === 'false') return n.op === 'true';
    return comparisons[n.op as 'lt'](value(n.args[0]), value(n.args[1]));
  };
  return value(node);
}

type Recipe =
  | { op: 'v' }
  | { op: 'constant'; value: number }
  | { op: UnaryOp; a: Recipe }
  | { op: BinaryOp; a: Recipe; b: Recipe }
  | { op: 'select'; a: Recipe; b: Recipe };

const smooth: UnaryOp[] = ['neg', 'exp', 'sin', 'cos', 'tanh', 'atan', 'asinh', 'sinh', 'cosh'];

const recipes = fc.letrec<{ node: Recipe }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constant<Recipe>({ op: 'v' }),
    fc.double({ min: -2, max: 2, noNaN: true }).map<Recipe>((value) => ({ op: 'constant', value })),
    fc.record({ op: fc.constantFrom(...smooth), a: tie('node') }) as fc.Arbitrary<Recipe>,
    fc.record({
      op: fc.constantFrom<BinaryOp>('add', 'sub', 'mul', 'min', 'max'),
      a: tie('node'),
      b: tie('node'),
    }) as fc.Arbitrary<Recipe>,
    fc.record({
      op: fc.constant('select' as const),
      a: tie('node'),
      b: tie('node'),
    }) as fc.Arbitrary<Recipe>,
  ),
})).node;

function build(graph: Graph, recipe: Recipe): Node {
  if (recipe.op === 'v') return graph.leaf('probe', '0,1');
  if (recipe.op === 'constant') return graph.constant((recipe as { value: number }).value);
  const { a, b } = recipe as { a: Recipe; b?: Recipe };
  if (recipe.op === 'select') {
    const v = graph.leaf('probe', '0,1');
    const test = binary(graph, 'gt', v, graph.constant(0.123));
    return select(graph, test, build(graph, a), build(graph, b!));
  }
  if (!b) return unary(graph, recipe.op as UnaryOp, build(graph, a));
  return binary(graph, recipe.op as BinaryOp, build(graph, a), build(graph, b));
}

it('agrees with central differences on random expressions', () => {
  fc.assert(
    fc.property(recipes, fc.double({ min: -1.5, max: 1.5, noNaN: true }), (recipe, v) => {
      const graph = new Graph();
      const node = build(graph, recipe);
      const slope = new Differentiator(graph).derivative(node, graph.leaf('probe', '0,1'));
      const h = 1e-5;
      const [low, high] = [v - h, v + h].map((x) => evaluate(node, x));
      fc.pre([low, high].every((y) => Math.abs(y) < 1e4));
      // At a kink of min, max or select there is no derivative to compare with.
      const at = evaluate(slope, v);
      const steady = (x: number): boolean =>
        Math.abs(evaluate(slope, x) - at) < 1e-2 * (1 + Math.abs(at));
      fc.pre(steady(v - h) && steady(v + h));
      const expected = (high - low) / (2 * h);
      expect(Math.abs(evaluate(slope, v) - expected)).toBeLessThan(1e-3 * (1 + Math.abs(expected)));
    }),
    { numRuns: 2000, seed: 2 },
  );
});

/** Closed forms of the calculus. */
it.each<[UnaryOp, number, number]>([
  ['log', 0.7, 1 / 0.7],
  ['log10', 0.7, 1 / (0.7 * Math.LN10)],
  ['log1p', 0.7, 1 / 1.7],
  ['expm1', 0.7, Math.exp(0.7)],
  ['sqrt', 0.49, 1 / 1.4],
  ['tan', 0.7, 1 / Math.cos(0.7) ** 2],
  ['asin', 0.3, 1 / Math.sqrt(1 - 0.09)],
  ['acos', 0.3, -1 / Math.sqrt(1 - 0.09)],
  ['acosh', 1.7, 1 / Math.sqrt(1.7 ** 2 - 1)],
  ['atanh', 0.3, 1 / (1 - 0.09)],
  ['abs', -0.3, -1],
  ['floor', 0.3, 0],
])('derivative of %s at %d', (op, v, expected) => {
  const graph = new Graph();
  const x = graph.leaf('probe', '0,1');
  const slope = new Differentiator(graph).derivative(unary(graph, op, x), x);
  expect(evaluate(slope, v)).toBeCloseTo(expected, 12);
});

it('differentiates powers by base and exponent, and keeps a power of zero finite', () => {
  const graph = new Graph();
  const x = graph.leaf('probe', '0,1');
  const d = new Differentiator(graph);
  const power = binary(graph, 'pow', x, binary(graph, 'add', x, graph.one));
  const v = 1.3;
  const expected = v ** (v + 1) * (Math.log(v) + (v + 1) / v);
  expect(evaluate(d.derivative(power, x), v)).toBeCloseTo(expected, 12);
  expect(evaluate(d.derivative(power, x), 0)).toBe(1); // (v + 1)·v^v
});
