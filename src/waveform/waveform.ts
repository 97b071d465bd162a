/** What a column measures; decides raw-file types, plot panes and tolerances. */
export type QuantityKind =
  'time' | 'frequency' | 'voltage' | 'current' | 'temperature' | 'parameter' | 'state' | 'other';

export interface Quantity {
  readonly kind: QuantityKind;
  /** SI symbol, such as `V`, `Hz`, `Ω`; empty where there is none. A temperature sweep is in `°C`. */
  readonly unit: string;
}

const usualUnits: Readonly<Record<QuantityKind, string>> = {
  time: 's',
  frequency: 'Hz',
  voltage: 'V',
  current: 'A',
  temperature: '°C',
  parameter: '',
  state: '',
  other: '',
};

/** A quantity with its usual unit, or with the one given. */
export function quantityOf(kind: QuantityKind, unit: string = usualUnits[kind]): Quantity {
  return { kind, unit };
}

/**
 * One column of a dataset. All arrays have the dataset's length, in the quantity's unit.
 *
 * `slope` is the derivative with respect to the scale at each point (V/s in a transient). NaN says
 * "not known here", for instance at a corner of a source: the two intervals that meet there are
 * then interpolated linearly.
 */
export interface Column {
  readonly name: string;
  /** What tables call it, where `name` is a convention of raw files: `vin` over `v(v-sweep)`. */
  readonly title?: string;
  readonly quantity: Quantity;
  readonly real: Float64Array;
  /** Present in small-signal results. */
  readonly imaginary?: Float64Array;
  readonly slope?: Float64Array;
}

/**
 * A real function of one variable, sampled: `y[i]` at `x[i]`, arrays of one length.
 *
 * `x` never decreases; two points with the same `x` are a jump, whose value there is the later one.
 */
export interface Waveform {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** dy/dx at each point, NaN where it is not known. */
  readonly slope?: Float64Array;
}

/** The smallest and largest finite value; both NaN if there is none. */
export function extremes(values: Float64Array): [low: number, high: number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [NaN, NaN];
}
