import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/solver/index.js';

/** A voltage with kinks that nothing announces, across a capacitor: its current jumps there. */
const kinks = (option: string): string => `kinks
v1 s 0 sin(0 1 1k)
r0 s 0 1k
b1 a 0 v=abs(v(s))
c1 a 0 1u
${option}
.tran 10u 1.4m 0 10u
.end
`;

/** Largest error of the capacitor's current away from the kinks [A]. */
async function currentError(option: string): Promise<{ error: number; ringing: number }> {
  const { analyses, statistics } = await simulate(kinks(option));
  const { dataset } = analyses[0];
  const current = dataset.get('i(b1)')!.real;
  const omega = 2e3 * Math.PI;
  let error = 0;
  dataset.scale.real.forEach((t, k) => {
    if (Math.abs(t - 0.5e-3) < 0.06e-3 || Math.abs(t - 1e-3) < 0.06e-3 || t < 0.02e-3) return;
    // C·d/dt |sin(ωt)|, into the source.
    const exact = -1e-6 * omega * Math.cos(omega * t) * Math.sign(Math.sin(omega * t));
    error = Math.max(error, Math.abs(current[k] - exact));
  });
  return { error, ringing: statistics.ringing };
}

describe('ringing', () => {
  it('of the trapezoidal rule ends soon behind a kink', async () => {
    const { error, ringing } = await currentError('');
    // 6.28 mA turn round at a kink; undamped, rates are 9.3 mA off ever after.
    expect(error).toBeLessThan(1e-5);
    expect(ringing).toBeGreaterThan(0);
    expect(ringing).toBeLessThan(10);
  });

  it.each(['gear', 'trbdf2'])('is unknown to method=%s', async (method) => {
    const { error, ringing } = await currentError(`.options method=${method}`);
    expect(error).toBeLessThan(2e-5);
    expect(ringing).toBe(0);
  });

  it('is not seen in what oscillates by itself', async () => {
    const { statistics, analyses } = await simulate(
      'tank\nc1 a 0 1n ic=1\nl1 a 0 1m\n.tran 1u 300u uic\n.end\n',
    );
    expect(statistics.ringing).toBe(0);
    const v = analyses[0].dataset.get('v(a)')!.real;
    // 48 periods of 2π·1 µs without losses.
    expect(Math.max(...v.slice(-40))).toBeGreaterThan(0.99);
  });
});
