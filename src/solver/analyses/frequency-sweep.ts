/** The frequencies of a small-signal analysis: `dec|oct|lin points fstart fstop`. */
import { integer, real, type Diagnostic } from '../../base/index.js';
import type { AnalysisCard, CardArgument } from '../../netlist/circuit.js';
import { bindPositional, mostPoints, tooManyPoints, wrongUse } from './arguments.js';

const table = {
  points: integer(10, 'number of points (per decade, per octave, or in all)', '[1:inf)'),
  fstart: real(NaN, 'Hz', 'first frequency', '[0:inf)'),
  fstop: real(NaN, 'Hz', 'last frequency', '[0:inf)'),
};

/**
 * The frequencies that a card asks for [Hz], ascending; undefined, with diagnostics, if its
 * arguments do not fit.
 *
 * @param args of the card, from the spacing on
 */
export function bindFrequencies(
  card: AnalysisCard,
  args: readonly CardArgument[],
  usage: string,
  diagnostics: Diagnostic[],
): number[] | undefined {
  const [first, ...rest] = args;
  const spacing = first?.text;
  if (spacing !== 'dec' && spacing !== 'oct' && spacing !== 'lin') {
    const place = args === card.arguments ? 'begins with' : 'has';
    const where = args === card.arguments ? '' : ' before its frequencies';
    const message = `.${card.name} ${place} dec, oct or lin${where}`;
    diagnostics.push(wrongUse(card, message, usage, first));
    return undefined;
  }
  const bound = bindPositional(card, rest, { table, required: 3, usage }, diagnostics);
  if (!bound) return undefined;
  const { points, fstart, fstop } = bound;
  if (fstop < fstart || (spacing !== 'lin' && fstart <= 0)) {
    const message =
      fstop < fstart ? 'fstop lies below fstart' : `${spacing} needs an fstart above 0`;
    diagnostics.push(wrongUse(card, message, usage, rest[1]));
    return undefined;
  }
  const base = spacing === 'dec' ? 10 : 2;
  const count = spacing === 'lin' ? points : (points * Math.log(fstop / fstart)) / Math.log(base);
  if (count > mostPoints) {
    diagnostics.push(wrongUse(card, tooManyPoints(count), usage, rest[0]));
    return undefined;
  }
  return spacing === 'lin'
    ? linear(points, fstart, fstop)
    : logarithmic(base, points, fstart, fstop);
}

function linear(points: number, start: number, stop: number): number[] {
  const step = points > 1 ? (stop - start) / (points - 1) : 0;
  return Array.from({ length: points }, (_, k) => start + k * step);
}

function logarithmic(base: number, points: number, start: number, stop: number): number[] {
  const intervals = Math.floor((points * Math.log(stop / start)) / Math.log(base) + 1e-6);
  return Array.from({ length: intervals + 1 }, (_, k) => start * base ** (k / points));
}
