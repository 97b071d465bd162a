import type { Node } from './ir.js';
import { binaryOperations, comparisons, unaryOperations } from './operations.js';

/** A condition on unknowns met on the way, and what it came to. */
export type Decision = readonly [condition: Node, holds: boolean];

/**
 * Values of nodes, for checks: booleans as 0 and 1.
 * @param leaf values of leaves
 * @param decisions collects the conditions that decided a `select`
 */
export function evaluateNodes(
  roots: readonly Node[],
  leaf: (node: Node) => number,
  decisions?: Decision[],
): number[] {
  const known = new Map<Node, number>();
  const value = (node: Node): number => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const result = compute(node);
    known.set(node, result);
    return result;
  };
  const compute = (node: Node): number => {
    const [a, b, c] = node.args;
    switch (node.op) {
      case 'constant':
        return node.payload as number;
      case 'true':
        return 1;
      case 'false':
        return 0;
      case 'select': {
        const holds = value(a) !== 0;
        decisions?.push([a, holds]);
        return value(holds ? b : c);
      }
      case 'not':
        return value(a) === 0 ? 1 : 0;
      case 'and':
        return value(a) !== 0 && value(b) !== 0 ? 1 : 0;
      case 'or':
        return value(a) !== 0 || value(b) !== 0 ? 1 : 0;
    }
    if (node.args.length === 0) return leaf(node);
    if (node.op in unaryOperations)
      return unaryOperations[node.op as keyof typeof unaryOperations](value(a));
    if (node.op in comparisons)
      return comparisons[node.op as keyof typeof comparisons](value(a), value(b)) ? 1 : 0;
    return binaryOperations[node.op as keyof typeof binaryOperations](value(a), value(b));
  };
  return roots.map(value);
}
