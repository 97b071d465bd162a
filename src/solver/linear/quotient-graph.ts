/**
 * The state of a minimum degree ordering (see minimum-degree.ts): the graph of what is left of the
 * matrix after some pivots, without its fill-in. A pivot becomes an *element*, standing for the
 * clique of the variables that it touched; a variable's neighbours are the variables in its own list
 * and those in the lists of its elements. So the memory for variables never grows.
 */
import type { SymmetricGraph } from './symmetric-graph.js';

/** All arrays but `lists` and `pool` have n entries; a pivot keeps its number as an element. */
export interface QuotientGraph {
  readonly n: number;
  /** Variables' lists in place: first elements, then variables. May hold variables that are gone. */
  readonly lists: Int32Array;
  /** Elements' lists of variables, one after the other. */
  pool: Int32Array;
  poolEnd: number;
  /** Start of the list, in `lists` for a variable and in `pool` for an element. */
  readonly start: Int32Array;
  readonly length: Int32Array;
  /** How many entries at the start of a variable's list are elements. */
  readonly elementCount: Int32Array;
  /**
   * Number of indistinguishable variables that a variable stands for; 0 when it is merged into
   * another one or eliminated; negative while it belongs to the element being made.
   */
  readonly size: Int32Array;
  /** Bound of a variable's external degree; weight of an element's list. */
  readonly degree: Int32Array;
  /** The element that absorbed an element, or -1. */
  readonly parent: Int32Array;
  /** Weight of an element's variables outside of the newest element, valid for pivot `seen`. */
  readonly outside: Int32Array;
  readonly seen: Int32Array;
  /** Variables of equal degree as doubly linked lists; `head` is indexed by degree. */
  readonly head: Int32Array;
  readonly next: Int32Array;
  readonly previous: Int32Array;
  minimum: number;
  /** Variables that a variable stands for, itself first, as linked lists with known ends. */
  readonly memberNext: Int32Array;
  readonly memberEnd: Int32Array;
  /** Chains of variables with equal hash, and marks to compare their lists. */
  readonly bucket: Int32Array;
  readonly mark: Int32Array;
  stamp: number;
  /** Weight of what is not eliminated yet. */
  remaining: number;
  readonly pivots: Int32Array;
  pivotCount: number;
}

/** The quotient graph before the first pivot, degree lists empty. Takes the graph's lists over. */
export function quotientGraph({ n, pointers, neighbours }: SymmetricGraph): QuotientGraph {
  const length = new Int32Array(n);
  for (let i = 0; i < n; i++) length[i] = pointers[i + 1] - pointers[i];
  const none = (): Int32Array => new Int32Array(n).fill(-1);
  return {
    n,
    lists: neighbours,
    pool: new Int32Array(neighbours.length + n),
    poolEnd: 0,
    start: pointers.slice(0, n),
    length,
    elementCount: new Int32Array(n),
    size: new Int32Array(n).fill(1),
    degree: length.slice(),
    parent: none(),
    outside: new Int32Array(n),
    seen: none(),
    head: none(),
    next: none(),
    previous: none(),
    minimum: 0,
    memberNext: none(),
    memberEnd: Int32Array.from({ length: n }, (_, i) => i),
    bucket: none(),
    mark: new Int32Array(n),
    stamp: 0,
    remaining: n,
    pivots: new Int32Array(n),
    pivotCount: 0,
  };
}

/** Puts a variable into the list of its degree. */
export function insertByDegree(graph: QuotientGraph, variable: number): void {
  const { head, next, previous } = graph;
  const degree = graph.degree[variable];
  const first = head[degree];
  next[variable] = first;
  previous[variable] = -1;
  if (first >= 0) previous[first] = variable;
  head[degree] = variable;
  if (degree < graph.minimum) graph.minimum = degree;
}

/** Takes a variable out of the list of its degree. */
export function removeByDegree(graph: QuotientGraph, variable: number): void {
  const { head, next, previous, degree } = graph;
  const before = previous[variable];
  const after = next[variable];
  if (after >= 0) previous[after] = before;
  if (before >= 0) next[before] = after;
  else head[degree[variable]] = after;
}

/** From now on `into` also stands for all that `variable` stood for. */
export function mergeMembers(graph: QuotientGraph, into: number, variable: number): void {
  graph.memberNext[graph.memberEnd[into]] = variable;
  graph.memberEnd[into] = graph.memberEnd[variable];
}

/** Room for one more element, whose list has at most n entries. */
export function reservePool(graph: QuotientGraph): void {
  const needed = graph.poolEnd + graph.n;
  if (needed <= graph.pool.length) return;
  const pool = new Int32Array(Math.max(needed, 2 * graph.pool.length));
  pool.set(graph.pool.subarray(0, graph.poolEnd));
  graph.pool = pool;
}
