/** Finds where a signal passes a level or another signal: the n-th rise, fall or crossing. */
import { formatQuantity, integer, optionalReal, type ParameterTable } from '../../base/index.js';
import { type Crossing, crossings, type Direction } from '../crossings.js';
import { extremes, type Waveform } from '../waveform.js';
import type { Failure, Place, Settings, Signal } from './measure.js';
import { reach } from './piecewise.js';

/** Settings of `when`, `trig` and `targ`. Counts may be `last`. */
export const edgeTable: ParameterTable = {
  rise: integer(NaN, 'which rising crossing counts: a number, or last', '[1:inf)'),
  fall: integer(NaN, 'which falling crossing counts: a number, or last', '[1:inf)'),
  cross: integer(NaN, 'which crossing counts: a number, or last', '[1:inf)'),
  td: optionalReal('', 'crossings before this do not count'),
  from: optionalReal('', 'crossings before this do not count'),
  to: optionalReal('', 'crossings behind this do not count'),
  minval: optionalReal('', 'so near counts as reached where nothing crosses', '[0:inf)'),
};

/** What a signal is compared with. */
export type Level = number | Signal;

interface Choice {
  readonly count: number;
  readonly direction?: Direction;
}

/** The place that the settings choose; the first crossing if they choose none. */
export function findEdge(signal: Signal, level: Level, settings: Settings): Place | Failure {
  const { count, direction } = choiceOf(settings);
  const from = Math.max(orElse(settings.td, -Infinity), orElse(settings.from, -Infinity));
  const to = orElse(settings.to, Infinity);
  const found: Place[] = [];
  signal.pieces.forEach((wave, piece) => {
    for (const { x } of edgesOf(difference(wave, level, piece), direction))
      if (x >= from && x <= to) found.push({ x, piece });
  });
  const chosen = count === Infinity ? found.at(-1) : found[count - 1];
  return chosen ?? nearly(signal, level, settings) ?? missing(signal, level, settings, found);
}

function choiceOf({ rise, fall, cross }: Settings): Choice {
  if (!Number.isNaN(rise)) return { count: rise, direction: 'rising' };
  if (!Number.isNaN(fall)) return { count: fall, direction: 'falling' };
  return { count: orElse(cross, 1) };
}

export function orElse(value: number, otherwise: number): number {
  return value === undefined || Number.isNaN(value) ? otherwise : value;
}

/** Above or below a level becomes above or below zero. */
function difference(wave: Waveform, level: Level, piece: number): Waveform {
  const { x, y, slope } = wave;
  if (typeof level === 'number') {
    return { x, y: y.map((value) => value - level), ...(slope ? { slope } : {}) };
  }
  const other = level.pieces[piece];
  return {
    x,
    y: y.map((value, i) => value - other.y[i]),
    ...(slope && other.slope ? { slope: slope.map((s, i) => s - other.slope![i]) } : {}),
  };
}

function edgesOf(wave: Waveform, direction: Direction | undefined): Crossing[] {
  return crossings(wave, 0, direction ? { direction } : {});
}

/** A signal that comes within `minval` of the level without crossing it. */
function nearly(signal: Signal, level: Level, { minval }: Settings): Place | undefined {
  if (!(minval > 0)) return undefined;
  let best: { readonly place: Place; readonly distance: number } | undefined;
  signal.pieces.forEach((wave, piece) => {
    const { x, y } = difference(wave, level, piece);
    y.forEach((value, i) => {
      const distance = Math.abs(value);
      if (distance <= minval && !(best && best.distance <= distance))
        best = { place: { x: x[i], piece }, distance };
    });
  });
  return best?.place;
}

const verbs: Readonly<Record<Direction, string>> = {
  rising: 'rises through',
  falling: 'falls through',
};

function missing(
  signal: Signal,
  level: Level,
  settings: Settings,
  found: readonly Place[],
): Failure {
  const { count, direction } = choiceOf(settings);
  const verb = direction ? verbs[direction] : 'crosses';
  const shown =
    typeof level === 'number' ? formatQuantity(level, signal.quantity.unit) : level.label;
  const late = Number.isNaN(orElse(settings.td, orElse(settings.from, orElse(settings.to, NaN))));
  const where = late ? '' : ' in the interval that counts';
  if (found.length > 0) {
    const times = found.length === 1 ? 'once' : `${found.length} times`;
    return { reason: `${signal.label} ${verb} ${shown} only ${times}${where}, not ${count} times` };
  }
  const base = verb.replace(/^rises/, 'rises').replace(/^falls/, 'falls');
  return { reason: `${signal.label} never ${base} ${shown}${where}`, help: rangeOf(signal) };
}

function rangeOf({ label, quantity, pieces }: Signal): string {
  const all = pieces.flatMap(({ y }) => extremes(y));
  const [low, high] = extremes(Float64Array.from(all));
  const [from, to] = [low, high].map((value) => formatQuantity(value, quantity.unit));
  return `${label} lies between ${from} and ${to}`;
}

/** Whether a place lies within a signal's scale (a rounding error beyond its ends counts). */
export function reaches({ pieces }: Signal, x: number): boolean {
  return pieces.some((wave) => {
    const { from, to } = reach(wave);
    const slack = 1e-9 * (to - from);
    return x >= from - slack && x <= to + slack;
  });
}
