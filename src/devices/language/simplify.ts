import { Dependence, dependence } from './partition.js';
import { isConstant, valueOf, type BinaryOp, type Graph, type Node, type UnaryOp } from './ir.js';
import { binaryOperations, comparisons, unaryOperations } from './operations.js';

/**
 * Builders that fold constants and apply the identities of real algebra.
 *
 * Folding treats 0·x as 0 and x − x as 0: a structural zero removes its term, whatever the other
 * factor may become.
 */
export function unary(graph: Graph, op: UnaryOp, x: Node): Node {
  if (op === 'not') return not(graph, x);
  if (isConstant(x)) return graph.constant(unaryOperations[op](valueOf(x)));
  if (op === 'neg') {
    if (x.op === 'neg') return x.args[0];
    if (x.op === 'sub') return binary(graph, 'sub', x.args[1], x.args[0]);
  }
  if (op === 'abs' && (x.op === 'abs' || x.op === 'exp' || x.op === 'sqrt')) return x;
  return graph.intern(op, [x]);
}

function not(graph: Graph, x: Node): Node {
  if (x.op === 'true') return graph.no;
  if (x.op === 'false') return graph.yes;
  if (x.op === 'not') return x.args[0];
  return graph.intern('not', [x]);
}

export function binary(graph: Graph, op: BinaryOp, a: Node, b: Node): Node {
  switch (op) {
    case 'and':
    case 'or':
      return logic(graph, op, a, b);
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
    case 'eq':
    case 'ne':
      return compare(graph, op, a, b);
    default:
      if (isConstant(a) && isConstant(b)) {
        return graph.constant(binaryOperations[op](valueOf(a), valueOf(b)));
      }
      return arithmetic(graph, op, a, b);
  }
}

function logic(graph: Graph, op: 'and' | 'or', a: Node, b: Node): Node {
  const absorbing = op === 'and' ? graph.no : graph.yes;
  const neutral = op === 'and' ? graph.yes : graph.no;
  if (a === absorbing || b === absorbing) return absorbing;
  if (a === neutral || a === b) return b;
  if (b === neutral) return a;
  if ((a.op === 'not' && a.args[0] === b) || (b.op === 'not' && b.args[0] === a)) return absorbing;
  return graph.intern(op, [a, b]);
}

function compare(
  graph: Graph,
  op: 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne',
  a: Node,
  b: Node,
): Node {
  if (isConstant(a) && isConstant(b)) {
    return comparisons[op](valueOf(a), valueOf(b)) ? graph.yes : graph.no;
  }
  if (a === b) return op === 'le' || op === 'ge' || op === 'eq' ? graph.yes : graph.no;
  return graph.intern(op, [a, b]);
}

function arithmetic(graph: Graph, op: BinaryOp, a: Node, b: Node): Node {
  switch (op) {
    case 'add':
      return sum(graph, a, b);
    case 'sub':
      return difference(graph, a, b);
    case 'mul':
      return product(graph, a, b);
    case 'div':
      return quotient(graph, a, b);
    case 'pow':
      return power(graph, a, b);
    default:
      if (a === b && (op === 'min' || op === 'max')) return a;
      return graph.intern(op, [a, b]);
  }
}

const is = (node: Node, value: number): boolean => isConstant(node) && valueOf(node) === value;

function sum(graph: Graph, a: Node, b: Node): Node {
  if (is(a, 0)) return b;
  if (is(b, 0)) return a;
  if (b.op === 'neg') return difference(graph, a, b.args[0]);
  if (a.op === 'neg') return difference(graph, b, a.args[0]);
  // One order for a commutative pair lets equal sums meet.
  return a.id <= b.id ? graph.intern('add', [a, b]) : graph.intern('add', [b, a]);
}

function difference(graph: Graph, a: Node, b: Node): Node {
  if (is(b, 0)) return a;
  if (a === b) return graph.zero;
  if (is(a, 0)) return unary(graph, 'neg', b);
  if (b.op === 'neg') return sum(graph, a, b.args[0]);
  return graph.intern('sub', [a, b]);
}

function product(graph: Graph, a: Node, b: Node): Node {
  // What stands under a condition comes here by itself.
  if (isConstant(a) && isConstant(b)) return graph.constant(valueOf(a) * valueOf(b));
  if (is(a, 0) || is(b, 0)) return graph.zero;
  if (is(a, 1)) return b;
  if (is(b, 1)) return a;
  if (is(a, -1)) return unary(graph, 'neg', b);
  if (is(b, -1)) return unary(graph, 'neg', a);
  if (a.op === 'neg' && b.op === 'neg') return product(graph, a.args[0], b.args[0]);
  if (a.op === 'neg') return unary(graph, 'neg', product(graph, a.args[0], b));
  if (b.op === 'neg') return unary(graph, 'neg', product(graph, a, b.args[0]));
  const gated = onlyWhere(graph, a, b) ?? onlyWhere(graph, b, a);
  if (gated) return gated;
  const gathered = gather(graph, a, b) ?? gather(graph, b, a);
  if (gathered) return gathered;
  return a.id <= b.id ? graph.intern('mul', [a, b]) : graph.intern('mul', [b, a]);
}

/** a·(c·x) = (a·c)·x where a and c are fixed while Newton iterates: they are multiplied once. */
function gather(graph: Graph, a: Node, b: Node): Node | undefined {
  if (b.op !== 'mul' || !isSettled(a)) return undefined;
  const [c, x] = isSettled(b.args[0]) ? b.args : [b.args[1], b.args[0]];
  if (!isSettled(c) || isSettled(x)) return undefined;
  return product(graph, binary(graph, 'mul', a, c), x);
}

/** Whether a set-up kernel computes a value. */
function isSettled(node: Node): boolean {
  return dependence(node) < Dependence.bias;
}

/** select(c, x, 0) · y = select(c, x·y, 0): what is switched off need not be computed. */
function onlyWhere(graph: Graph, chosen: Node, factor: Node): Node | undefined {
  if (chosen.op !== 'select') return undefined;
  const [condition, whenTrue, whenFalse] = chosen.args;
  if (is(whenFalse, 0))
    return select(graph, condition, product(graph, whenTrue, factor), graph.zero);
  if (is(whenTrue, 0))
    return select(graph, condition, graph.zero, product(graph, whenFalse, factor));
  return undefined;
}

function quotient(graph: Graph, a: Node, b: Node): Node {
  if (is(a, 0)) return graph.zero;
  if (is(b, 1)) return a;
  if (is(b, -1)) return unary(graph, 'neg', a);
  if (a === b) return graph.one;
  if (a.op === 'neg') return unary(graph, 'neg', quotient(graph, a.args[0], b));
  if (b.op === 'neg') return unary(graph, 'neg', quotient(graph, a, b.args[0]));
  // A division costs as much as five products: by what is fixed it is done once.
  if (isSettled(b) && !isSettled(a)) return product(graph, a, binary(graph, 'div', graph.one, b));
  return graph.intern('div', [a, b]);
}

function power(graph: Graph, a: Node, b: Node): Node {
  if (is(b, 0)) return graph.one;
  if (is(b, 1)) return a;
  if (is(b, 2)) return product(graph, a, a);
  if (is(b, -1)) return quotient(graph, graph.one, a);
  if (is(b, 0.5)) return unary(graph, 'sqrt', a);
  return graph.intern('pow', [a, b]);
}

export function select(graph: Graph, condition: Node, whenTrue: Node, whenFalse: Node): Node {
  if (condition.op === 'true' || whenTrue === whenFalse) return whenTrue;
  if (condition.op === 'false') return whenFalse;
  if (condition.op === 'not') return select(graph, condition.args[0], whenFalse, whenTrue);
  if (whenTrue.type === 'boolean') {
    if (whenTrue.op === 'true') return logic(graph, 'or', condition, whenFalse);
    if (whenFalse.op === 'false') return logic(graph, 'and', condition, whenTrue);
  }
  // A choice made again by the same condition is settled.
  if (whenTrue.op === 'select' && whenTrue.args[0] === condition) {
    return select(graph, condition, whenTrue.args[1], whenFalse);
  }
  if (whenFalse.op === 'select' && whenFalse.args[0] === condition) {
    return select(graph, condition, whenTrue, whenFalse.args[2]);
  }
  return graph.intern('select', [condition, whenTrue, whenFalse]);
}

/** Rebuilds nodes with some of them replaced. */
export function substitute(
  graph: Graph,
  roots: readonly Node[],
  replacement: (leaf: Node) => Node | undefined,
): Node[] {
  const done = new Map<Node, Node>();
  const visit = (node: Node): Node => {
    const known = done.get(node);
    if (known) return known;
    const result = replacement(node) ?? rebuild(graph, node, node.args.map(visit));
    done.set(node, result);
    return result;
  };
  return roots.map(visit);
}

function rebuild(graph: Graph, node: Node, args: readonly Node[]): Node {
  if (args.every((arg, i) => arg === node.args[i])) return node;
  if (node.op === 'select') return select(graph, args[0], args[1], args[2]);
  if (args.length === 1) return unary(graph, node.op as UnaryOp, args[0]);
  return binary(graph, node.op as BinaryOp, args[0], args[1]);
}
