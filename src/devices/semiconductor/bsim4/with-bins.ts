import { real, type RealParameter } from '../../../base/index.js';

/** A table with three more parameters for each: how it depends on 1/L, 1/W and 1/(L·W). */
export type WithBins<T extends Record<string, RealParameter>> = T & {
  readonly [K in keyof T & string as `l${K}` | `w${K}` | `p${K}`]: RealParameter;
};

/**
 * Adds the binning parameters of a table. Their unit is that of the parameter, times µm and µm² if
 * `binunit` is 1, m and m² otherwise.
 */
export function withBins<const T extends Record<string, RealParameter>>(table: T): WithBins<T> {
  const bins = Object.entries(table).flatMap(([name, { unit }]) => [
    [`l${name}`, real(0, `${unit}·µm`, `length dependence of ${name}`)],
    [`w${name}`, real(0, `${unit}·µm`, `width dependence of ${name}`)],
    [`p${name}`, real(0, `${unit}·µm²`, `area dependence of ${name}`)],
  ]);
  return { ...table, ...Object.fromEntries(bins) } as WithBins<T>;
}
