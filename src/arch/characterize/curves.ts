import type { CharacteristicInput, ContinuousInput, DiscreteInput } from './characteristic-data.js';
import type { CharacteristicFunction } from './characteristic-function.js';
import { combinations } from './grid.js';
import type { TransferCharacteristic } from './transfer-characteristic.js';

/** One output over one continuous input, the other inputs fixed. */
export interface Curve {
  readonly output: string;
  readonly along: ContinuousInput;
  /** Of the other inputs. */
  readonly at: readonly CurvePlace[];
  readonly function: CharacteristicFunction;
}

interface CurvePlace {
  readonly input: CharacteristicInput;
  readonly value: number;
}

/** With more knots than this, some of them stand for a continuous input. */
const mostValues = 7;

/** The curves of an output that tables and pictures show, over its first continuous input or another. */
export function curvesOf(
  characteristic: TransferCharacteristic,
  output: string,
  over?: ContinuousInput,
): Curve[] {
  const along = over ?? characteristic.inputs.find((each) => each.kind === 'continuous');
  if (!along) return [];
  const others = characteristic.inputs.filter((each) => each !== along);
  return combinations(others.map(valuesOf)).map((values) => {
    const at = others.map((input, k) => ({ input, value: values[k] }));
    const fixed = Object.fromEntries(at.map((each) => [each.input.name, keyOf(each)]));
    return { output, along, at, function: characteristic.function(output, { fixed }) };
  });
}

/** What `function` takes for a value of an input. */
function keyOf({ input, value }: CurvePlace): number | string {
  return input.kind === 'discrete' ? (labelOf(input, value) ?? value) : value;
}

export function labelOf({ values, labels }: DiscreteInput, value: number): string | undefined {
  return labels?.[values.indexOf(value)];
}

function valuesOf(input: CharacteristicInput): readonly number[] {
  if (input.kind === 'discrete') return input.values;
  const { knots, scale, at } = input;
  if (at) return at;
  if (knots.length <= mostValues) return knots;
  const [first, last] = [knots[0], knots[knots.length - 1]];
  return Array.from({ length: mostValues }, (_, k) => {
    if (k === mostValues - 1) return last;
    const part = k / (mostValues - 1);
    return scale === 'logarithmic' ? first * (last / first) ** part : first + (last - first) * part;
  });
}

/** Points of a curve: evenly along the scale, the knots among them. */
export function pointsOf({ along: { knots, scale } }: Curve, count = 200): number[] {
  const [first, last] = [knots[0], knots[knots.length - 1]];
  const even = Array.from({ length: count + 1 }, (_, k) =>
    scale === 'logarithmic'
      ? first * (last / first) ** (k / count)
      : first + ((last - first) * k) / count,
  );
  const inside = [...even, ...knots].map((x) => Math.min(Math.max(x, first), last));
  return [...new Set(inside)].sort((a, b) => a - b);
}
