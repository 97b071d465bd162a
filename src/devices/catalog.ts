import type { ModelDefinition } from './language/model.js';

/** How a netlist reaches a model. */
export interface CatalogEntry {
  readonly definition: ModelDefinition;
  /** Element letter, lower case; absent: instantiated by `N<name>` only. */
  readonly letter?: string;
  /** Instance parameter that a bare number behind the nodes (and card) sets: `R1 a b 1k`. */
  readonly positional?: string;
  /** The types of `.model` cards that select this model; empty: the element takes no card. */
  readonly cards: readonly CardType[];
}

export interface CardType {
  /** `d`, `nmos`, `sw`, or the model's own name. */
  readonly type: string;
  /** Levels that mean this model; absent: any. A card without a level has level 1. */
  readonly levels?: readonly number[];
  /** Parameters that the type itself sets, such as a polarity. */
  readonly sets?: Readonly<Record<string, number>>;
}

/** Every device, one line each. Being listed means being tested. */
export const catalog: readonly CatalogEntry[] = [];
