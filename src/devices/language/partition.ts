import type { Equations, TransientEquations } from './assemble.js';
import { environment } from './compiled.js';
import { type Node } from './ir.js';

/**
 * What a value depends on decides when it is computed: folded, once a model card and temperature,
 * once an instance, or at every evaluation.
 */
export const Dependence = { constant: 0, model: 1, instance: 2, bias: 3 } as const;
export type Dependence = (typeof Dependence)[keyof typeof Dependence];

const known = new WeakMap<Node, Dependence>();

export function dependence(node: Node): Dependence {
  const before = known.get(node);
  if (before !== undefined) return before;
  let result: Dependence = ownDependence(node);
  for (const arg of node.args) {
    const of = dependence(arg);
    if (of > result) result = of;
  }
  known.set(node, result);
  return result;
}

function ownDependence(node: Node): Dependence {
  switch (node.op) {
    case 'modelParameter':
    case 'derivedOfCard':
      return Dependence.model;
    case 'environment':
      return node.payload === environment.temperature ? Dependence.model : Dependence.bias;
    case 'instanceParameter':
    case 'draw':
    case 'borrowed':
    case 'derivedOfInstance':
      return Dependence.instance;
    default:
      return node.args.length === 0 && !isFixed(node) ? Dependence.bias : Dependence.constant;
  }
}

function isFixed(node: Node): boolean {
  return node.op === 'constant' || node.op === 'true' || node.op === 'false';
}

/** Values that set-up kernels derive and keep, because later stages use them. */
export interface Partition {
  /** Once a card and temperature. */
  readonly model: readonly Node[];
  /** Once an instance. */
  readonly instance: readonly Node[];
}

export function partition(equations: Equations): Partition {
  const model = new Set<Node>();
  const instance = new Set<Node>();
  const seen = new Set<Node>();
  const keep = (node: Node, user: Dependence): void => {
    const own = dependence(node);
    if (own < user && node.args.length > 0) {
      if (own === Dependence.model) model.add(node);
      if (own === Dependence.instance) instance.add(node);
    }
    if (seen.has(node)) return;
    seen.add(node);
    for (const arg of node.args) keep(arg, own);
  };
  for (const root of evaluationRoots(equations)) keep(root, Dependence.bias);
  for (const hold of equations.holds) {
    if (typeof hold.initial === 'object') keep(hold.initial, Dependence.bias);
  }
  for (const { time, start, response } of equations.delays) {
    for (const node of [time, start, ...(response ? [response.second] : [])])
      keep(node, Dependence.instance);
  }
  for (const { value } of equations.demands) keep(value, Dependence.instance);
  const byId = (a: Node, b: Node): number => a.id - b.id;
  return { model: [...model].sort(byId), instance: [...instance].sort(byId) };
}

/** Everything that kernels other than set-up compute. */
export function evaluationRoots(equations: Equations): Node[] {
  return [
    ...equations.rows.flatMap(({ f, q, scales }) => [
      ...(f ? [f] : []),
      ...(q ? [q] : []),
      ...scales,
    ]),
    ...equations.staticEntries.map((e) => e.value),
    ...equations.dynamicEntries.map((e) => e.value),
    ...equations.limits.flatMap((l) => [l.value, l.limited]),
    ...equations.events.flatMap((e) => [e.value, ...e.sets.values()]),
    ...transientRoots(equations.transient),
    ...carriedRoots(equations),
    ...equations.outputs.map((o) => o.value),
    ...equations.noise.flatMap((n) => [n.density, n.exponent]),
  ];
}

function carriedRoots({ carried }: Equations): Node[] {
  if (!carried) return [];
  const { rows, entries, charges } = carried;
  return [...rows.flatMap(({ f }) => (f ? [f] : [])), ...entries.map((e) => e.value), ...charges];
}

function transientRoots({ rows, entries, limits, charges }: TransientEquations): Node[] {
  return [
    ...rows.flatMap(({ f, scales }) => [...(f ? [f] : []), ...scales]),
    ...entries.map((e) => e.value),
    ...limits.flatMap((l) => [l.value, l.limited]),
    ...charges.flatMap(({ value, plain, gradient, finished }) => [
      value,
      plain,
      finished.value,
      finished.rate,
      finished.size,
      ...gradient.map(({ slope }) => slope),
    ]),
  ];
}
