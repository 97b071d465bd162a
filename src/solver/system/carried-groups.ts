/**
 * Which devices are carried along from their last evaluation while their voltages stay close to it
 * (`devices/language/carry.ts`): those of large models, where there are many, in large circuits. In a
 * small one most of them move most of the time; and where iterations in one piece of code are given up
 * and done again (`newton-kernel.ts`), what the first attempt kept would change the last bits.
 */
import type { SolverOptions } from '../options.js';
import type { Group } from './grouping.js';
import { fewUnknowns } from './memory.js';

/** Instances of a model from which on most are likely to rest. */
const fewestInstances = 16;

/** @param n unknowns of the circuit */
export function withCarried(
  groups: readonly Group[],
  n: number,
  options: SolverOptions,
): readonly Group[] {
  if (n <= fewUnknowns || options.wasm === 0 || options.bypass === 0) return groups;
  return groups.map((group) =>
    group.model.keptCount > 0 && group.instances.length >= fewestInstances
      ? { ...group, carried: true }
      : group,
  );
}

/** Change of a voltage [V] up to which a device is carried along. */
export function carriedDistance({ bypass, reltol }: SolverOptions): number {
  return bypass * reltol;
}
