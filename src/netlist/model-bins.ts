import { type Diagnostic, error } from '../base/index.js';
import type { Word } from './ast.js';
import type { ModelEntry } from './models.js';
import { tryValue } from './scope.js';

/** Length and width of a transistor [m], as its instance says. */
export interface ChannelSize {
  readonly l: number;
  readonly w: number;
}

/** A bin's ranges [m]. */
interface Ranges {
  readonly lmin: number;
  readonly lmax: number;
  readonly wmin: number;
  readonly wmax: number;
}

/**
 * The bin of a model that a size belongs to: of the cards `name.1`, `name.2` … the first with
 * lmin ≤ l < lmax and wmin ≤ w < wmax, as in ngspice. Here a size on the upper bound of the last bin
 * belongs to it, too.
 */
export function binOf(bins: readonly ModelEntry[], { l, w }: ChannelSize): ModelEntry | undefined {
  // Bounds and sizes are often written with other units: 0.18u and 1.8e-7 are equal.
  const below = (a: number, b: number): boolean => a < b * (1 - 1e-9);
  const within = (value: number, low: number, high: number, closed: boolean): boolean =>
    !below(value, low) && (closed ? !below(high, value) : below(value, high));
  const fits = (closed: boolean) => (bin: ModelEntry) => {
    const { lmin, lmax, wmin, wmax } = rangesOf(bin);
    return within(l, lmin, lmax, closed) && within(w, wmin, wmax, closed);
  };
  return bins.find(fits(false)) ?? bins.find(fits(true));
}

function rangesOf({ statement, scope }: ModelEntry): Ranges {
  const bound = (name: string, otherwise: number): number => {
    const found = statement.items.find(
      (item) => item.kind === 'assignment' && item.name.text === name,
    );
    if (found?.kind !== 'assignment') return otherwise;
    const value = tryValue(found.values[0], scope);
    return typeof value === 'number' ? value : otherwise;
  };
  return {
    lmin: bound('lmin', 0),
    lmax: bound('lmax', Infinity),
    wmin: bound('wmin', 0),
    wmax: bound('wmax', Infinity),
  };
}

export function noBin(word: Word, bins: readonly ModelEntry[], size: ChannelSize): Diagnostic {
  const micrometres = (value: number): string => `${String(Number((value * 1e6).toPrecision(4)))}u`;
  const shown = bins.slice(0, 4).map((bin) => {
    const { lmin, lmax, wmin, wmax } = rangesOf(bin);
    const of = (low: number, high: number): string => `${micrometres(low)} to ${micrometres(high)}`;
    return `${bin.statement.name.text}: l from ${of(lmin, lmax)}, w from ${of(wmin, wmax)}`;
  });
  const more = bins.length > 4 ? [`and ${String(bins.length - 4)} more`] : [];
  return error('N214', `no bin of the model '${word.text}' fits`, word.span, {
    label: `this transistor has l=${micrometres(size.l)} w=${micrometres(size.w)}`,
    help: [...shown, ...more],
  });
}
