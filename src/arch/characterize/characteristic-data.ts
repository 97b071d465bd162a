/**
 * What a file of a transfer characteristic holds: outputs of a circuit as tables over its inputs,
 * with what is known of their error and of where they come from.
 *
 *     inputs   continuous (knots, linear or logarithmic scale) or discrete (corners, chosen values)
 *     outputs  one value for each combination of knots and discrete values
 *
 * Between knots an output is the monotone cubic of `tensor-table.ts`. Numbers are in SI units,
 * temperatures in °C; JSON carries all of their digits.
 */

export const characteristicFormat = 'oxspice transfer characteristic';
export const characteristicVersion = 1;

/** The one kind of interpolation that there is. */
export const monotoneCubic = 'monotone cubic';

export type InputScale = 'linear' | 'logarithmic';

/** An input that takes any value between its first and last knot. */
export interface ContinuousInput {
  readonly kind: 'continuous';
  readonly name: string;
  /** SI symbol or °C; empty for a pure number. */
  readonly unit: string;
  /** Along which coordinate is interpolated: the value, or its logarithm. */
  readonly scale: InputScale;
  /** Ascending, two at least. The domain reaches from the first to the last. */
  readonly knots: readonly number[];
  /** Values that tables and pictures show, where some were asked for. */
  readonly at?: readonly number[];
}

/** An input that takes the listed values only: corners, or values that were asked for one by one. */
export interface DiscreteInput {
  readonly kind: 'discrete';
  readonly name: string;
  readonly unit: string;
  readonly values: readonly number[];
  /** Names of the values, where they have some: `tt`, `ff`, `ss`. */
  readonly labels?: readonly string[];
}

export type CharacteristicInput = ContinuousInput | DiscreteInput;

/** How far the interpolated output may be from the circuit's, anywhere in the domain. */
export interface ErrorBound {
  /** In the output's unit. */
  readonly absolute: number;
  /** The same as a part of the output's range. */
  readonly ofRange: number;
  /** The absolute bound that was asked for; absent where knots were given and nothing refined. */
  readonly asked?: number;
  /** Whether what was asked for was reached. */
  readonly met: boolean;
}

/** What was found at points that the table was not built from. */
export interface Verification {
  readonly points: number;
  /** Greatest error found, in the output's unit. */
  readonly max: number;
  readonly rms: number;
  /** Where the greatest error was found, by input. */
  readonly worst: Readonly<Record<string, number>>;
  /** Of the random points. */
  readonly seed: number;
  /** The bound is at least so many times the greatest error found. */
  readonly safety: number;
}

/** An estimated probability: how often in how many runs at each knot, and what that is worth. */
export interface Trials {
  /** Runs at each knot. */
  readonly runs: number;
  /** [knots] runs in which it happened. */
  readonly happened: readonly number[];
  readonly confidence: number;
  /** [knots] ends of the interval of Clopper and Pearson. */
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/**
 * `value`: a number that the inputs determine. `probability`: how likely an event is. `quantile`: a
 * random number; its last input is `probability`, and the table has its quantiles.
 */
export type OutputKind = 'value' | 'probability' | 'quantile';

export interface CharacteristicOutput {
  readonly kind: OutputKind;
  readonly name: string;
  readonly unit: string;
  /** [Π lengths of the inputs], the last input varies fastest. */
  readonly values: readonly number[];
  readonly bound: ErrorBound;
  readonly verification: Verification;
  /** Of a probability. */
  readonly trials?: Trials;
}

/** Numbers that stand for a whole curve: gain, bandwidth, switching voltage. Read off the tables. */
export interface FigureTable {
  readonly output: string;
  /** The first ones are inputs, the others figures. */
  readonly columns: readonly { readonly name: string; readonly unit: string }[];
  /** NaN, where a curve does not have the figure, is null. */
  readonly rows: readonly (readonly (number | null)[])[];
}

/** Where the numbers come from. */
export interface Provenance {
  readonly deck: string;
  readonly title: string;
  /** SHA-256 of the expanded circuit, its model cards and options: 64 hexadecimal digits. */
  readonly circuitHash: string;
  /** Such as `oxspice 0.1.0`. */
  readonly program: string;
  /** What was asked for. */
  readonly spec: unknown;
  /** How often the circuit was simulated. */
  readonly runs: number;
}

export interface CharacteristicData {
  readonly format: typeof characteristicFormat;
  readonly version: typeof characteristicVersion;
  readonly name: string;
  readonly interpolation: typeof monotoneCubic;
  readonly inputs: readonly CharacteristicInput[];
  readonly outputs: readonly CharacteristicOutput[];
  readonly figures: readonly FigureTable[];
  readonly provenance: Provenance;
}

/** How many values an input has in the tables. */
export function lengthOf(input: CharacteristicInput): number {
  return input.kind === 'continuous' ? input.knots.length : input.values.length;
}

/** The values of an input in the tables. */
export function placesOf(input: CharacteristicInput): readonly number[] {
  return input.kind === 'continuous' ? input.knots : input.values;
}

/** The coordinate along which is interpolated. */
export function coordinate(scale: InputScale, value: number): number {
  return scale === 'logarithmic' ? Math.log(value) : value;
}
