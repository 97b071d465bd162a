import { describe, expect, it } from 'vitest';
import { real } from '../../../src/base/index.js';
import { model } from '../../../src/devices/language/model.js';
import { transmissionLine } from '../../../src/devices/passive/transmission-line.js';
import { DelayHistory, mark } from '../../../src/solver/integration/delay-history.js';
import { at } from '../../circuits/measure.js';
import { begin, deviation, FlatCircuit, run, wave } from '../flat-circuit.js';

/** A current that follows a voltage, linear or squared, after a while. */
const follower = model({
  name: 'follower',
  title: 'Delayed transconductance',
  terminals: ['p', 'n', 'a', 'b'],
  instance: {
    td: real(1, 's', 'delay'),
    start: real(0, 'V', 'voltage before'),
    square: real(0, 'A/V²', 'curvature'),
  },
  analog({ V, I, absdelay }, { td, start, square }) {
    const v = absdelay(V('a', 'b'), 2 * td - td, start);
    I('p', 'n', v + square * v * v);
  },
});

describe('a delayed value of a model', () => {
  it('solves a delay differential equation', () => {
    // v' = −v(t − 1), v = 1 before: by steps v = Σ (−1)^k·(t − k + 1)^k/k!, k = 0 … while t > k − 1.
    const exact = (t: number): number => {
      let [sum, factorial] = [1, 1];
      for (let k = 1; t > k - 1; k++) sum += (-(t - k + 1)) ** k / (factorial *= k);
      return sum;
    };
    const circuit = new FlatCircuit({ reltol: 1e-6, vntol: 1e-9 })
      .add('g1', follower, 'a 0 a 0', { start: 1 })
      .c('c1', 'a 0', 1, { ic: 1 });
    const { dataset, messages } = run(circuit, 'tran 0.1 10 uic');
    expect(messages).toBe('');
    expect(deviation(dataset, 'v(a)', exact)).toBeLessThan(1e-4);
  });

  it('turns the phase of small signals, also behind a nonlinearity', () => {
    // d/dv (v + 3v²) = 7 at v = 1.
    const circuit = new FlatCircuit()
      .v('v1', 'a 0', 1, { ac: { magnitude: 1, phase: 0 } })
      .add('g1', follower, '0 c a 0', { td: 0.01, square: 3 })
      .r('r1', 'c 0', 1);
    const { dataset } = run(circuit, 'ac lin 3 10 40');
    const { real: re, imaginary } = dataset.get('v(c)')!;
    [10, 25, 40].forEach((frequency, k) => {
      expect(re[k]).toBeCloseTo(7 * Math.cos(0.02 * Math.PI * frequency), 10);
      expect(imaginary![k]).toBeCloseTo(-7 * Math.sin(0.02 * Math.PI * frequency), 10);
    });
  });

  it('is the value itself where no time passes', () => {
    const circuit = new FlatCircuit()
      .v('v1', 'a 0', 0, { transient: wave(Math.sin) })
      .add('g1', follower, '0 c a 0', { td: 0 })
      .r('r1', 'c 0', 1);
    const { dataset } = run(circuit, 'tran 0.1 3');
    expect(deviation(dataset, 'v(c)', Math.sin)).toBeLessThan(1e-12);
  });
});

/** A ring of lines with an end that never settles: corners travel round it for ever. */
function ring(): FlatCircuit {
  const pulse = wave((t) => Math.min(Math.max(t - 1, 0), 1), [1, 2]);
  return new FlatCircuit()
    .v('v1', 's 0', 0, { transient: pulse })
    .r('r1', 's a', 20)
    .add('t1', transmissionLine, 'a 0 b 0', { z0: 50, td: 1.37 })
    .add('t2', transmissionLine, 'b 0 c 0', { z0: 80, td: 0.71 })
    .add('t3', transmissionLine, 'b 0 d 0', { z0: 30, td: 2.13 })
    .r('r2', 'c 0', 1e6)
    .c('c1', 'd 0', 0.01);
}

describe('delays in a transient', () => {
  it('go on from a checkpoint with the same bits', () => {
    const [running] = begin(ring(), 'tran 0.1 30');
    for (let k = 0; k < 200; k++) running.steps.next();
    const transient = running.transient!;
    const points = running.dataset.length;
    const checkpoint = transient.checkpoint();
    while (!running.steps.next().done);
    const once = running.dataset.snapshot();
    transient.restore(checkpoint);
    let advanced = transient.advance();
    while (advanced.kind === 'points') advanced = transient.advance();
    const twice = running.dataset.snapshot();
    expect(once.length - points).toBeGreaterThan(200);
    expect(twice.length - once.length).toBe(once.length - points);
    once.columns.forEach((column, c) => {
      expect(twice.columns[c].real.slice(once.length)).toEqual(column.real.slice(points));
    });
  });

  it('carry what is set from outside', () => {
    const circuit = new FlatCircuit()
      .v('v1', 's 0', 1)
      .r('r1', 's a', 50)
      .add('t1', transmissionLine, 'a 0 b 0', { z0: 50, td: 1 })
      .r('r2', 'b 0', 50);
    const [running, context] = begin(circuit, 'tran 0.1 5');
    const transient = running.transient!;
    running.steps.next();
    while (transient.state.time < 2) running.steps.next();
    const { time } = transient.state;
    context.sources.get('v1')!.fixed = -1;
    transient.disturb();
    while (!running.steps.next().done);
    const dataset = running.dataset.finish();
    for (const [t, expected] of [
      [time + 0.999, 0.5],
      [time + 1.001, -0.5],
      [5, -0.5],
    ])
      expect(at(dataset, 'b', t)).toBeCloseTo(expected, 9);
  });

  it('remember no more than their time, and land on echoes at a steady rate', () => {
    const [running] = begin(ring(), 'tran 0.1 400');
    const transient = running.transient!;
    const reached: number[] = [];
    let most = 0;
    while (!running.steps.next().done) {
      const { history, echoes } = transient.checkpoint().delays;
      most = Math.max(most, history.times.length + echoes.length);
      const newest = history.times.at(-1)!;
      expect(history.times[8] ?? Infinity).toBeGreaterThanOrEqual(Math.min(newest - 2.13, 0));
      reached.push(transient.state.time);
    }
    const early = reached.filter((t) => t > 40 && t <= 80).length;
    const late = reached.filter((t) => t > 360).length;
    expect(late).toBeLessThanOrEqual(1.1 * early);
    expect(most).toBeLessThan(1000);
  });
});

describe('DelayHistory', () => {
  const cubic = (t: number): number => 1 - 2 * t + 3 * t * t - t * t * t;
  const unknowns = Int32Array.of(1);

  function filled(times: readonly number[], corner = NaN): DelayHistory {
    const history = new DelayHistory(1);
    for (const t of times) {
      const value =
        t <= corner || Number.isNaN(corner) ? cubic(t) : cubic(corner) + 5 * (t - corner);
      history.push(t, Float64Array.of(0, value), unknowns);
      if (t === corner) history.markNewest(mark.corner);
    }
    return history;
  }

  it('is exact for a cubic over uneven points', () => {
    const history = filled([0, 0.3, 0.5, 1, 1.2, 1.9]);
    for (const t of [0, 0.1, 0.31, 0.7, 1.1, 1.5, 1.9])
      expect(history.interpolate(0, t)).toBeCloseTo(cubic(t), 12);
  });

  it('does not look across a corner', () => {
    const history = filled([0, 0.3, 0.5, 1, 1.2, 1.9], 0.5);
    expect(history.interpolate(0, 0.5)).toBe(cubic(0.5));
    for (const t of [0.6, 1.1, 1.7])
      expect(history.interpolate(0, t)).toBeCloseTo(cubic(0.5) + 5 * (t - 0.5), 12);
  });

  it('passes over a point so close that its noise would count', () => {
    const history = filled([0, 1, 2]);
    history.push(2 + 1e-9, Float64Array.of(0, cubic(2) + 1e-6), unknowns);
    expect(history.interpolate(0, 1.5)).toBeCloseTo(cubic(1.5), 0);
  });

  it('keeps what is needed, in a memory that does not grow', () => {
    const history = new DelayHistory(1);
    for (let k = 0; k < 10_000; k++) {
      history.push(k, Float64Array.of(0, k), unknowns);
      history.forgetBefore(k - 20);
      if (k > 50) expect(history.interpolate(0, k - 19.5)).toBeCloseTo(k - 19.5, 9);
      expect(history.length).toBeLessThan(40);
    }
  });
});
