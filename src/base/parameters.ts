/**
 * Parameter tables: the one place where a parameter of a device, an analysis or an option set is
 * declared. Parsing, ranges, help, documentation and sweeps read them.
 */
export interface RealParameter {
  readonly kind: 'real';
  /** NaN where the parameter has no default: its absence means something (see `given`). */
  readonly default: number;
  /** SI unit, `''` for a pure number. */
  readonly unit: string;
  readonly doc: string;
  readonly range: Range;
}

export interface IntegerParameter {
  readonly kind: 'integer';
  readonly default: number;
  readonly unit: '';
  readonly doc: string;
  readonly range: Range;
}

/** A flag: true when its name stands alone, or when it is set to a number that is not zero. */
export interface FlagParameter {
  readonly kind: 'flag';
  readonly default: 0 | 1;
  readonly unit: '';
  readonly doc: string;
  readonly range: Range;
}

export type Parameter = RealParameter | IntegerParameter | FlagParameter;
export type ParameterTable = Readonly<Record<string, Parameter>>;

/** An interval in Verilog-A's notation: `[0:inf)`, `(0:1)`, with excluded values `exclude 0`. */
export interface Range {
  readonly text: string;
  readonly low: number;
  readonly high: number;
  readonly lowOpen: boolean;
  readonly highOpen: boolean;
}

const everything = '(-inf:inf)';

/** Tables of thousands of parameters say the same few intervals. */
const known = new Map<string, Range>();

/** Reads an interval such as `(0:inf)`. A malformed one is a bug in the table. */
export function parseRange(text: string): Range {
  let range = known.get(text);
  if (!range) known.set(text, (range = readRange(text)));
  return range;
}

function readRange(text: string): Range {
  const match = /^([[(])\s*([^:\s]+)\s*:\s*([^\])\s]+)\s*([\])])$/.exec(text);
  if (!match) throw new Error(`malformed range '${text}'`);
  const bound = (word: string): number =>
    word === 'inf' ? Infinity : word === '-inf' ? -Infinity : Number(word);
  const [, open, low, high, close] = match;
  const range = {
    text,
    low: bound(low),
    high: bound(high),
    lowOpen: open === '(',
    highOpen: close === ')',
  };
  if (Number.isNaN(range.low) || Number.isNaN(range.high))
    throw new Error(`malformed range '${text}'`);
  return range;
}

export function inRange(value: number, range: Range): boolean {
  if (Number.isNaN(value)) return false;
  const above = range.lowOpen ? value > range.low : value >= range.low;
  const below = range.highOpen ? value < range.high : value <= range.high;
  // An infinite bound excludes infinity itself, whatever its bracket.
  return above && below && Number.isFinite(value);
}

/** A real parameter: `real(100, 'Ω', 'resistance at x = xon', '(0:inf)')`. */
export function real(value: number, unit: string, doc: string, range = everything): RealParameter {
  return { kind: 'real', default: value, unit, doc, range: parseRange(range) };
}

/** A real parameter without a default: models ask `given('name')` for it. */
export function optionalReal(unit: string, doc: string, range = everything): RealParameter {
  return real(NaN, unit, doc, range);
}

export function integer(value: number, doc: string, range = everything): IntegerParameter {
  return { kind: 'integer', default: value, unit: '', doc, range: parseRange(range) };
}

export function flag(value: boolean, doc: string): FlagParameter {
  return { kind: 'flag', default: value ? 1 : 0, unit: '', doc, range: parseRange('[0:1]') };
}

/** Why a value does not fit a parameter, or undefined if it does. */
export function parameterProblem(parameter: Parameter, value: number): string | undefined {
  if (parameter.kind !== 'real' && !Number.isInteger(value)) return 'must be a whole number';
  if (!inRange(value, parameter.range)) {
    return `must lie in ${parameter.range.text}${parameter.unit ? ` ${parameter.unit}` : ''}`;
  }
  return undefined;
}
