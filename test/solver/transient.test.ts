import { describe, expect, it } from 'vitest';
import { model } from '../../src/devices/language/model.js';
import { team } from '../../src/devices/memristive/team.js';
import { pulse, sine } from '../../src/devices/sources/time-functions.js';
import { voltageSwitch } from '../../src/devices/switches/voltage-switch.js';
import { real } from '../../src/base/index.js';
import { initialCharges } from '../../src/solver/analyses/initial-charges.js';
import { begin, contextOf, deviation, FlatCircuit, last, run, wave } from './flat-circuit.js';

const rc = () =>
  new FlatCircuit()
    .v('v1', 'a 0', 0, { transient: pulse([0, 1, 1e-6, 1e-12, 1e-12, 1, 2]) })
    .r('r1', 'a b', 1e3)
    .c('c1', 'b 0', 1e-9);

describe('linear circuits against closed forms', () => {
  it('charges a capacitor', () => {
    const { dataset } = run(rc(), 'tran 0.1u 6u');
    // τ = 1 µs from 1 µs on; the picosecond of the edge does not matter.
    const exact = (t: number) => (t <= 1e-6 ? 0 : -Math.expm1(-(t - 1e-6) / 1e-6));
    expect(deviation(dataset, 'v(b)', exact)).toBeLessThan(1e-3);
  });

  it('does so just as well with one suggested step over all', () => {
    const { dataset } = run(rc(), 'tran 6u 6u 0 6u');
    const exact = (t: number) => (t <= 1e-6 ? 0 : -Math.expm1(-(t - 1e-6) / 1e-6));
    expect(deviation(dataset, 'v(b)', exact)).toBeLessThan(2e-3);
  });

  it('builds up current in an inductor', () => {
    const { dataset } = run(
      new FlatCircuit()
        .v('v1', 'a 0', 0, { transient: pulse([0, 1, 0, 1e-12, 1e-12, 1, 2]) })
        .r('r1', 'a b', 100)
        .l('l1', 'b 0', 1e-4),
      'tran 0.1u 6u',
    );
    // i = (1 V/100 Ω)(1 − exp(−t/1 µs)).
    const exact = (t: number) => -1e-2 * Math.expm1(-t / 1e-6);
    expect(deviation(dataset, 'i(l1)', exact)).toBeLessThan(1e-5);
  });

  it('rings as a series resonant circuit does', () => {
    const { dataset } = run(
      new FlatCircuit()
        .v('v1', 'a 0', 0, { transient: pulse([0, 1, 0, 1e-13, 1e-13, 1, 2]) })
        .r('r1', 'a b', 20)
        .l('l1', 'b c', 1e-5)
        .c('c1', 'c 0', 1e-9),
      'tran 5n 3u',
    );
    // α = R/2L = 1e6, ω0² = 1e14, ω = √(ω0² − α²).
    const omega = Math.sqrt(1e14 - 1e12);
    const exact = (t: number) =>
      1 - Math.exp(-1e6 * t) * (Math.cos(omega * t) + (1e6 / omega) * Math.sin(omega * t));
    expect(deviation(dataset, 'v(c)', exact)).toBeLessThan(5e-3);
  });

  it('keeps the energy of an LC tank over 1000 periods', () => {
    // T = 2π√(1e-3·1e-9) = 6.283 µs; energy C·v²/2 + L·i²/2 from v = 1 V.
    const period = 2 * Math.PI * 1e-6;
    const circuit = new FlatCircuit().c('c1', 'a 0', 1e-9, { ic: 1 }).l('l1', 'a 0', 1e-3);
    const { dataset } = run(circuit, `tran 0.1u ${1000 * period} uic`);
    const v = dataset.get('v(a)')!.real;
    const i = dataset.get('i(l1)')!.real;
    const energies = v.map((value, k) => 0.5e-9 * value ** 2 + 0.5e-3 * i[k] ** 2);
    for (const energy of energies) expect(Math.abs(energy / 0.5e-9 - 1)).toBeLessThan(1e-3);
  });
});

describe('initial conditions', () => {
  it('starts from forced voltages, then lets go', () => {
    const circuit = () =>
      new FlatCircuit().v('v1', 'a 0', 5).r('r1', 'a b', 1e3).c('c1', 'b 0', 1e-9);
    const { dataset } = run(circuit().ic('b', 1), 'tran 0.1u 5u');
    const exact = (t: number) => 5 - 4 * Math.exp(-t / 1e-6);
    expect(dataset.get('v(b)')!.real[0]).toBeCloseTo(1, 9);
    expect(deviation(dataset, 'v(b)', exact)).toBeLessThan(5e-3);
  });

  it('starts without an operating point from ic= and .ic, consistently', () => {
    const { dataset } = run(
      new FlatCircuit()
        .c('c1', 'a 0', 1e-9, { ic: 2 })
        .r('r1', 'a b', 1e3)
        .r('r2', 'b 0', 1e3)
        .c('c2', 'd 0', 1e-9)
        .r('r3', 'd 0', 1e3)
        .ic('d', 3),
      'tran 0.1u 4u uic',
    );
    // The divider is right from the first point on; ngspice reports 0 V there.
    expect(dataset.get('v(b)')!.real[0]).toBeCloseTo(1, 5);
    expect(deviation(dataset, 'v(a)', (t) => 2 * Math.exp(-t / 2e-6))).toBeLessThan(2e-3);
    expect(deviation(dataset, 'v(d)', (t) => 3 * Math.exp(-t / 1e-6))).toBeLessThan(3e-3);
  });
});

describe('charges of elements with ic=', () => {
  it('are found in linear time', () => {
    const chain = (count: number) => {
      const { instances, ...rest } = new FlatCircuit().c('c', 'a 0', 1e-9, { ic: 2 }).build();
      const nodes = ['0', ...Array.from({ length: count }, (_, k) => `n${k}`)];
      const grown = nodes.slice(1).map((name, k) => ({ ...instances[0], name, nodes: [k + 1, k] }));
      return contextOf({ ...rest, nodes, instances: grown });
    };
    const count = 40_000;
    const context = chain(count);
    const start = performance.now();
    initialCharges(context);
    const seconds = (performance.now() - start) / 1000;
    // 1 nF at 2 V each.
    const { charge } = context.system.memory;
    expect(charge).toHaveLength(count);
    expect(charge.every((q) => Math.abs(q - 2e-9) < 1e-15)).toBe(true);
    // Vectors of 320 kB copied for each element would take twenty seconds.
    expect(seconds).toBeLessThan(6);
  });
});

describe('breakpoints', () => {
  it('lands on corners to the last bit, with two equal steps before them', () => {
    const { dataset } = run(rc(), 'tran 0.3u 6u');
    const times = [...dataset.scale.real];
    const corner = times.indexOf(1e-6);
    expect(corner).toBeGreaterThan(2);
    expect(times).toContain(1e-6 + 1e-12);
    expect(times.at(-1)).toBe(6e-6);
    const before = times[corner] - times[corner - 1];
    expect((times[corner - 1] - times[corner - 2]) / before).toBeCloseTo(1, 9);
  });

  it('draws a jump of a current at its corner, not as a ramp over the first step', () => {
    // C·dv/dt: 1 µA while the source rises by 1 V/ms, nothing before and after; and −0.4 µA falling.
    const { dataset } = run(
      new FlatCircuit()
        .v('v1', 'a 0', 0, { transient: pulse([0, 1, 1e-3, 1e-3, 2.5e-3, 1e-3, 10e-3]) })
        .c('c1', 'a 0', 1e-9),
      'tran 50u 7m',
    );
    const within = (t: number, from: number, to: number) => t - from > 1e-12 && t - to <= 1e-12;
    const exact = (t: number) =>
      within(t, 1e-3, 2e-3) ? -1e-6 : within(t, 3e-3, 5.5e-3) ? 0.4e-6 : 0;
    const t = dataset.scale.real;
    expect(deviation(dataset, 'i(v1)', exact)).toBeLessThan(1e-12);
    for (const corner of [1e-3, 2e-3, 3e-3, 5.5e-3]) {
      const next = t[t.findIndex((time) => time > corner + 1e-12)];
      expect(next - corner).toBeLessThan(1e-8);
    }
  });

  it('keeps points from tstart on and has a point there', () => {
    const { dataset } = run(rc(), 'tran 0.3u 6u 2.5u');
    expect(dataset.scale.real[0]).toBe(2.5e-6);
  });
});

describe('events', () => {
  it('locates the moment a switch closes', () => {
    const { dataset } = run(
      new FlatCircuit()
        .v('v1', 'a 0', 0, { transient: sine([0, 1, 1e3]) })
        .v('v2', 'p 0', 1)
        .add('s1', voltageSwitch, 'p o a 0', { vt: 0.5, ron: 1, roff: 1e9 })
        .r('r1', 'o 0', 1e3),
      'tran 20u 1m',
    );
    // sin(2π·1 kHz·t) = 1/2 at t = 1/12 ms, and falls through it at 5/12 ms.
    const closed = dataset.get('v(o)')!.real.map((v) => (v > 0.5 ? 1 : 0));
    const times = dataset.scale.real;
    const closing = times[closed.indexOf(1) - 1];
    const opening = times[closed.lastIndexOf(1)];
    expect(Math.abs(closing - 1e-3 / 12)).toBeLessThan(1e-11);
    expect(Math.abs(opening - 5e-3 / 12)).toBeLessThan(1e-11);
  });

  it('fires timers at their time exactly, and counts', () => {
    const clock = model({
      name: 'clock',
      title: 'Toggles every microsecond',
      terminals: ['p', 'n'],
      held: {
        level: { initial: 0, doc: 'output' },
        next: { initial: 1e-6, doc: 'next toggle' },
      },
      analog({ V, held, set, on, timer }) {
        on(timer(held('next')), () => {
          set('level', 1 - held('level'));
          set('next', held('next') + 1e-6);
        });
        V('p', 'n', held('level'));
      },
    });
    const { dataset } = run(
      new FlatCircuit().add('n1', clock, 'a 0').r('r1', 'a b', 1e3).c('c1', 'b 0', 1e-10),
      'tran 0.1u 3.5u',
    );
    expect([...dataset.scale.real]).toContain(1e-6);
    // Charging from 1 µs, discharging from 2 µs, τ = 0.1 µs.
    const high = 1 - Math.exp(-10);
    const exact = (t: number) => {
      if (t <= 1e-6) return 0;
      if (t <= 2e-6) return 1 - Math.exp(-(t - 1e-6) / 1e-7);
      if (t <= 3e-6) return high * Math.exp(-(t - 2e-6) / 1e-7);
      return 1 - (1 - high * Math.exp(-10)) * Math.exp(-(t - 3e-6) / 1e-7);
    };
    expect(deviation(dataset, 'v(b)', exact)).toBeLessThan(4e-3);
  });
});

describe('states', () => {
  it('integrate against a closed form to their own tolerance', () => {
    const decay = model({
      name: 'decay',
      title: 'ds/dt = −s/τ, shown as a voltage',
      terminals: ['p', 'n'],
      parameters: { tau: real(1e-3, 's', 'time constant', '(0:inf)') },
      states: { s: { unit: '', initial: 1, abstol: 1e-9, doc: 'state' } },
      analog({ V, state, rate }, { tau }) {
        rate('s', -state('s') / tau);
        V('p', 'n', state('s'));
      },
    });
    const { dataset } = run(
      new FlatCircuit().add('n1', decay, 'a 0', { tau: 1e-3 }).r('r1', 'a 0', 1e3),
      'tran 1m 3m',
    );
    expect(deviation(dataset, '@n1[s]', (t) => Math.exp(-t / 1e-3))).toBeLessThan(2e-5);
  });

  const device = { ron: 100, roff: 200e3, koff: 1e-7, kon: -1e-7, ioff: 1e-6, ion: -1e-6 };
  const memristor = { ...device, alphaoff: 2, alphaon: 2, xon: 0, xoff: 3e-9, s0: 0.5 };
  // Check values of the TEAM equations at constant voltage for 10 µs from s = 0.5, integrated
  // independently (shared device notes): Δs.
  for (const [volts, change] of [
    [0.1, 0],
    [0.18, 2.126503e-4],
    [-0.18, -2.130579e-4],
    [0.5, 5.257212e-3],
    [1, 2.549412e-2],
    [-1, -2.875986e-2],
  ]) {
    it(`moves a TEAM memristor as its equations say at ${volts} V`, () => {
      const { dataset } = run(
        new FlatCircuit().v('v1', 'a 0', volts).add('n1', team, 'a 0', memristor),
        'tran 1u 10u',
      );
      expect(Math.abs(last(dataset, '@n1[s]') - 0.5 - change)).toBeLessThan(2e-7);
    });
  }

  it('agrees with an independent integration under a sine, whatever tmax is', () => {
    const frequency = 1e3;
    const voltage = (t: number) => 0.8 * Math.sin(2 * Math.PI * frequency * t);
    const rate = (t: number, s: number): number => {
      const i = voltage(t) / (100 + 199900 * s);
      if (i > 1e-6) return (1e-7 * (i / 1e-6 - 1) ** 2) / 3e-9;
      if (i < -1e-6) return (-1e-7 * (i / -1e-6 - 1) ** 2) / 3e-9;
      return 0;
    };
    // Classical Runge-Kutta with 20 000 steps a period.
    let s = 0.5;
    const h = 1 / frequency / 20000;
    const reference = [s];
    for (let k = 0; k < 40000; k++) {
      const t = k * h;
      const k1 = rate(t, s);
      const k2 = rate(t + h / 2, s + (h / 2) * k1);
      const k3 = rate(t + h / 2, s + (h / 2) * k2);
      const k4 = rate(t + h, s + h * k3);
      s += (h / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
      reference.push(s);
    }
    const at = (t: number) => {
      const k = Math.min(Math.floor(t / h), 39999);
      return reference[k] + (t / h - k) * (reference[k + 1] - reference[k]);
    };
    expect(Math.max(...reference) - Math.min(...reference)).toBeGreaterThan(0.1);
    for (const tmax of ['1m', '20u', '3u']) {
      const circuit = new FlatCircuit()
        .v('v1', 'a 0', 0, { transient: sine([0, 0.8, frequency]) })
        .add('n1', team, 'a 0', memristor);
      const { dataset } = run(circuit, `tran 1m 2m 0 ${tmax}`);
      expect(deviation(dataset, '@n1[s]', at)).toBeLessThan(1e-4);
    }
  });

  it('stays within its bounds and leaves them when the drive reverses', () => {
    const circuit = new FlatCircuit()
      .v('v1', 'a 0', 0, { transient: pulse([-1, 1, 2e-4, 1e-6, 1e-6, 1, 2]) })
      .add('n1', team, 'a 0', memristor);
    const { dataset } = run(circuit, 'tran 1u 4m');
    const s = dataset.get('@n1[s]')!.real;
    expect(Math.min(...s)).toBeGreaterThan(-1e-6);
    expect(Math.min(...s)).toBeLessThan(1e-3);
    expect(last(dataset, '@n1[s]')).toBeGreaterThan(0.5);
  });
});

describe('continuation', () => {
  const circuit = () =>
    new FlatCircuit()
      .v('v1', 'a 0', 0, { transient: sine([0, 2, 1e5]) })
      .v('v2', 'k 0', 0, { transient: wave((t) => Math.sin(3e5 * t), [7e-6]) })
      .r('r1', 'a b', 1e3)
      .d('d1', 'b c', { is: 1e-14, cjo: 1e-11, tt: 1e-8 })
      .r('r2', 'c 0', 1e4)
      .c('c1', 'c 0', 1e-10)
      .add('s1', voltageSwitch, 'c e k 0', { vt: 0.3, ron: 100, roff: 1e7 })
      .r('r3', 'e 0', 2e3);

  it('is bit-identical from run to run', () => {
    const [first, second] = [1, 2].map(() => run(circuit(), 'tran 0.1u 30u').dataset);
    expect(first.length).toBeGreaterThan(100);
    first.columns.forEach((column, c) => {
      expect(column.real).toEqual(second.columns[c].real);
    });
  });

  it('goes on from a checkpoint with the same bits', () => {
    const [running] = begin(circuit(), 'tran 0.1u 30u');
    for (let k = 0; k < 80; k++) running.steps.next();
    const transient = running.transient!;
    const points = running.dataset.length;
    const checkpoint = transient.checkpoint();
    while (!running.steps.next().done);
    const once = running.dataset.snapshot();
    transient.restore(checkpoint);
    let advanced = transient.advance();
    while (advanced.kind === 'points') advanced = transient.advance();
    const twice = running.dataset.snapshot();
    expect(once.length - points).toBeGreaterThan(50);
    expect(twice.length - once.length).toBe(once.length - points);
    once.columns.forEach((column, c) => {
      expect(twice.columns[c].real.slice(once.length)).toEqual(column.real.slice(points));
    });
  });

  it('starts anew where a source is set from outside', () => {
    const [running, context] = begin(rc(), 'tran 0.1u 8u');
    const transient = running.transient!;
    running.steps.next();
    while (transient.state.time < 3e-6) running.steps.next();
    const { time } = transient.state;
    const b = context.system.x[context.system.unknown('v(b)')!];
    context.sources.get('v1')!.fixed = -1;
    transient.disturb();
    while (!running.steps.next().done);
    const dataset = running.dataset.finish();
    const exact = (t: number) =>
      t <= time
        ? -Math.expm1(-Math.max(t - 1e-6, 0) / 1e-6)
        : -1 + (b + 1) * Math.exp(-(t - time) / 1e-6);
    expect(deviation(dataset, 'v(b)', exact)).toBeLessThan(2e-3);
  });
});
