/**
 * SPICE quantities: a number, a scale suffix and a unit that is read past.
 *
 * The suffix is case-insensitive: `T G MEG K MIL M U N P F A`, where `M` is milli and `MEG` is 10⁶.
 * Letters behind it are a unit (`10kohm`, `5V`, `1ns`). `µ` (both code points) means `u`.
 */
/** The decimal exponents of the scales: appended to the digits, so that `1.1u` is 1.1e-6 exactly. */
const exponents: Readonly<Record<string, number>> = {
  t: 12,
  g: 9,
  k: 3,
  m: -3,
  u: -6,
  µ: -6,
  μ: -6,
  n: -9,
  p: -12,
  f: -15,
  a: -18,
};

const parts = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d+))?([a-zA-ZµμΩω°%]*)$/;

/** Reads a SPICE quantity such as `2.2MEG`, `4.7kΩ`, `1mil`; undefined if the text is none. */
export function parseQuantity(text: string): number | undefined {
  const match = parts.exec(text);
  if (!match) return undefined;
  const [, mantissa, exponent = '0', letters] = match;
  const unit = letters.toLowerCase();
  if (unit.startsWith('mil')) return Number(`${mantissa}e${exponent}`) * 25.4e-6;
  const scale = unit.startsWith('meg') ? 6 : (exponents[unit[0] ?? ''] ?? 0);
  return Number(`${mantissa}e${String(Number(exponent) + scale)}`);
}

const prefixes: readonly (readonly [number, string])[] = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
  [1, ''],
  [1e-3, 'm'],
  [1e-6, 'µ'],
  [1e-9, 'n'],
  [1e-12, 'p'],
  [1e-15, 'f'],
  [1e-18, 'a'],
];

/** Engineering notation with a unit for people: `3.217 mA`; `digits` significant digits. */
export function formatQuantity(value: number, unit = '', digits = 4): string {
  const tail = unit ? ` ${unit}` : '';
  if (value === 0) return `0${tail}`;
  if (!Number.isFinite(value)) return `${String(value)}${tail}`;
  // Round first, so that 999.96 becomes 1.000 k and not 1000.
  const rounded = Number(value.toPrecision(digits));
  const magnitude = Math.abs(rounded);
  const found = prefixes.find(([factor]) => magnitude >= factor * (1 - 1e-12));
  if (!found || magnitude >= 1e15) return `${rounded.toExponential(digits - 1)}${tail}`;
  const [factor, prefix] = found;
  const text = (rounded / factor).toPrecision(digits);
  if (!prefix && !unit) return text;
  return `${text} ${prefix}${unit}`;
}
