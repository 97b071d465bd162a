/**
 * Approximate minimum degree ordering of a symmetric pattern: Amestoy, Davis, Duff, "An approximate
 * minimum degree ordering algorithm", SIAM J. Matrix Anal. Appl. 17(4), 1996.
 *
 *     until no variable is left:
 *       p := a variable of least degree; it becomes an element
 *       Lp := its neighbours; the elements that they came through are absorbed into p
 *       for each element e that touches Lp: weigh Le \ Lp                        (algorithm 2)
 *       for each i in Lp: bound its degree by |Lp \ i| + |Ai \ i| + Σ |Le \ Lp|  (eq. 4.1)
 *         elements with Le \ Lp empty are absorbed too; an i with no other neighbour goes with p
 *       merge the variables of Lp that have the same neighbours
 *
 * The bound makes every step local, so that the whole is nearly linear on meshes.
 */
import type { QuotientGraph } from './quotient-graph.js';
import {
  insertByDegree,
  mergeMembers,
  quotientGraph,
  removeByDegree,
  reservePool,
} from './quotient-graph.js';
import type { SymmetricGraph } from './symmetric-graph.js';

/**
 * Order of elimination with little fill-in. Rows with more than max(16, 10·√n) entries (a supply
 * rail) are put last, as they would only slow the search. Overwrites the graph's lists.
 * @returns [n] the variable to be eliminated at every position
 */
export function minimumDegree(symmetric: SymmetricGraph): Int32Array {
  const graph = quotientGraph(symmetric);
  const dense = postponeDense(graph);
  for (let i = graph.n - 1; i >= 0; i--) if (graph.size[i] > 0) insertByDegree(graph, i);
  while (graph.remaining > 0) eliminate(graph, nextPivot(graph));
  return assemblyOrder(graph, dense);
}

/** Takes dense rows out of the graph, densest last. */
function postponeDense(graph: QuotientGraph): number[] {
  const limit = Math.max(16, 10 * Math.sqrt(graph.n));
  const dense: number[] = [];
  for (let i = 0; i < graph.n; i++) {
    if (graph.degree[i] <= limit) continue;
    dense.push(i);
    graph.size[i] = 0;
    graph.remaining--;
  }
  return dense.sort((a, b) => graph.degree[a] - graph.degree[b] || a - b);
}

function nextPivot(graph: QuotientGraph): number {
  while (graph.head[graph.minimum] < 0) graph.minimum++;
  const pivot = graph.head[graph.minimum];
  removeByDegree(graph, pivot);
  return pivot;
}

function eliminate(graph: QuotientGraph, pivot: number): void {
  graph.remaining -= graph.size[pivot];
  graph.pivots[graph.pivotCount++] = pivot;
  formElement(graph, pivot);
  weighOutside(graph, pivot);
  updateDegrees(graph, pivot);
  mergeIndistinguishable(graph, pivot);
  finishElement(graph, pivot);
}

/** Collects Lp, its members flagged by a negative size and out of the degree lists. */
function formElement(graph: QuotientGraph, pivot: number): void {
  reservePool(graph);
  const { lists, pool, start, length, elementCount, parent } = graph;
  const variables = start[pivot] + elementCount[pivot];
  const end = start[pivot] + length[pivot];
  const first = graph.poolEnd;
  graph.size[pivot] = -graph.size[pivot];
  let weight = 0;
  for (let p = start[pivot]; p < variables; p++) {
    const element = lists[p];
    weight += collect(graph, pool, start[element], start[element] + length[element]);
    parent[element] = pivot;
  }
  weight += collect(graph, lists, variables, end);
  start[pivot] = first;
  length[pivot] = graph.poolEnd - first;
  graph.degree[pivot] = weight;
}

/** Appends the variables of a list that are neither gone nor collected yet; returns their weight. */
function collect(graph: QuotientGraph, list: Int32Array, from: number, to: number): number {
  const { size, pool } = graph;
  let weight = 0;
  for (let p = from; p < to; p++) {
    const variable = list[p];
    const variableSize = size[variable];
    if (variableSize <= 0) continue;
    weight += variableSize;
    size[variable] = -variableSize;
    pool[graph.poolEnd++] = variable;
    removeByDegree(graph, variable);
  }
  return weight;
}

/** outside[e] := |Le \ Lp| for every element e that shares a variable with Lp. */
function weighOutside(graph: QuotientGraph, pivot: number): void {
  const { lists, pool, start, size, elementCount, parent, outside, seen, degree } = graph;
  for (let q = start[pivot]; q < graph.poolEnd; q++) {
    const variable = pool[q];
    const end = start[variable] + elementCount[variable];
    for (let p = start[variable]; p < end; p++) {
      const element = lists[p];
      if (parent[element] >= 0) continue;
      if (seen[element] !== pivot) {
        seen[element] = pivot;
        outside[element] = degree[element];
      }
      outside[element] += size[variable]; // the size is negative within Lp
    }
  }
}

/** Cleans the list of every variable in Lp, bounds its degree and files it under its hash. */
function updateDegrees(graph: QuotientGraph, pivot: number): void {
  const { n, lists, pool, start, length, size, elementCount, parent, outside, degree } = graph;
  const { bucket, next, previous } = graph;
  for (let q = start[pivot]; q < graph.poolEnd; q++) {
    const variable = pool[q];
    const first = start[variable];
    const firstVariable = first + elementCount[variable];
    const end = first + length[variable];
    let bound = 0;
    let hash = 0;
    let write = first;
    for (let p = first; p < firstVariable; p++) {
      const element = lists[p];
      if (parent[element] >= 0) continue;
      if (outside[element] === 0) {
        parent[element] = pivot; // aggressive absorption: Le lies within Lp
        continue;
      }
      bound += outside[element];
      hash += element;
      lists[write++] = element;
    }
    const elementsEnd = write;
    for (let p = firstVariable; p < end; p++) {
      const neighbour = lists[p];
      if (size[neighbour] <= 0) continue; // gone, or reached through the new element from now on
      bound += size[neighbour];
      hash += neighbour;
      lists[write++] = neighbour;
    }
    if (write === first) {
      eliminateWith(graph, pivot, variable);
      continue;
    }
    // At least one entry fell away (the pivot, or what led to it), which leaves room for the pivot.
    lists[write] = lists[elementsEnd];
    lists[elementsEnd] = pivot;
    elementCount[variable] = elementsEnd - first + 1;
    length[variable] = write - first + 1;
    if (bound < degree[variable]) degree[variable] = bound;
    hash %= n;
    next[variable] = bucket[hash];
    previous[variable] = hash;
    bucket[hash] = variable;
  }
}

/** Mass elimination: without neighbours outside of Lp the variable causes no fill-in after p. */
function eliminateWith(graph: QuotientGraph, pivot: number, variable: number): void {
  const weight = -graph.size[variable];
  graph.size[variable] = 0;
  graph.degree[pivot] -= weight;
  graph.remaining -= weight;
  mergeMembers(graph, pivot, variable);
}

/** Variables of Lp with the same lists behave alike from now on: one stands for all. */
function mergeIndistinguishable(graph: QuotientGraph, pivot: number): void {
  const { pool, start, size, bucket, next, previous } = graph;
  for (let q = start[pivot]; q < graph.poolEnd; q++) {
    if (size[pool[q]] === 0) continue;
    const hash = previous[pool[q]];
    let variable = bucket[hash];
    bucket[hash] = -1;
    while (variable >= 0 && next[variable] >= 0) {
      markList(graph, variable);
      let last = variable;
      for (let other = next[variable]; other >= 0; other = next[other]) {
        if (hasMarkedList(graph, variable, other)) {
          size[variable] += size[other];
          size[other] = 0;
          mergeMembers(graph, variable, other);
          next[last] = next[other];
        } else last = other;
      }
      variable = next[variable];
    }
  }
}

function markList(graph: QuotientGraph, variable: number): void {
  const { lists, start, length, mark } = graph;
  const end = start[variable] + length[variable];
  const stamp = ++graph.stamp;
  for (let p = start[variable]; p < end; p++) mark[lists[p]] = stamp;
}

function hasMarkedList(graph: QuotientGraph, variable: number, other: number): boolean {
  const { lists, start, length, elementCount, mark, stamp } = graph;
  if (length[other] !== length[variable]) return false;
  if (elementCount[other] !== elementCount[variable]) return false;
  const end = start[other] + length[other];
  for (let p = start[other]; p < end; p++) if (mark[lists[p]] !== stamp) return false;
  return true;
}

/** Completes the degrees, unflags Lp, and drops from its list what was merged or eliminated. */
function finishElement(graph: QuotientGraph, pivot: number): void {
  const { pool, start, length, size, degree, remaining } = graph;
  let write = start[pivot];
  for (let q = start[pivot]; q < graph.poolEnd; q++) {
    const variable = pool[q];
    const weight = -size[variable];
    if (weight === 0) continue;
    size[variable] = weight;
    degree[variable] = Math.min(degree[variable] + degree[pivot], remaining) - weight;
    insertByDegree(graph, variable);
    pool[write++] = variable;
  }
  graph.poolEnd = write;
  length[pivot] = write - start[pivot];
  size[pivot] = 0;
}

/**
 * Postorder of the tree of absorbed elements, each with the variables that it stands for: the fill-in
 * is that of the pivot sequence, but columns that update each other lie close together.
 */
function assemblyOrder(graph: QuotientGraph, dense: readonly number[]): Int32Array {
  const { n, pivots, pivotCount, parent, memberNext } = graph;
  const firstChild = new Int32Array(n).fill(-1);
  const sibling = new Int32Array(n).fill(-1);
  const roots: number[] = [];
  for (let k = pivotCount - 1; k >= 0; k--) {
    const pivot = pivots[k];
    const above = parent[pivot];
    if (above < 0) roots.push(pivot);
    else {
      sibling[pivot] = firstChild[above];
      firstChild[above] = pivot;
    }
  }
  const order = new Int32Array(n);
  const path = new Int32Array(pivotCount);
  let placed = 0;
  for (let r = roots.length - 1; r >= 0; r--) {
    let depth = 0;
    path[0] = roots[r];
    while (depth >= 0) {
      const pivot = path[depth];
      const child = firstChild[pivot];
      if (child >= 0) {
        firstChild[pivot] = sibling[child];
        path[++depth] = child;
      } else {
        depth--;
        for (let i = pivot; i >= 0; i = memberNext[i]) order[placed++] = i;
      }
    }
  }
  for (const variable of dense) order[placed++] = variable;
  return order;
}
