/** Quantities at a point of a sweep, each of its own unit. */
export type Curve = (x: number) => readonly number[];

export interface Jump {
  readonly quantity: number;
  readonly at: number;
  /** What is left between neighbours 1e-9 of the sweep apart, over the largest value of the sweep. */
  readonly size: number;
}

/**
 * Where curves jump between `from` and `to`: the intervals with the largest differences, and those
 * that differ most from their neighbours, are halved until nothing of a smooth curve is left. `floor`
 * is of the values: differences of a millionth of it are none.
 */
export function findJumps(
  curve: Curve,
  from: number,
  to: number,
  floor: readonly number[],
  intervals = 32,
): Jump[] {
  // Quantities mostly jump at the same places.
  const known = new Map<number, readonly number[]>();
  const recall: Curve = (x) => {
    const values = known.get(x) ?? curve(x);
    known.set(x, values);
    return values;
  };
  const at = (i: number): number => from + ((to - from) * i) / intervals;
  const samples = Array.from({ length: intervals + 1 }, (_, i) => recall(at(i)));
  return samples[0].flatMap((_, quantity) => {
    const values = samples.map((sample) => sample[quantity]);
    const scale = Math.max(floor[quantity], ...values.map(Math.abs));
    const steps = values.slice(1).map((value, i) => Math.abs(value - values[i]));
    const bends = steps.map((step, i) => Math.abs(step - (steps[i - 1] ?? steps[i + 1])));
    const chosen = new Set([...largest(steps), ...largest(bends)]);
    const jumps = [...chosen].map((i) => {
      const edge = closeIn(recall, quantity, at(i), at(i + 1), 1e-9 * (to - from));
      return { quantity, at: edge.at, size: edge.step / scale };
    });
    const [worst] = jumps.sort((a, b) => b.size - a.size);
    return worst.size > 1e-6 ? [worst] : [];
  });
}

/** The two largest of the values, by their indices. */
function largest(values: readonly number[]): number[] {
  return values
    .map((_, i) => i)
    .sort((a, b) => values[b] - values[a])
    .slice(0, 2);
}

/** Halves an interval on the side of the larger difference. */
function closeIn(
  curve: Curve,
  quantity: number,
  from: number,
  to: number,
  width: number,
): { at: number; step: number } {
  let [a, b] = [from, to];
  let [before, behind] = [curve(a)[quantity], curve(b)[quantity]];
  while (b - a > width) {
    const middle = (a + b) / 2;
    const value = curve(middle)[quantity];
    if (Math.abs(value - before) > Math.abs(behind - value)) [b, behind] = [middle, value];
    else [a, before] = [middle, value];
  }
  return { at: a, step: Math.abs(behind - before) };
}
