import type { CharacteristicInput, ContinuousInput } from './characteristic-data.js';
import { type CharacterizeSpecification, isStochastic } from './specification.js';
import type { Variable } from './variables.js';

/** Knots to begin with, by the number of continuous inputs. */
const adaptive = [9, 7, 5];
/** Where none are added. */
const final = [17, 9, 5];

/** The inputs with the knots that the tables begin with. */
export function initialKnots(
  spec: CharacterizeSpecification,
  variables: readonly Variable[],
): CharacteristicInput[] {
  const count = variables.filter(({ input }) => input.kind === 'continuous').length;
  const usual = spec.refine && !isStochastic(spec) ? adaptive : final;
  return variables.map(({ input, points }) => {
    if (input.kind === 'discrete') return input;
    const [low, high] = input.knots;
    const own = points ?? usual[Math.min(count, usual.length) - 1];
    return { ...input, knots: spread(low, high, own, input.scale) };
  });
}

export function withKnots(name: string, unit: string, knots: readonly number[]): ContinuousInput {
  return { kind: 'continuous', name, unit, scale: 'linear', knots };
}

/** The ends are exact: they are the domain. */
function spread(
  low: number,
  high: number,
  count: number,
  scale: ContinuousInput['scale'],
): number[] {
  return Array.from({ length: count }, (_, k) => {
    if (k === 0) return low;
    if (k === count - 1) return high;
    const part = k / (count - 1);
    return scale === 'logarithmic' ? low * (high / low) ** part : low + (high - low) * part;
  });
}
