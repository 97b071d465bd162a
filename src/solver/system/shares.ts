/**
 * The devices of a circuit divided into shares, so that threads can evaluate them at the same time,
 * with the bits of one thread after another.
 *
 * What only one share contributes to (most nodes of a circuit whose neighbours in the netlist are
 * neighbours) takes its terms as they come: the share's devices stand in the circuit's order. Where
 * several shares meet (supplies, clocks, borders) each device writes into a place of its own, and
 * these are added up afterwards, in the circuit's order. So every sum has its terms in the order in
 * which one thread adds them, whatever the number of shares, and whoever evaluates them.
 *
 * A device reads an unknown where it writes the row of the same number: a place of a row is
 * therefore a copy of the unknown as well. Ground's row catches what nobody needs: each share has
 * one of its own.
 */
import { planSize } from '../../devices/language/emit-wasm.js';
import type { CompiledModel } from '../../devices/language/compiled.js';
import type { PlanName, Step } from '../../devices/language/kernel-plan.js';
import type { Circuit } from '../../netlist/circuit.js';
import type { Group } from './grouping.js';
import type { Linkage } from './link.js';

/** Evaluations that add up what devices contribute. */
export const summingPlans = ['evaluateStatic', 'evaluateTransient'] as const;
export type SummingPlan = (typeof summingPlans)[number];

/** What a group's instances do in an evaluation: linear devices have their Jacobian stamped apart. */
export function stepsFor(name: PlanName, { plans, linear }: CompiledModel): readonly Step[] {
  return plans.get(name === 'evaluateTransient' && linear ? 'residual' : name);
}

/** Operations of one evaluation in time, of all devices. */
export function evaluationWork(groups: readonly Group[]): number {
  return groups.reduce(
    (sum, { model, instances }) =>
      sum + planSize(stepsFor('evaluateTransient', model)) * instances.length,
    0,
  );
}

/** Places that go to one target each, in the order in which they are added. */
export interface Sums {
  /** [targets] row or slot of the matrix. */
  readonly targets: Int32Array;
  /** [targets] where the target's places end in `places`. */
  readonly ends: Int32Array;
  readonly places: Int32Array;
}

export interface Shares {
  readonly count: number;
  /** [groups][shares + 1] first instance of each share. */
  readonly bounds: readonly Int32Array[];
  /** [groups] index tables (`link.ts`) in which places stand as ~place. */
  readonly tables: readonly Int32Array[];
  /** [groups] where a table's unknowns end, and the entries of the matrix begin. */
  readonly rowEnds: readonly number[];
  /** [places of rows] the unknown of each, share after share. */
  readonly copies: Int32Array;
  /** [shares + 1] */
  readonly copyBounds: Int32Array;
  /** [shares + 1] places of matrix entries. */
  readonly entryBounds: Readonly<Record<SummingPlan, Int32Array>>;
  readonly sums: Readonly<
    Record<SummingPlan, { readonly f: Sums; readonly fScale: Sums; readonly jf: Sums }>
  >;
}

/** Divides the instances of a circuit into `count` runs of about equal work. */
export function divide(
  circuit: Circuit,
  groups: readonly Group[],
  linkage: Linkage,
  count: number,
): Shares {
  return new Division(groups, linkage, boundsOf(circuit, groups, count), count).shares();
}

/** Groups are divided at the same places of the circuit, where neighbours are neighbours. */
function boundsOf(circuit: Circuit, groups: readonly Group[], count: number): Int32Array[] {
  const groupOf = new Map(groups.flatMap(({ instances }, k) => instances.map((i) => [i, k])));
  const work = groups.map(({ model }) => planSize(stepsFor('evaluateTransient', model)));
  const total = evaluationWork(groups);
  const bounds = groups.map(() => new Int32Array(count + 1));
  let before = 0;
  for (const instance of circuit.instances) {
    const k = groupOf.get(instance)!;
    const share = Math.min(count - 1, Math.floor((count * before) / total));
    bounds[k][share + 1]++;
    before += work[k];
  }
  for (const ends of bounds) for (let s = 0; s < count; s++) ends[s + 1] += ends[s];
  return bounds;
}

const nobody = -1;
const several = -2;

/** Rows of the index table that a plan writes to, in its order. */
interface Written {
  readonly f: readonly number[];
  readonly fScale: readonly number[];
  readonly jf: readonly number[];
}

function writtenBy(steps: readonly Step[]): Written {
  return {
    f: steps.flatMap((s) => (s.kind === 'row' && s.array === 'f' ? [s.row] : [])),
    fScale: steps.flatMap((s) => (s.kind === 'scale' ? [s.row] : [])),
    jf: steps.flatMap((s) => (s.kind === 'entry' && s.array === 'jf' ? [s.index] : [])),
  };
}

class Division {
  readonly #groups: readonly Group[];
  readonly #linkage: Linkage;
  readonly #bounds: readonly Int32Array[];
  readonly #count: number;
  readonly #tables: Int32Array[];
  /** [groups] */
  readonly #written: readonly Readonly<Record<SummingPlan, Written>>[];

  constructor(
    groups: readonly Group[],
    linkage: Linkage,
    bounds: readonly Int32Array[],
    count: number,
  ) {
    this.#groups = groups;
    this.#linkage = linkage;
    this.#bounds = bounds;
    this.#count = count;
    this.#tables = linkage.indices.map((table) => table.slice());
    this.#written = groups.map(({ model }) => ({
      evaluateStatic: writtenBy(stepsFor('evaluateStatic', model)),
      evaluateTransient: writtenBy(stepsFor('evaluateTransient', model)),
    }));
  }

  shares(): Shares {
    const unknowns = this.#linkage.diagonal.length;
    const entries = this.#linkage.pattern.rowIndices.length + 1;
    const { targets, bounds } = this.#place(unknowns, (k) => this.#rows(k));
    const entryBounds = {
      evaluateStatic: this.#place(entries, (k) => this.#written[k].evaluateStatic.jf).bounds,
      evaluateTransient: this.#place(entries, (k) => this.#written[k].evaluateTransient.jf).bounds,
    };
    const sums = (plan: SummingPlan): Shares['sums'][SummingPlan] => ({
      f: this.#sums((k) => this.#written[k][plan].f),
      fScale: this.#sums((k) => this.#written[k][plan].fScale),
      jf: this.#sums((k) => this.#written[k][plan].jf),
    });
    return {
      count: this.#count,
      bounds: this.#bounds,
      tables: this.#tables,
      rowEnds: this.#groups.map(({ model, instances }) => model.unknowns.length * instances.length),
      copies: targets,
      copyBounds: bounds,
      entryBounds,
      sums: {
        evaluateStatic: sums('evaluateStatic'),
        evaluateTransient: sums('evaluateTransient'),
      },
    };
  }

  /** Local unknowns of a group whose rows one of the plans writes. */
  #rows(k: number): number[] {
    const written = this.#written[k];
    return [
      ...new Set(summingPlans.flatMap((plan) => [...written[plan].f, ...written[plan].fScale])),
    ];
  }

  /** Gives places to what several shares write, one share after the other, and one to its ground. */
  #place(
    size: number,
    rowsOf: (k: number) => readonly number[],
  ): { readonly targets: Int32Array; readonly bounds: Int32Array } {
    const owner = this.#owners(size, rowsOf);
    const targets: number[] = [];
    const bounds = new Int32Array(this.#count + 1);
    for (let share = 0; share < this.#count; share++) {
      const ground = targets.push(0) - 1;
      this.#forEach(share, rowsOf, (table, position) => {
        const target = table[position];
        if (target === 0) table[position] = ~ground;
        else if (owner[target] === several) table[position] = ~(targets.push(target) - 1);
      });
      bounds[share + 1] = targets.length;
    }
    return { targets: Int32Array.from(targets), bounds };
  }

  #owners(size: number, rowsOf: (k: number) => readonly number[]): Int32Array {
    const owner = new Int32Array(size).fill(nobody);
    for (let share = 0; share < this.#count; share++)
      this.#forEach(share, rowsOf, (table, position) => {
        const target = table[position];
        owner[target] = owner[target] === nobody || owner[target] === share ? share : several;
      });
    return owner;
  }

  #forEach(
    share: number,
    rowsOf: (k: number) => readonly number[],
    visit: (table: Int32Array, position: number) => void,
  ): void {
    this.#groups.forEach(({ instances: { length } }, k) => {
      const rows = rowsOf(k);
      const last = this.#bounds[k][share + 1];
      for (let i = this.#bounds[k][share]; i < last; i++)
        for (const row of rows) visit(this.#tables[k], row * length + i);
    });
  }

  /** In the order of one thread: group, instance, step of the plan. */
  #sums(rowsOf: (k: number) => readonly number[]): Sums {
    const targets: number[] = [];
    const places: number[] = [];
    this.#groups.forEach(({ instances: { length } }, k) => {
      const rows = rowsOf(k);
      const [table, original] = [this.#tables[k], this.#linkage.indices[k]];
      for (let i = 0; i < length; i++)
        for (const row of rows) {
          const position = row * length + i;
          if (original[position] === 0 || table[position] >= 0) continue;
          targets.push(original[position]);
          places.push(~table[position]);
        }
    });
    return gathered(targets, places);
  }
}

/** Brings places of one target together and keeps their order. */
function gathered(targets: readonly number[], places: readonly number[]): Sums {
  const largest = targets.reduce((most, target) => Math.max(most, target), 0);
  const position = new Int32Array(largest + 2);
  for (const target of targets) position[target + 1]++;
  for (let t = 0; t <= largest; t++) position[t + 1] += position[t];
  const sorted = new Int32Array(places.length);
  targets.forEach((target, k) => (sorted[position[target]++] = places[k]));
  const used: number[] = [];
  const ends: number[] = [];
  for (let t = 0, before = 0; t <= largest; before = position[t++]) {
    if (position[t] === before) continue;
    used.push(t);
    ends.push(position[t]);
  }
  return { targets: Int32Array.from(used), ends: Int32Array.from(ends), places: sorted };
}
