/** Circuits on which simulators are known to stumble, as decks, against ngspice 39. */
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/solver/simulate.js';
import { crossings } from '../../src/waveform/index.js';

const ring = `nine-stage ring
vdd vdd 0 3
.subckt inv a y vdd
m1 y a 0 0 nm w=2u l=0.5u
m2 y a vdd vdd pm w=4u l=0.5u
cl y 0 10f
.ends
${Array.from({ length: 9 }, (_, k) => `x${k + 1} n${k + 1} n${k === 8 ? 1 : k + 2} vdd inv`).join('\n')}
.ic v(n1)=0
.model nm nmos vto=0.7 kp=100u lambda=0.02 gamma=0.4 phi=0.7 tox=10n cgso=0.3n cgdo=0.3n cbd=5f cbs=5f
.model pm pmos vto=-0.8 kp=40u lambda=0.03 gamma=0.4 phi=0.7 tox=10n cgso=0.3n cgdo=0.3n cbd=5f cbs=5f
.tran 0.1n 20n
.end
`;

const bridge = `bridge of diodes: both its source nodes float
v1 a b sin(0 10 50)
d1 a p dm
d2 b p dm
d3 0 a dm
d4 0 b dm
c1 p 0 100u
r1 p 0 1k
.model dm d is=1e-14
.tran 1m 40m
.end
`;

describe('known traps', () => {
  it('starts a ring oscillator, with the right period', async () => {
    const { analyses } = await simulate(ring);
    const { dataset } = analyses[0];
    const t = dataset.scale.real;
    const y = dataset.get('v(n5)')!.real;
    const rises: number[] = [];
    for (let k = 1; k < t.length; k++) {
      if (y[k - 1] < 1.5 && y[k] >= 1.5)
        rises.push(t[k - 1] + ((t[k] - t[k - 1]) * (1.5 - y[k - 1])) / (y[k] - y[k - 1]));
    }
    expect(rises.length).toBeGreaterThan(8);
    const period = (rises.at(-1)! - rises[3]) / (rises.length - 4);
    // ngspice 39 with reltol=1e-6 and steps of 0.25 ps: 1.94373 ns (0.5 ps: 1.94374 ns).
    expect(Math.abs(period / 1.94373e-9 - 1)).toBeLessThan(2e-3);
  });

  it('starts an oscillator from an operating point that is in perfect balance', async () => {
    // Without .ic each node of the ring stands at the same voltage; ngspice 39 starts within 4 ns.
    const { analyses } = await simulate(ring.replace('.ic v(n1)=0\n', ''));
    const y = analyses[0].dataset.get('v(n5)')!.real;
    const late = y.slice(y.length >> 1);
    expect(Math.min(...late)).toBeLessThan(0.3);
    expect(Math.max(...late)).toBeGreaterThan(2.7);
  });

  it('starts an LC oscillator from rest, which settles where its losses equal its gain', async () => {
    const { analyses } = await simulate(
      'van der Pol\nl1 a 0 1u\nc1 a 0 1n\nb1 a 0 i=-5m*v(a)+5m*v(a)*v(a)*v(a)\n.tran 2n 20u\n.end\n',
    );
    const y = analyses[0].dataset.get('v(a)')!.real;
    // 5 mS = (3/4)·5 mS/V²·A²: A = √(4/3); ε = 5e-3·√(L/C) = 0.16 changes it by ε²/96.
    const late = y.slice(y.length >> 1);
    expect(Math.max(...late)).toBeCloseTo(Math.sqrt(4 / 3), 2);
  });

  it('solves a floating diode bridge at t = 0 and after', async () => {
    const { analyses, diagnostics } = await simulate(bridge);
    expect(diagnostics).toEqual([]);
    const { dataset } = analyses[0];
    const p = dataset.get('v(p)')!.real;
    // ngspice 39 with reltol=1e-6 and steps of 1 µs: 8.16143 V at the end, 8.54442 V at most; ours at
    // the default tolerances within 0.2 %, the bound that holds for all transients.
    expect(Math.abs(p.at(-1)! / 8.16143 - 1)).toBeLessThan(2e-3);
    expect(Math.abs(Math.max(...p) / 8.54442 - 1)).toBeLessThan(2e-3);
  });

  it('does not ring behind a jump that the trapezoidal rule would remember', async () => {
    const { analyses } = await simulate(
      'jump on a capacitor\nv1 a 0 sin(0 1 1k)\nb1 c 0 v=v(a)>0.3?1:0\nc1 c 0 1n\nr1 c 0 1k\n.tran 10u 0.4m\n.end\n',
    );
    const { dataset } = analyses[0];
    const current = dataset.get('i(b1)')!.real;
    // Once the jump is over, 1 V/1 kΩ flows and nothing else.
    dataset.scale.real.forEach((t, k) => {
      if (t > 0.06e-3 && t < 0.4e-3) expect(Math.abs(current[k] + 1e-3)).toBeLessThan(1e-8);
    });
  });

  it('draws the edges of a comparator where they are', async () => {
    const deck = [
      'comparator without and with a load that remembers',
      'v1 a 0 sin(.5 .5 100k)',
      'b1 o 0 v=v(a)>0.7?5:0',
      'r1 o 0 1k',
      'b2 p 0 v=5*u(v(a)-0.7)',
      'r2 p q 1k',
      'c2 q 0 100p',
      '.tran .5u 20u',
    ];
    const { analyses, diagnostics } = await simulate(deck.join('\n'));
    expect(diagnostics).toEqual([]);
    const { dataset } = analyses[0];
    // 0.5 + 0.5·sin(2π·1e5·t) = 0.7, rising: t = asin(0.4)/(2π·1e5), then a period later.
    const first = Math.asin(0.4) / (2 * Math.PI * 1e5);
    for (const name of ['v(o)', 'v(p)']) {
      const edges = crossings(dataset.waveform(name)!, 2.5, { direction: 'rising' });
      expect(edges).toHaveLength(2);
      expect(Math.abs(edges[0].x - first)).toBeLessThan(1e-10);
      expect(Math.abs(edges[1].x - first - 1e-5)).toBeLessThan(1e-10);
    }
    // The load follows as from a step: after one time constant 1 − 1/e of 5 V.
    const load = dataset.waveform('v(q)')!;
    const [at] = crossings(load, 5 * (1 - Math.exp(-1)), { direction: 'rising' });
    expect(Math.abs(at.x - first - 1e-7)).toBeLessThan(1e-9);
  });

  it('keeps controlling errors after many rejections', async () => {
    // A fast ring every 10 µs in an otherwise slow circuit: every burst must be as right as the first.
    const { analyses, statistics } = await simulate(
      `bursts\nv1 a 0 pulse(0 1 1u 1n 1n 5u 10u)\nr1 a b 20\nl1 b c 1u\nc1 c 0 1n\n.tran 1u 50u\n.end\n`,
    );
    expect(statistics.rejectedByError).toBeGreaterThan(5);
    const { dataset } = analyses[0];
    const v = dataset.get('v(c)')!.real;
    // α = 1e7, ω = √(1e15 − 1e14) = 3e7: overshoot exp(−πα/ω) = 0.35092 above 1 V, at each rise.
    const peaks = [0, 1, 2, 3, 4].map((n) =>
      dataset.scale.real.reduce(
        (peak, t, k) => (t > 1e-6 + n * 1e-5 && t < 6e-6 + n * 1e-5 ? Math.max(peak, v[k]) : peak),
        0,
      ),
    );
    const overshoot = 1 + Math.exp((-Math.PI * 1e7) / 3e7);
    for (const peak of peaks) expect(Math.abs(peak / overshoot - 1)).toBeLessThan(5e-3);
  });
});
