import { expect, test } from 'vitest';
import { shownValue } from '../../../src/arch/characterize/shown-value.js';

test.each([
  [0.7, '', '0.7000'],
  [40_000, '', '40000'],
  // What rounds up to a fifth digit has no exponent either.
  [9999.96, '', '10000'],
  [-9999.96, '°', '-10000 °'],
  [5e-8, '', '50.00 n'],
  [5e-8, '1/V', '5.000e-8 1/V'],
  [3200, 'Ω', '3.200 kΩ'],
  [-20, 'dB', '-20.00 dB'],
  [0, '', '0'],
])('%d %s is shown as %s', (value, unit, text) => {
  expect(shownValue(value, unit)).toBe(text);
});
