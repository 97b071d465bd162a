import { expect, test } from 'vitest';
import { Graph, type Node } from '../../../src/devices/language/ir.js';
import { schedule, type Statement } from '../../../src/devices/language/schedule.js';
import { binary, select, unary } from '../../../src/devices/language/simplify.js';

/** How often a node stands in the statements, in all arms. */
function count(list: readonly Statement[], node: Node): number {
  return list.reduce(
    (sum, each) =>
      sum +
      (each.kind === 'compute'
        ? Number(each.node === node)
        : count(each.whenTrue, node) + count(each.whenFalse, node)),
    0,
  );
}

test('choices by one condition, the second after the first, share what their arms compute', () => {
  const graph = new Graph();
  const x = graph.leaf('probe', '1,2');
  const y = graph.leaf('probe', '1,3');
  const condition = binary(graph, 'gt', x, graph.zero);
  const costly = unary(graph, 'exp', x);
  const first = select(graph, condition, binary(graph, 'add', costly, y), y);
  // Nothing lets both choices be made at once: the second needs the logarithm of the first.
  const between = unary(graph, 'log', first);
  const second = select(graph, condition, binary(graph, 'mul', costly, between), between);
  const statements = schedule([first, second], (node) => node.args.length === 0);
  expect(statements.filter(({ kind }) => kind === 'if')).toHaveLength(2);
  expect(count(statements, costly)).toBe(1);
  expect(statements.some((each) => each.kind === 'compute' && each.node === costly)).toBe(false);
});
