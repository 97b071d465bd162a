import { describe, expect, test } from 'vitest';
import { DiagnosticError } from '../../../src/base/index.js';
import {
  openCircuit,
  type SteerableTransient,
  type SteeredPlan,
} from '../../../src/solver/index.js';

const begin = (text: string, plan: SteeredPlan): SteerableTransient => {
  const { circuit, diagnostics } = openCircuit(text);
  expect(diagnostics).toEqual([]);
  const { transient, diagnostics: problems } = circuit!.transient(plan);
  expect(problems).toEqual([]);
  return transient!;
};

const rc = 'rc\nvin in 0 dc 0 external\nr1 in out 1k\nc1 out 0 1n\n.options reltol=1e-5\n.end\n';
const tau = 1e-6;
// A step may be off by trtol·reltol of the largest voltage.
const allowed = 7 * 1e-5;

describe('an RC network, steered', () => {
  test('follows the closed form through what is set', () => {
    const sim = begin(rc, { stop: 10e-6 });
    expect(sim.advanceTo(1e-6)).toBeUndefined();
    expect(sim.time).toBe(1e-6);
    expect(sim.read('v(out)')).toBe(0);
    sim.setSource('vin', 1);
    sim.advanceTo(2e-6);
    const first = -Math.expm1(-1e-6 / tau);
    expect(Math.abs(sim.read('v(out)') - first)).toBeLessThan(allowed);
    sim.setSource('vin', 0);
    sim.setParameter('r1', 'r', 2e3);
    sim.advanceTo(3e-6);
    const second = first * Math.exp(-1e-6 / (2 * tau));
    expect(Math.abs(sim.read('v(out)') - second)).toBeLessThan(2 * allowed);
    expect(sim.read('i(vin)')).toBeCloseTo(second / 2e3, 8);
  });

  test('stops where a value crosses a level', () => {
    const sim = begin(rc, { stop: 10e-6, maxStep: 1e-6 });
    sim.setSource('vin', 1);
    const { reached } = sim.advanceUntil({ signal: 'v(out)', level: 0.5, direction: 'rising' });
    expect(reached).toBe(true);
    expect(Math.abs(sim.time - tau * Math.LN2)).toBeLessThan(1e-4 * tau);
    expect(sim.read('v(out)')).toBeCloseTo(0.5, 5);
    const falling = sim.advanceUntil({
      signal: 'v(out)',
      level: 0.4,
      direction: 'falling',
      before: 5e-6,
    });
    expect([falling.reached, sim.time]).toEqual([false, 5e-6]);
  });

  test('goes on from a checkpoint with the same bits, also from a copy in another transient', () => {
    const sim = begin(rc, { stop: 10e-6 });
    sim.setSource('vin', 1);
    sim.advanceTo(1.3e-6);
    const place = structuredClone(sim.checkpoint());
    const rest = (of: SteerableTransient): number[] => {
      of.advanceTo(2e-6);
      of.setSource('vin', -1);
      of.advanceTo(4e-6);
      return [of.read('v(out)'), of.read('i(vin)')];
    };
    const once = rest(sim);
    sim.restore(place);
    expect(rest(sim)).toEqual(once);
    const other = begin(rc, { stop: 10e-6 });
    other.restore(place);
    expect(rest(other)).toEqual(once);
  });

  test('keeps waveforms of the parts that are asked for, without points that were taken back', () => {
    const sim = begin(rc, { stop: 10e-6, maxStep: 1e-6 });
    sim.advanceTo(1e-6);
    sim.setSource('vin', 1);
    const recording = sim.record(['v(out)']);
    sim.advanceUntil({ signal: 'v(out)', level: 0.5 });
    sim.endRecording();
    sim.advanceTo(5e-6);
    const { columns, scale } = recording.dataset();
    expect(columns.map(({ name }) => name)).toEqual(['time', 'v(out)']);
    const times = [...scale.real];
    expect(times[0]).toBe(1e-6);
    expect(times.at(-1)).toBeLessThan(1.71e-6);
    expect(times.every((time, k) => k === 0 || time >= times[k - 1])).toBe(true);
  });

  test('what is not there is told', () => {
    const sim = begin(rc, { stop: 1e-6 });
    expect(() => sim.read('v(ouf)')).toThrow(/S130[^]*did you mean 'v\(out\)'/);
    expect(() => {
      sim.setSource('vim', 1);
    }).toThrow(/S131[^]*did you mean 'vin'/);
    expect(() => {
      sim.setParameter('r1', 'x', 1);
    }).toThrow(DiagnosticError);
    expect(() => {
      sim.setState('r1', 's', 1);
    }).toThrow(/S131/);
    expect(() => sim.advanceTo(2e-6)).toThrow(RangeError);
  });
});

test('the state of a memristor is read and set', () => {
  // TEAM below its threshold: a resistance of 100 + 199.9k·s.
  const deck =
    'memristor\nv1 a 0 0.05\nn1 a 0 mem s0=0.5\n.model mem team(kon=-100n koff=100n ion=-1u ioff=1u alphaon=2 alphaoff=2 ron=100 roff=200k xoff=3n)\n.end\n';
  const sim = begin(deck, { stop: 1e-3 });
  expect(sim.read('@n1[s]')).toBe(0.5);
  sim.setState('n1', 's', 0.8);
  sim.advanceTo(1e-6);
  expect(sim.read('@n1[s]')).toBe(0.8);
  expect(sim.read('i(v1)')).toBeCloseTo(-0.05 / (100 + 199.9e3 * 0.8), 14);
  sim.setSource('v1', 2);
  sim.advanceTo(2e-6);
  expect(sim.read('@n1[s]')).toBeGreaterThan(0.8);
});

test('several transients of one circuit do not know of each other', () => {
  const { circuit } = openCircuit(rc);
  const [a, b] = [0, 1].map(() => circuit!.transient({ stop: 1e-5 }).transient!);
  a.setSource('vin', 1);
  a.advanceTo(5e-6);
  b.advanceTo(5e-6);
  expect(b.read('v(out)')).toBe(0);
  expect(a.read('v(out)')).toBeGreaterThan(0.99);
  expect(circuit!.sources).toEqual(['vin']);
});

test('a circuit that cannot begin says why', () => {
  const { circuit } = openCircuit('loop\nv1 a 0 1\nv2 a 0 2\n.end\n');
  const { transient, diagnostics } = circuit!.transient({ stop: 1 });
  expect(transient).toBeUndefined();
  expect(diagnostics[0].severity).toBe('error');
});

describe('a gate that is set by volts at once', () => {
  // Beyond the supply both transistors pass their junctions' limits: more iterations than a step is
  // given otherwise. On a corner of the pulse (2 µs, and 10 ns later) and off it.
  const inverter = `inverter
.model n nmos level=1 vto=0.5 kp=200u cgso=0.3n cgdo=0.3n cgbo=0.1n tox=4n cbd=1f
.model p pmos level=1 vto=-0.5 kp=80u cgso=0.3n cgdo=0.3n tox=4n
vg g 0 dc 0 external
vp s 0 pulse(0 1 2u 10n 10n 3u 10u)
rp s 0 1k
vdd d 0 1.8
mn o g 0 0 n w=1u l=0.18u
mp o g d d p w=2u l=0.18u
cl o 0 10f
.end
`;

  test.each([2e-6, 2.01e-6, 2.005e-6])('at %d s, gives what an edge of 1 ns gives', (at) => {
    const outputs = [true, false].map((atOnce) => {
      const sim = begin(inverter, { stop: 10e-6, maxStep: 1e-7 });
      const seen: number[] = [];
      let before = 0;
      [at, at + 1e-6].forEach((time, k) => {
        expect(sim.advanceTo(time)).toBeUndefined();
        const value = k === 0 ? 5 : -5;
        const edge = [
          [time, before],
          [time + 1e-9, value],
        ] as const;
        if (atOnce) sim.setSource('vg', value);
        else sim.setWaveform('vg', edge);
        before = value;
        expect(sim.advanceTo(time + 2e-7)).toBeUndefined();
        seen.push(sim.read('v(o)'));
      });
      return seen;
    });
    outputs[0].forEach((value, k) => {
      expect(value).toBeCloseTo(outputs[1][k], 4);
    });
    // Low behind 5 V, at the supply behind -5 V.
    expect(outputs[0][0]).toBeCloseTo(0, 4);
    expect(outputs[0][1]).toBeCloseTo(1.8, 4);
  });
});
