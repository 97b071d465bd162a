/** What the parts of one layer are called in a deck. Columns with the bias as the last. */
export interface LayerNames {
  readonly inputs: readonly string[];
  readonly columns: readonly string[];
  /** The inverse of each column. */
  readonly inverses: readonly string[];
  readonly rows: readonly string[];
  /** Nodes of row n: r = a·v(row), its value kept from the read, the error and its inverse, enable. */
  readonly outputs: readonly string[];
  readonly kept: readonly string[];
  readonly errors: readonly string[];
  readonly inverseErrors: readonly string[];
  readonly enables: readonly string[];
  /** Subcircuits of the synapses, rows by columns; `@x1_1.xmem.nmem[s]` is a state. */
  readonly synapses: readonly (readonly string[])[];
  /** What stands before numbers of rows and columns: nothing, or the number of the layer. */
  readonly prefix: string;
}

/** Names for layer `layer` (from 0) of `layers`; a single layer has no number of its own. */
export function layerNames(
  layer: number,
  layers: number,
  columns: number,
  rows: number,
): LayerNames {
  const prefix = layers > 1 ? `${layer + 1}_` : '';
  const numbered = (letter: string, length: number): string[] =>
    Array.from({ length }, (_, i) => `${letter}${prefix}${i + 1}`);
  return {
    inputs: numbered('x', columns),
    columns: numbered('u', columns),
    inverses: numbered('ub', columns),
    rows: numbered('row', rows),
    outputs: numbered('r', rows),
    kept: numbered('h', rows),
    errors: numbered('y', rows),
    inverseErrors: numbered('yb', rows),
    enables: numbered('e', rows),
    synapses: Array.from({ length: rows }, (_, n) =>
      Array.from({ length: columns }, (__, m) => `x${prefix}${n + 1}_${m + 1}`),
    ),
    prefix,
  };
}
