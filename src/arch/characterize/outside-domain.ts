import { formatQuantity } from '../../base/index.js';
import { shownValue } from './shown-value.js';

/** What happens where a characteristic is asked beyond what was characterized. */
export type OutsidePolicy =
  /** An exception: nothing is made up. */
  | 'refuse'
  /** The value at the nearest point of the domain, slope 0 along what was clamped; it is counted. */
  | 'clamp'
  /** NaN; it is counted. */
  | 'flag';

/** Thrown where a function was asked outside of its domain, and told to refuse. */
export class OutsideDomain extends RangeError {
  readonly input: string;
  readonly value: number;
  readonly domain: readonly [number, number];

  constructor(input: string, unit: string, value: number, domain: readonly [number, number]) {
    const [low, high] = domain.map((bound) => shownValue(bound, unit));
    const given = formatQuantity(value, unit, 6).trim();
    super(
      `${input} = ${given} lies outside of what was characterized, ${low} to ${high}; characterize more, or ask with outside: 'clamp' or 'flag'`,
    );
    this.name = 'OutsideDomain';
    this.input = input;
    this.value = value;
    this.domain = domain;
  }
}
