/** Outputs of instances that others borrow: the inductances that a coupling works on. */
import type { KernelMemory } from '../../devices/language/compiled.js';
import type { Group } from './grouping.js';
import type { SlotPlace, SlotTable } from './slot-table.js';

interface Loan {
  readonly from: { readonly memory: KernelMemory; readonly position: number };
  readonly to: SlotPlace;
}

export class BorrowedValues {
  readonly #groups: readonly Group[];
  readonly #memories: readonly KernelMemory[];
  readonly #loans: readonly Loan[];
  readonly #lenders: readonly number[];
  readonly #borrowers: readonly number[];

  constructor(groups: readonly Group[], memories: readonly KernelMemory[], slots: SlotTable) {
    this.#groups = groups;
    this.#memories = memories;
    const lenders = new Set<number>();
    const borrowers = new Set<number>();
    this.#loans = slots.borrowed.map((to) => {
      const { definition, name, references } = to.instance;
      const [reference, quantity] = to.name.split('.');
      const lender = references[definition.references.indexOf(reference)];
      const place = slots.instance(lender)!;
      const output = slots.find(lender, 'output', quantity);
      if (!output) throw new Error(`'${lender}' has no '${quantity}' for '${name}'`);
      lenders.add(place.group);
      borrowers.add(slots.instance(name)!.group);
      return { from: output, to };
    });
    this.#lenders = [...lenders];
    this.#borrowers = [...borrowers];
  }

  /** Passes all values on; returns the groups that must be derived again. */
  lend(): readonly number[] {
    for (const k of this.#lenders)
      this.#groups[k].model.kernels.evaluateOutputs?.(this.#memories[k]);
    for (const { from, to } of this.#loans)
      to.memory.instance[to.position] = from.memory.instance[from.position];
    return this.#borrowers;
  }
}
