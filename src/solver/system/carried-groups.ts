/**
 * Which devices are carried along from their last evaluation while their voltages stay close to it
 * (`devices/language/carry.ts`): those of large models, where there are many. In a circuit of a few
 * transistors most of them move most of the time.
 */
import type { SolverOptions } from '../options.js';
import type { Group } from './grouping.js';

/** Instances of a model from which on most are likely to rest. */
const fewestInstances = 16;

export function withCarried(groups: readonly Group[], options: SolverOptions): readonly Group[] {
  if (options.wasm === 0 || options.bypass === 0) return groups;
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
