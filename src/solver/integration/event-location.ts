/**
 * Finding the first crossing in a step by solving shorter steps from its beginning (Illinois, a
 * regula falsi that halves the value at an end that stays: Dowell and Jarratt, BIT 11, 1971).
 */
import type { Events } from '../system/events.js';

/** Solves the step of size h from the last accepted point; false if Newton fails. */
export type TrySolve = (h: number) => boolean;

const valueTolerance = 1e-9;
const maxSolves = 60;

/** Numbers of the events that crossed zero between the last accepted point and here. */
export function crossedEvents(events: Events): number[] {
  const crossed: number[] = [];
  for (let k = 0; k < events.list.length; k++) if (events.crossed(k)) crossed.push(k);
  return crossed;
}

/**
 * Shortens a step in which events crossed until it ends just past the first crossing, and leaves
 * that step solved. Returns its size; undefined if Newton fails where it converged before.
 *
 * @param crossed what crossed at h @param resolution of the time [s]
 */
export function locateFirst(
  events: Events,
  crossed: readonly number[],
  h: number,
  resolution: number,
  trySolve: TrySolve,
): number | undefined {
  let low = 0;
  let high = h;
  let atLow = Float64Array.from(crossed, (k) => events.last[k]);
  let atHigh = Float64Array.from(crossed, (k) => events.value(events.list[k]));
  const scale = atLow.map((value, j) => Math.abs(value) + Math.abs(atHigh[j]));
  let positions = crossed.map((_, j) => j);
  let lastSide = 0;
  let solvedAt = h;
  for (let solves = 0; solves < maxSolves && high - low > resolution; solves++) {
    if (positions.some((j) => Math.abs(atHigh[j]) <= valueTolerance * scale[j])) break;
    const middle = firstRoot(low, high, positions, atLow, atHigh);
    solvedAt = middle;
    if (!trySolve(middle)) break;
    events.evaluate();
    const values = Float64Array.from(crossed, (k) => events.value(events.list[k]));
    const before = positions.filter((j) => events.crossed(crossed[j]));
    if (before.length > 0) {
      high = middle;
      positions = before;
      if (lastSide === 1) atLow = atLow.map((value) => value / 2);
      atHigh = values;
      lastSide = 1;
    } else {
      low = middle;
      if (lastSide === -1) atHigh = atHigh.map((value) => value / 2);
      atLow = values;
      lastSide = -1;
    }
  }
  return solvedAt === high || trySolve(high) ? high : undefined;
}

/** Where the straight line of any event first passes zero; kept off the ends. */
function firstRoot(
  low: number,
  high: number,
  positions: readonly number[],
  atLow: Float64Array,
  atHigh: Float64Array,
): number {
  let fraction = 1;
  for (const j of positions) {
    const root = atLow[j] / (atLow[j] - atHigh[j]);
    if (root >= 0 && root < fraction) fraction = root;
  }
  const inside = Math.min(Math.max(fraction, 1e-6), 1 - 1e-6);
  return low + inside * (high - low);
}
