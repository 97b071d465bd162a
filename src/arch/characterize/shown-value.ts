import { formatQuantity } from '../../base/index.js';

/** A value for people, of four digits: `40000`, `0.7000`, `50.00 n`, `3.200 kΩ`, `-20.00 dB`. */
export function shownValue(value: number, unit = ''): string {
  const plain = ['dB', '°', 'rad', '°C', '%', ''].includes(unit) || unit.startsWith('1/');
  const size = Math.abs(value);
  const readable = size === 0 || (size >= 1e-3 && size < 1e6);
  if (!plain || (unit === '' && !readable)) return formatQuantity(value, unit).trim();
  return `${readable ? fourDigits(value) : value.toExponential(3)} ${unit}`.trim();
}

/** Without an exponent. */
function fourDigits(value: number): string {
  const rounded = Number(value.toPrecision(4));
  if (rounded === 0) return '0';
  return Math.abs(rounded) < 1e4 ? rounded.toPrecision(4) : String(rounded);
}
