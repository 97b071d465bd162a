import { type AnalysisKind, type Dataset, oscillationOf } from '../../src/waveform/index.js';
import {
  at,
  delay,
  duty,
  falling,
  magnitude,
  mean,
  pulseLength,
  range,
  ringing,
  rising,
  span,
  spike,
} from './measure.js';

/** One line of a deck's header. */
export interface Promised {
  readonly what: string;
  readonly analysis: AnalysisKind;
  readonly figure: (dataset: Dataset) => number;
  readonly expected: number;
  readonly within: number;
}

type Row = readonly [what: string, figure: Promised['figure'], expected: number, within: number];

const of = (analysis: AnalysisKind, ...rows: readonly Row[]): Promised[] =>
  rows.map(([what, figure, expected, within]) => ({ what, analysis, figure, expected, within }));

const current = (u: string) => (d: Dataset) => Math.abs(at(d, '@nmem[i]', Number(u)));

/** By deck. Tolerances are 0.2 % of the signal's span where nothing tighter is known. */
export const promises: Readonly<Record<string, readonly Promised[]>> = {
  'passive/rc.cir': [
    ...of(
      'tran',
      // The ramp of 1 ns ends at 1 ms + 1 ns; the response lags by half of it.
      ['the step after one tau', (d) => at(d, 'out', 2e-3 + 0.5e-9), 0.632121, 2e-4],
      ['the step after five tau', (d) => at(d, 'out', 6e-3 + 0.5e-9), 0.993262, 2e-4],
    ),
    ...of(
      'ac',
      // 1/sqrt(1 + (f*2*pi*tau)^2) at the last frequency of the sweep.
      ['the decay', (d) => magnitude(d, 'out', 1e5), 1 / Math.hypot(1, 200 * Math.PI), 1e-9],
    ),
  ],
  'passive/rlc.cir': [
    ...of('tran', [
      'the first overshoot',
      (d) => range(d, 'out', 300e-6, 500e-6)[1],
      1.854468,
      4e-3,
    ]),
    ...of('ac', [
      'the peak near the resonance',
      // The sweep has 1584.89 Hz: 1/|1 - (w/w0)^2 + j*w/(w0*q)| there.
      (d) => magnitude(d, 'out', 10 ** 3.2),
      resonance(10 ** 3.2),
      1e-8,
    ]),
  ],
  'passive/coupled-inductors.cir': of(
    'tran',
    // The ramp of 1 ns ends at 1 us + 1 ns; the response lags by half of it.
    ['the highest voltage', (d) => range(d, 'out', 1e-6, 2e-6)[1], 0.337705, 7e-4],
    ['the decay', (d) => at(d, 'out', 2.8e-6 + 0.5e-9), 0.183878, 7e-4],
  ),
  'passive/transmission-line.cir': [
    ...of(
      'tran',
      // Closed forms of the header; nothing but ramps and constants, which steps land on exactly.
      ['what is launched', (d) => at(d, 'a', 10e-9), 2 / 3, 1e-9],
      ['the echo', (d) => at(d, 'a', 20e-9), 22 / 27, 1e-9],
      ['the first wave', (d) => at(d, 'b', 15e-9), 8 / 9, 1e-9],
      ['the second wave', (d) => at(d, 'b', 25e-9), 64 / 81, 1e-9],
      ['the end', (d) => at(d, 'b', 59e-9), 0.8, 1e-4],
      ['the middle of the first ramp', (d) => at(d, 'b', 6.05e-9), 4 / 9, 1e-9],
    ),
    ...of(
      'ac',
      ['the match at a quarter of a wavelength', (d) => magnitude(d, 'a', 50e6), 0.5, 1e-12],
      ['the voltage behind it', (d) => magnitude(d, 'b', 50e6), 1, 1e-12],
      ['half a wavelength', (d) => magnitude(d, 'a', 100e6), 0.8, 1e-12],
    ),
  ],
  'power/rectifier.cir': of(
    'tran',
    ['the highest voltage', (d) => range(d, 'out', 0.08, 0.1)[1], 8.4027, 0.01],
    ['the lowest voltage', (d) => range(d, 'out', 0.08, 0.1)[0], 7.7535, 0.01],
    ['the mean', (d) => mean(d, 'out', 0.08, 0.1), 8.0868, 0.01],
  ),
  'power/multiplier.cir': of(
    'tran',
    ['the highest voltage', (d) => range(d, 'out', 1.98e-3, 2e-3)[1], 149.16, 0.3],
    ['the lowest voltage', (d) => range(d, 'out', 1.98e-3, 2e-3)[0], 147.73, 0.3],
  ),
  'power/buck-converter.cir': of(
    'tran',
    // The last eight periods, of 5 us each. Closed forms of the header, to what they leave out.
    ['the mean that feedback holds', (d) => mean(d, 'out', 464e-6, 504e-6), 5, 0.2e-3],
    ['the mean current', (d) => mean(d, 'i(l1)', 464e-6, 504e-6), 1, 0.1e-3],
    ['the duty ratio', (d) => duty(d, 'x', 6), 0.4433, 0.1e-3],
    ['the ripple of the current', (d) => span(d, 'i(l1)', 470e-6, 475e-6), 0.69, 1e-3],
    ['that the current never ends', (d) => range(d, 'i(l1)', 464e-6, 504e-6)[0], 0.655, 1e-3],
    ['the ripple of the voltage', (d) => span(d, 'out', 464e-6, 504e-6), 19.643e-3, 40e-6],
  ),
  'analog/sallen-key.cir': [
    // The third-order H of the header.
    ...of(
      'ac',
      ...[1e3, 1e4, 1e5, 1e6].map((f): Row => [
        `the gain at ${f} Hz`,
        (d) => magnitude(d, 'small', f),
        lowPass(f),
        1e-9,
      ]),
    ),
    ...of(
      'tran',
      // Inverse transform of H, by scipy.
      [
        'the overshoot of a small step',
        (d) => range(d, 'small', 0, 600e-6)[1] / 10e-3 - 1,
        0.45153,
        1e-3,
      ],
      ['the period of its ringing', (d) => ringing(d, 'small', 10e-3), 105.21e-6, 0.1e-6],
      // slew - 2*pi*gbw/a0*v: 1e5 V/s less 157 V/s.
      ['the slew rate', (d) => 3 / (rising(d, 'big', 4) - rising(d, 'big', 1)), 99843, 100],
      ['the highest voltage', (d) => range(d, 'big', 0, 600e-6)[1], 7.5495, 8e-3],
    ),
  ],
  'digital/inverter.cir': [
    ...of('dc', ['the middle of the transfer curve', (d) => at(d, 'out', 0.9), 0.9, 1e-6]),
    // 2*(1 + lambda*vdd/2)/(lambda*(vdd/2 - vto)), less what the capacitances take at 1 kHz.
    ...of('ac', ['the gain there', (d) => magnitude(d, 'out', 1e3), 2.09 / 0.0225, 0.05]),
    ...of(
      'tran',
      ['the delay of the falling output', (d) => delay(d, 'in', 'out', 0.9, 0), 35.68e-12, 0.1e-12],
      ['the delay of the rising output', (d) => delay(d, 'in', 'out', 0.9, 1), 34.16e-12, 0.1e-12],
    ),
  ],
  'digital/ring-oscillator.cir': of(
    'tran',
    ['its period', (d) => oscillationOf(d.waveform('s1')!)!.period, 481.85e-12, 1e-12],
    ['its low level', (d) => range(d, 's1', 5e-9, 10e-9)[0], -0.0515, 4e-3],
    ['its high level', (d) => range(d, 's1', 5e-9, 10e-9)[1], 1.9038, 4e-3],
  ),
  'memristive/hysteresis.cir': of(
    'tran',
    ['s after half a period', (d) => at(d, '@nmem[s]', 0.5e-3), 0.7269, 1e-4],
    ['s after a period', (d) => at(d, '@nmem[s]', 1e-3), 0.5, 1e-4],
  ),
  // Figures of the headers, by an independent integration; a state within 1e-4 of its range.
  'memristive/ion-drift-windows.cir': of(
    'tran',
    ['x without a window', (d) => at(d, '@n0[x]', 1), 0.567621, 1e-4],
    ['x with the window of Joglekar', (d) => at(d, '@n1[x]', 1), 0.490677, 1e-4],
    ['x with the window of Biolek', (d) => at(d, '@n2[x]', 1), 0.554179, 1e-4],
    ['x with the window of Prodromakis', (d) => at(d, '@n3[x]', 1), 0.227035, 1e-4],
    ['x with the window of Strukov', (d) => at(d, '@n4[x]', 1), 0.136648, 1e-4],
    ['that a loop closes', (d) => at(d, '@n1[x]', 2), 0.1, 1e-4],
    ['that the loop of Biolek does not', (d) => at(d, '@n2[x]', 2), 0.176937, 1e-4],
  ),
  'memristive/threshold-memristors.cir': of(
    'tran',
    ['s of VTEAM after half a period', (d) => at(d, '@nv[s]', 5e-3), 0.684, 1e-4],
    ['s of VTEAM after a period', (d) => at(d, '@nv[s]', 10e-3), 0.3465, 1e-4],
    ['x of Yakopcic after half a period', (d) => at(d, '@ny[x]', 5e-3), 0.946391, 1e-4],
    ['x of Yakopcic after a period', (d) => at(d, '@ny[x]', 10e-3), 0.114888, 1e-4],
    ['that reading disturbs VTEAM by nothing', (d) => span(d, '@nv[s]', 10.1e-3, 12e-3), 0, 1e-9],
  ),
  'memristive/oxram-sweep.cir': of(
    'tran',
    // Gap and drive within 1e-4 of their ranges.
    ['the voltage of SET', (d) => at(d, 'in', falling(d, '@n1[g]', 1e-9)), 1.84698, 1e-4],
    ['the voltage of RESET', (d) => at(d, 'in', rising(d, '@n1[g]', 1e-9)), -2.5035, 1e-4],
    ['the gap that the resistor leaves', (d) => at(d, '@n1[g]', 0.6e-3), 0.811734e-9, 0.15e-12],
    ['the gap after the sweep', (d) => at(d, '@n1[g]', 2e-3), 1.7e-9, 0.15e-12],
  ),
  'memristive/oxram-pulses.cir': of(
    'tran',
    // 1e-4 of the state is up to 2e-4 of the resistance, and more where that is high.
    ['r after SET', (d) => at(d, '@n1[r]', 1.05e-6), 6366.2, 2],
    ['r after -0.6 V', (d) => at(d, '@n1[r]', 1.25e-6), 6492.81, 2],
    ['r after -0.7 V', (d) => at(d, '@n1[r]', 1.45e-6), 9108.05, 3],
    ['r after -0.8 V', (d) => at(d, '@n1[r]', 1.65e-6), 17696.3, 6],
    ['r after -0.9 V', (d) => at(d, '@n1[r]', 1.85e-6), 43180.5, 20],
  ),
  'memristive/oxram-filament.cir': of(
    'tran',
    ['when the gap closes', (d) => falling(d, '@n1[x]', 1.5e-9), 57.3795e-9, 10e-12],
    ['the width after SET', (d) => at(d, '@n1[w]', 105e-9), 1.06691e-9, 0.5e-12],
    ['the gap after RESET', (d) => at(d, '@n1[x]', 210e-9), 1.0268e-9, 0.3e-12],
  ),
  'memristive/vcm-pulses.cir': of(
    'tran',
    ['when SET runs away', (d) => rising(d, '@n1[n]', 0.5), 10.1497e-9, 1e-12],
    ['the concentration after SET', (d) => at(d, '@n1[n]', 115e-9), 1, 1e-4],
    ['the concentration after RESET', (d) => at(d, '@n1[n]', 300e-9), 0.323584, 1e-4],
  ),
  'memristive/sky130-reram.cir': of(
    'tran',
    // 8.7 V/us up, 8.2 V/us down; edges within 3 ps.
    ['the voltage of SET', (d) => at(d, 'in', rising(d, '@n1[tf]', 4e-9)), 2.3292, 1e-4],
    ['the voltage of RESET', (d) => at(d, 'in', falling(d, '@n1[tf]', 4.6e-9)), -1.37516, 1e-4],
    ['the filament after the sweep', (d) => at(d, '@n1[tf]', 1e-6), 4.23627e-9, 0.16e-12],
  ),
  'memristive/weak-reset.cir': of(
    'tran',
    // Closed forms of the header.
    ['r after five pulses', (d) => at(d, '@n1[r]', 1.1e-6), 7e3 * Math.exp(0.21), 1e-6],
    ['r after the sixth', (d) => at(d, '@n1[r]', 1.8e-6), 7e3 * Math.exp(0.22), 1e-6],
    ['six pulses', (d) => at(d, '@n1[pulses]', 1.8e-6), 6, 0],
    ['three that the data do not cover', (d) => at(d, '@n1[outside]', 1.8e-6), 3, 0],
  ),
  // Figures of the headers; those of R7 and R8 are MISSION's rows.
  'analog-network/synapse.cir': of(
    'tran',
    ['the node when read', (d) => at(d, 'x1.n', 5.9e-6), 57.42e-3, 0.05e-3],
    ['s after the write up', (d) => at(d, '@x1.xmem.nmem[s]', 16.9e-6), 0.491845, 2e-6],
    ['s after the write down', (d) => at(d, '@x1.xmem.nmem[s]', 32.9e-6), 0.499334, 2e-6],
    ['a weight of 0', (d) => at(d, 'row', 5.9e-6), 0, 0.5e-6],
    ['the spike without capacitor', (d) => spike(d, 'x2.n', 0.99e-6, 1.9e-6), 69.8e-3, 1e-3],
    ['the spike with', (d) => spike(d, 'x1.n', 0.99e-6, 1.9e-6), 1.882e-3, 0.02e-3],
    ['that it rests unselected', (d) => span(d, '@x1.xmem.nmem[s]', 39.5e-6, 59e-6), 0, 1e-9],
  ),
  'analog-network/feedback.cir': of(
    'tran',
    // 2, 6, 10 and 14 mV over 15 mV/10 us; row R7 allows 100 ns.
    ['a pulse of 2 mV', (d) => pulseLength(d, 'e', 5e-6, 15e-6), (10e-6 * 2) / 15, 8e-9],
    ['a pulse of -6 mV', (d) => -pulseLength(d, 'e', 20e-6, 30e-6), 4e-6, 8e-9],
    ['a pulse of 10 mV', (d) => pulseLength(d, 'e', 35e-6, 45e-6), (10e-6 * 10) / 15, 8e-9],
    ['a pulse of -14 mV', (d) => -pulseLength(d, 'e', 50e-6, 60e-6), (10e-6 * 14) / 15, 8e-9],
    ['reading', (d) => at(d, 'e', 17e-6), -5, 1e-3],
    ['idling', (d) => at(d, 'e', 13e-6), 0, 1e-6],
  ),
  'analog-network/feedback-by-sign.cir': of(
    'tran',
    ['a pulse of 3 mV', (d) => pulseLength(d, 'e', 5e-6, 15e-6), 1.999e-6, 8e-9],
    ['a pulse of -9 mV', (d) => -pulseLength(d, 'e', 20e-6, 30e-6), 6.029e-6, 10e-9],
  ),
  'analog-network/iteration.cir': of(
    'tran',
    ['the first error', (d) => at(d, 'y1', 4.7e-6), 7.502e-3, 0.02e-3],
    ['the second error', (d) => at(d, 'y2', 4.7e-6), -7.242e-3, 0.02e-3],
    ['the first pulse', (d) => pulseLength(d, 'e1', 5e-6, 15e-6), 5.005e-6, 10e-9],
    ['the second pulse', (d) => -pulseLength(d, 'e2', 5e-6, 15e-6), 4.833e-6, 10e-9],
    // A falling s is a rising weight: the sign of u*y.
    ['s11', (d) => at(d, '@x1_1.xmem.nmem[s]', 15e-6), 0.475426, 5e-6],
    ['s12', (d) => at(d, '@x1_2.xmem.nmem[s]', 15e-6), 0.532285, 5e-6],
    ['s21', (d) => at(d, '@x2_1.xmem.nmem[s]', 15e-6), 0.543031, 5e-6],
    ['s22', (d) => at(d, '@x2_2.xmem.nmem[s]', 15e-6), 0.457167, 5e-6],
  ),
  'memristive/grid-2x2.cir': of(
    'tran',
    // 0.2 % of the span of a read, 60 mV*rout/rref = 0.6 mV.
    ['the first read of row 1', (d) => at(d, 'row1', 5.5e-6), 47.51e-6, 0.1e-6],
    ['the first read of row 2', (d) => at(d, 'row2', 5.5e-6), -78.42e-6, 0.1e-6],
    ['s11 behind the write', (d) => at(d, '@x11.nmem[s]', 16.5e-6), 0.470781, 2e-6],
    ['s12 behind the write', (d) => at(d, '@x12.nmem[s]', 16.5e-6), 0.534517, 2e-6],
    ['s21 behind the write', (d) => at(d, '@x21.nmem[s]', 16.5e-6), 0.543209, 2e-6],
    ['s22 behind the write', (d) => at(d, '@x22.nmem[s]', 16.5e-6), 0.457052, 2e-6],
    ['the second read of row 1', (d) => at(d, 'row1', 21.5e-6), 61.96e-6, 0.1e-6],
    ['the second read of row 2', (d) => at(d, 'row2', 21.5e-6), -84.47e-6, 0.1e-6],
  ),
  'memristive/shock-capacitor.cir': of(
    'tran',
    ['the spike without', (d) => spike(d, 'bare', 0.49e-6, 0.9e-6), 30.0e-3, 0.3e-3],
    ['the spike with', (d) => spike(d, 'n', 0.49e-6, 0.9e-6), 0.75e-3, 0.03e-3],
    ['the spike without, behind a write', (d) => spike(d, 'bare', 3.49e-6, 4e-6), 1.2e-3, 0.3e-3],
    ['how it settles', (d) => at(d, 'n', 4.01e-6), 4.1e-3, 0.1e-3],
  ),
  'memristive/synapse-2t1m.cir': of(
    'tran',
    ['the node when read', (d) => at(d, 'n', 5.9e-6), 57.82e-3, 0.05e-3],
    ['the current when read', current('5.9e-6'), 0.5781e-6, 0.5e-9],
    ['s before writing', (d) => at(d, '@nmem[s]', 5.9e-6), 0.5, 1e-9],
    ['s after the write up', (d) => at(d, '@nmem[s]', 16.9e-6), 0.491807, 2e-6],
    ['s after the write down', (d) => at(d, '@nmem[s]', 32.9e-6), 0.499494, 2e-6],
    ['the first read', (d) => at(d, 'row', 5.9e-6), -18.26e-6, 0.1e-6],
    ['the second read', (d) => at(d, 'row', 21.9e-6), -9.17e-6, 0.1e-6],
    ['the third read', (d) => at(d, 'row', 37.9e-6), -17.71e-6, 0.1e-6],
    ['no current at u = 0.6 V', current('48.9e-6'), 0, 1e-15],
    ['no current at u = -0.6 V', current('58.9e-6'), 0, 1e-15],
  ),
};

/** |H| of the filter with an amplifier of 1 MHz and 1e5: f0 = 10 kHz, q = 2. */
function lowPass(frequency: number): number {
  const [q, e, a0] = [2, 0.01, 1e5];
  const w = frequency / 10e3;
  // Coefficients of p = jw from 1/A = 1/a0 + e*p times (1 + p/q + 2qp + p²), less 2qp.
  const [one, two] = [1 / q + 2 * q, 1 + 1 / a0];
  const real = two - w * w * (two + e * one);
  const imaginary = w * (two * one - 2 * q + e) - w ** 3 * e;
  return 1 / Math.hypot(real, imaginary);
}

function resonance(frequency: number): number {
  const w = (2 * Math.PI * frequency) / 1e4;
  return 1 / Math.hypot(1 - w * w, w / 10);
}
