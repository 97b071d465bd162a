import { describe, expect, test } from 'vitest';
import { simulate } from '../../../src/solver/index.js';

// A switch across the voltage that it is controlled by: closed it takes its own reason away, open it
// gets it back, and nothing takes time.
const chatter = `switch that opens itself
v1 s 0 pwl(0 0 1m 5)
r1 s a 1k
s1 a 0 a 0 sw1
.model sw1 sw(vt=2 vh=0.1 ron=10 roff=1meg)
.tran 10u 1m
.end
`;

// Its bulk-source voltage stays below a picovolt, which is no reason for short steps: there are no
// capacitances of the gate, and so no charges of it.
const transistor = `transistor without overlap capacitances, rms beside ngspice 39 below 0.05 %
v1 s 0 sin(0.9259 2.242 1.365meg)
r1 s d 1865
r2 0 g 617
r3 0 e 2282
m1 d g e 0 nm w=19.75u l=2u
.model nm nmos(level=1 vto=0.5166 kp=0.1964m gamma=0.4033 phi=0.65 cbd=345.4p cbs=345.4p)
.options reltol=1e-5
.tran 10n 10u
.end
`;

describe('time that does not move on', () => {
  test('is an error that names a switch, not a run without end', async () => {
    const { diagnostics, analyses } = await simulate(chatter);
    const [problem] = diagnostics.filter(({ severity }) => severity === 'error');
    expect(problem.code).toBe('S403');
    expect(problem.message).toContain('a switch jumps again and again');
    // Open, the switch leaves v(a) at v(s) = 5 V/ms · t: 2.1 V at 420.4 µs (1 kΩ beside 1 MΩ).
    const { dataset, completed } = analyses[0];
    expect(completed).toBe(false);
    expect(dataset.scale.real.at(-1)).toBeCloseTo(420.42e-6, 9);
  });

  test('is not what coefficients of zero lead to', async () => {
    const { diagnostics, analyses } = await simulate(transistor);
    expect(diagnostics).toEqual([]);
    // 13.65 periods of a sine and the corners of a rectifier: a hundred points a period.
    expect(analyses[0].completed).toBe(true);
    expect(analyses[0].dataset.length).toBeLessThan(3000);
  });
});
