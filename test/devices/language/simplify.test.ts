import { expect, it } from 'vitest';
import { Graph } from '../../../src/devices/language/ir.js';
import { binary, select } from '../../../src/devices/language/simplify.js';

it('folds constants also where a factor is drawn under a condition', () => {
  const graph = new Graph();
  const x = graph.leaf('unknown', 'x');
  const condition = binary(graph, 'gt', x, graph.zero);
  const step = select(graph, condition, graph.constant(2), graph.zero);
  // A product of constants left standing is in no memory that kernels load from.
  const scaled = binary(graph, 'mul', step, graph.constant(100));
  expect(scaled).toBe(select(graph, condition, graph.constant(200), graph.zero));
});
