import { describe, expect, it } from 'vitest';
import { Graph, type BinaryOp, type Node, type UnaryOp } from '../../../src/devices/language/ir.js';
import { binaryOperations, unaryOperations } from '../../../src/devices/language/operations.js';
import { ReverseDerivative } from '../../../src/devices/language/reverse-derivative.js';

/** A point where each function has a slope; 0.4 suits all but these. */
const points: Readonly<Record<string, number>> = { acosh: 1.7 };

function reader(values: Readonly<Record<string, number>>): (leaf: Node) => number {
  return (leaf) => values[String(leaf.payload)];
}

describe('ReverseDerivative', () => {
  it.each(Object.keys(unaryOperations) as UnaryOp[])('has the slope of %s', (op) => {
    const graph = new Graph();
    const x = graph.leaf('modelParameter', 'x');
    const root = graph.intern(op, [x]);
    const tape = new ReverseDerivative([root]);
    const at = points[op] ?? 0.4;
    tape.evaluate(reader({ x: at }));
    tape.sweep([root], [3]);
    // A central difference of the function itself, right to about 1e-9.
    const f = unaryOperations[op as keyof typeof unaryOperations];
    const slope = (f(at + 1e-5) - f(at - 1e-5)) / 2e-5;
    expect(tape.value(root)).toBe(f(at));
    expect(tape.derivative(x)).toBeCloseTo(3 * slope, 7);
  });

  it.each(Object.keys(binaryOperations) as BinaryOp[])('has both slopes of %s', (op) => {
    const graph = new Graph();
    const [x, y] = [graph.leaf('modelParameter', 'x'), graph.leaf('modelParameter', 'y')];
    const root = graph.intern(op, [x, y]);
    const tape = new ReverseDerivative([root]);
    tape.evaluate(reader({ x: 2.3, y: 0.7 }));
    tape.sweep([root], [1]);
    const f = binaryOperations[op as keyof typeof binaryOperations];
    const h = 1e-5;
    const byX = (f(2.3 + h, 0.7) - f(2.3 - h, 0.7)) / (2 * h);
    const byY = (f(2.3, 0.7 + h) - f(2.3, 0.7 - h)) / (2 * h);
    expect(tape.derivative(x)).toBeCloseTo(byX, 7);
    expect(tape.derivative(y)).toBeCloseTo(byY, 7);
  });

  it('adds what comes by several ways, with the weights of several roots', () => {
    const graph = new Graph();
    const x = graph.leaf('instanceParameter', 'x');
    const square = graph.intern('mul', [x, x]);
    const cube = graph.intern('mul', [square, x]);
    const tape = new ReverseDerivative([square, cube]);
    tape.evaluate(reader({ x: 2 }));
    tape.sweep([square, cube], [10, 1]);
    // 10·2x + 3x²
    expect(tape.derivative(x)).toBe(52);
  });

  it('follows the arm that is taken only, and never a condition', () => {
    const graph = new Graph();
    const x = graph.leaf('probe', 'x');
    const isPositive = graph.intern('gt', [x, graph.zero]);
    const root = graph.intern('select', [isPositive, graph.intern('log', [x]), graph.zero]);
    const tape = new ReverseDerivative([root]);
    for (const [at, slope] of [
      [2, 0.5],
      [-2, 0], // where the other arm is not a number
    ]) {
      tape.evaluate(reader({ x: at }));
      tape.sweep([root], [1]);
      expect(tape.derivative(x)).toBe(slope);
    }
  });

  it('sees through aliases: a limited value is what it limits', () => {
    const graph = new Graph();
    const [v, limited] = [graph.leaf('probe', 'v'), graph.leaf('limited', 'l')];
    const twice = graph.intern('mul', [graph.constant(2), v]);
    const root = graph.intern('exp', [limited]);
    const tape = new ReverseDerivative([root], new Map([[limited, twice]]));
    tape.evaluate(reader({ v: 0.5 }));
    tape.sweep([root], [1]);
    expect(tape.leaves).toEqual([v]);
    expect(tape.derivative(v)).toBeCloseTo(2 * Math.E, 14);
  });

  it('says 0 of what the roots do not depend on', () => {
    const graph = new Graph();
    const tape = new ReverseDerivative([graph.leaf('probe', 'v')]);
    expect(tape.derivative(graph.leaf('probe', 'w'))).toBe(0);
  });
});
