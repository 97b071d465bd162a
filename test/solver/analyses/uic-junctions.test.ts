import { describe, expect, test } from 'vitest';
import { simulate } from '../../../src/solver/index.js';
import { interpolate } from '../../../src/waveform/index.js';

// At t = 0 the charge of the junction is that of 0 V, and the step that finds the currents there is a
// tenth of a picosecond: the last bit of a charge is then ten picoamperes.
const deck = (volts: number, tran: string) => `junction that starts without an operating point
v1 s 0 dc ${String(volts)}
r1 s a 1k
d1 a 0 dx
.model dx d(is=0.5648p rs=3.723 cjo=8.972n tt=357.3n)
.tran ${tran} uic
.end
`;

describe('a transient with uic and a diode', () => {
  test.each([
    [-3.06, '1u 1m'],
    [3.06, '1u 1m'],
    [-0.5, '1u 1m'],
    [-3.06, '1n 1u'],
  ])('starts at %d V with .tran %s', async (volts, tran) => {
    const { diagnostics, analyses } = await simulate(deck(volts, tran));
    expect(diagnostics).toEqual([]);
    expect(analyses[0].completed).toBe(true);
    // The source sees the series resistances alone: the junction holds its 0 V.
    const { dataset } = analyses[0];
    expect(dataset.get('i(v1)')!.real[0]).toBeCloseTo(-volts / 1003.723, 8);
  });

  test('charges as in ngspice', async () => {
    const { analyses } = await simulate(deck(-3.06, '10n 100u'));
    const [v] = interpolate(analyses[0].dataset.waveform('v(a)')!, Float64Array.of(10e-6));
    // ngspice 39 with reltol=1e-6 and steps of 10 ns: -2.518312 V
    expect(v).toBeCloseTo(-2.518312, 3);
  });
});
