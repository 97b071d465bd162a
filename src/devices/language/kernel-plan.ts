/**
 * What an evaluating kernel does for one instance, step by step, whatever language it is written in:
 * statements in an order that can be computed, limits, and where results go.
 */
import type { Limit } from './analog-program.js';
import {
  gradientName,
  type Charge,
  type Entry,
  type Equations,
  type Row,
  type TransientEquations,
} from './assemble.js';
import { reachable, type Node } from './ir.js';
import type { KernelLayout, Layout } from './layout.js';
import { Dependence, dependence } from './partition.js';
import { schedule, type Statement } from './schedule.js';

export type Step =
  | { readonly kind: 'statement'; readonly statement: Statement }
  /** Defines the limit's leaf, keeps its value and counts a veto. */
  | { readonly kind: 'limit'; readonly limit: Limit }
  | { readonly kind: 'row'; readonly array: 'f' | 'q'; readonly row: number; readonly value: Node }
  /** Raises the scale of a row to the magnitude of a term. */
  | { readonly kind: 'scale'; readonly row: number; readonly value: Node }
  /** `index` is a row of the index table. */
  | {
      readonly kind: 'entry';
      readonly array: 'jf' | 'jq';
      readonly index: number;
      readonly value: Node;
    }
  | {
      readonly kind: 'charge' | 'chargeRate' | 'chargeSlope';
      readonly charge: number;
      readonly value: Node;
    }
  /** An instance slot takes a value. */
  | { readonly kind: 'slot'; readonly slot: number; readonly value: Node }
  /** What is carried along later, by its ordinal (`carry.ts`). */
  | { readonly kind: 'keep'; readonly ordinal: number; readonly value: Node };

/** Parts of an evaluation in time; linear devices do them apart. */
export type TransientPart = 'all' | 'residual' | 'jacobian';

/** f and ∂f/∂x; if `dynamic` q and ∂q/∂x too. */
function evaluationPlan(equations: Equations, layout: Layout, dynamic: boolean): Step[] {
  const { rows, limits, staticEntries, dynamicEntries } = equations;
  const plan = new Planner(limits);
  for (const row of rows) plan.row(row, dynamic);
  plan.entries('jf', staticEntries, layout.staticStart);
  if (dynamic) plan.entries('jq', dynamicEntries, layout.dynamicStart);
  return plan.finish();
}

/** f and J with the integration formula in them; charges, and slopes for `finishCharges`. */
function transientPlan(
  { rows, entries, limits, charges }: TransientEquations,
  layout: Layout,
  part: TransientPart = 'all',
): Step[] {
  const plan = new Planner(limits);
  if (part !== 'jacobian') for (const row of rows) plan.row(row, false);
  if (part !== 'residual') plan.entries('jf', entries, layout.transientStart);
  if (part === 'jacobian') return plan.finish();
  charges.forEach(({ value }, charge) => {
    plan.add({ kind: 'charge', charge, value });
  });
  plan.gradients(charges, layout);
  return plan.finish();
}

/** Evaluates what is carried along until the next time. */
function keepPlan({ carried, transient, limits }: Equations, layout: Layout): Step[] {
  if (!carried) return [];
  const plan = new Planner(limits);
  carried.kept.forEach((value, ordinal) => {
    plan.add({ kind: 'keep', ordinal, value });
  });
  plan.gradients(transient.charges, layout);
  return plan.finish();
}

/** What `transientPlan` does, in the same order, from what was kept. */
function carryPlan({ carried }: Equations, layout: Layout): Step[] {
  if (!carried) return [];
  const plan = new Planner([]);
  for (const row of carried.rows) plan.row(row, false);
  plan.entries('jf', carried.entries, layout.transientStart);
  carried.charges.forEach((value, charge) => {
    plan.add({ kind: 'charge', charge, value });
  });
  return plan.finish();
}

/** The charges at x, without limits. */
function chargePlan({ charges }: TransientEquations): Step[] {
  const plan = new Planner([]);
  charges.forEach(({ plain }, charge) => {
    plan.add({ kind: 'charge', charge, value: plain });
  });
  return plan.finish();
}

/** Carries charges along Newton's last update; their rates and slopes follow. */
function finishPlan({ charges }: TransientEquations): Step[] {
  const plan = new Planner([]);
  charges.forEach(({ finished }, charge) => {
    plan.add({ kind: 'charge', charge, value: finished.value });
    plan.add({ kind: 'chargeRate', charge, value: finished.rate });
    plan.add({ kind: 'chargeSlope', charge, value: finished.size });
  });
  return plan.finish();
}

/** The plans of a model, and where they find things. */
export interface Plans {
  readonly layout: KernelLayout;
  get(name: PlanName): readonly Step[];
}

/** The plans of a model, made when they are first asked for. */
export class KernelPlans implements Plans {
  readonly layout: Layout;
  readonly #equations: Equations;
  readonly #made = new Map<PlanName, Step[]>();

  constructor(equations: Equations, layout: Layout) {
    this.#equations = equations;
    this.layout = layout;
  }

  get(name: PlanName): readonly Step[] {
    let plan = this.#made.get(name);
    if (!plan) this.#made.set(name, (plan = this.#make(name)));
    return plan;
  }

  #make(name: PlanName): Step[] {
    const equations = this.#equations;
    switch (name) {
      case 'evaluateStatic':
        return evaluationPlan(equations, this.layout, false);
      case 'evaluate':
        return evaluationPlan(equations, this.layout, true);
      case 'evaluateTransient':
        return transientPlan(equations.transient, this.layout, 'all');
      case 'residual':
      case 'jacobian':
        return transientPlan(equations.transient, this.layout, name);
      case 'keep':
        return keepPlan(equations, this.layout);
      case 'carry':
        return carryPlan(equations, this.layout);
      case 'evaluateCharges':
        return chargePlan(equations.transient);
      case 'finishCharges':
        return finishPlan(equations.transient);
    }
  }
}

export const planNames = [
  'evaluateStatic',
  'evaluate',
  'evaluateTransient',
  // Parts of the evaluation in time.
  'residual',
  'jacobian',
  // In two parts, of which the first is left out where little has changed; empty for most models.
  'keep',
  'carry',
  'evaluateCharges',
  'finishCharges',
] as const;

export type PlanName = (typeof planNames)[number];

/** What needs no computation: leaves, and what a set-up kernel derived. */
export function isDerived(node: Node): boolean {
  return node.args.length === 0 || dependence(node) < Dependence.bias;
}

type Sink = Exclude<Step, { kind: 'statement' | 'limit' }>;

class Planner {
  readonly #limits: readonly Limit[];
  readonly #sinks: Sink[] = [];

  constructor(limits: readonly Limit[]) {
    this.#limits = limits;
  }

  add(sink: Sink): void {
    this.#sinks.push(sink);
  }

  row({ row, f, q, scales }: Row, dynamic: boolean): void {
    if (f) this.add({ kind: 'row', array: 'f', row, value: f });
    for (const value of scales) if (!isZero(value)) this.add({ kind: 'scale', row, value });
    if (dynamic && q) this.add({ kind: 'row', array: 'q', row, value: q });
  }

  entries(array: 'jf' | 'jq', entries: readonly Entry[], start: number): void {
    entries.forEach(({ value }, k) => {
      this.add({ kind: 'entry', array, index: start + k, value });
    });
  }

  gradients(charges: readonly Charge[], layout: Layout): void {
    charges.forEach(({ gradient }, k) => {
      gradient.forEach(({ slope, kept }, j) => {
        if (!kept) return;
        const slot = layout.slotNumber('gradient', gradientName(k, j));
        this.add({ kind: 'slot', slot, value: slope });
      });
    });
  }

  /** Limited values come first, together, since they share conditions: the rest builds on them. */
  finish(): Step[] {
    const steps: Step[] = [];
    const defined = new Set<Node>();
    const compute = (roots: readonly Node[]): void => {
      for (const statement of schedule(roots, (n) => defined.has(n) || isDerived(n))) {
        steps.push({ kind: 'statement', statement });
        const made = statement.kind === 'compute' ? [statement.node] : statement.selects;
        for (const node of made) defined.add(node);
      }
    };
    const limits = this.#limits;
    const ahead = limits.filter((l) => !reachable([l.limited, l.value]).some(isLimited));
    compute(ahead.flatMap((l) => [l.limited, l.value]));
    for (const limit of limits) {
      compute([limit.limited, limit.value]);
      steps.push({ kind: 'limit', limit });
      defined.add(limit.leaf);
    }
    compute(this.#sinks.map(({ value }) => value));
    return [...steps, ...this.#sinks];
  }
}

function isLimited(node: Node): boolean {
  return node.op === 'limited';
}

function isZero(node: Node): boolean {
  return node.op === 'constant' && node.payload === 0;
}
