import { describe, expect, test } from 'vitest';
import { type Prediction, predictionInterval } from '../../../src/arch/index.js';
import type { GridBlock } from '../../../src/arch/cosim/grid-block.js';
import { ObservedGrid } from '../../../src/arch/cosim/observed-grid.js';
import { PerturbedGrid } from '../../../src/arch/cosim/perturbed-grid.js';
import { closeResidual } from '../../../src/arch/cosim/residuals.js';
import { finish, settingsOf, start, trainer, world } from './clouds.js';

/** r = gain·Σ u·s for one row, and a write that moves every state by `speed`·u·pulse. */
class Line implements GridBlock {
  readonly cost = { points: 0, iterations: 0 };
  readonly #gain: number;
  readonly #speed: number;
  #states = Float64Array.of(0.5, 0.5);

  constructor(gain: number, speed: number) {
    this.#gain = gain;
    this.#speed = speed;
  }

  states = (): Float64Array => this.#states.slice();
  setStates = (states: Float64Array): void => {
    this.#states = states.slice();
  };
  read(inputs: Float64Array, outputs: Float64Array): undefined {
    outputs[0] = this.#gain * inputs.reduce((sum, u, m) => sum + u * this.#states[m], 0);
  }
  write(inputs: Float64Array, pulses: Float64Array): undefined {
    this.#states = this.#states.map((s, m) => s + this.#speed * inputs[m] * pulses[0]);
  }
  settled = (inputs: Float64Array, outputs: Float64Array): undefined => {
    this.read(inputs, outputs);
  };
  save = (): unknown => this.states();
  restore = (state: unknown): void => {
    this.setStates(state as Float64Array);
  };
}

const sine = (k: number): Float64Array => Float64Array.of(Math.sin(k), Math.cos(3 * k));

function observe(part: number): ObservedGrid {
  const observed = new ObservedGrid(new Line(1, 0.1), new Line(1.1, 0.12), part, 7);
  const outputs = new Float64Array(1);
  for (let k = 0; k < 200; k++) {
    observed.read(sine(k), outputs);
    observed.write(sine(k), Float64Array.of(Math.sin(7 * k) / 10));
  }
  return observed;
}

describe('residuals', () => {
  test('of all iterations are the differences of both levels', () => {
    const { reads, writes } = observe(1).residuals;
    expect([reads.length, writes.length]).toEqual([200, 200]);
    // Gains of 1.1 and 1, speeds of 0.12 and 0.1: a tenth, and a fifth, of what was predicted.
    reads.forEach(({ predicted, error }) => {
      expect(error[0]).toBeCloseTo(0.1 * predicted[0], 12);
    });
    writes.forEach(({ predicted, error }) => {
      expect(error[1]).toBeCloseTo(0.2 * predicted[1], 12);
    });
  });

  test('of a tenth of the iterations are about as many, always the same ones', () => {
    const { reads } = observe(0.1).residuals;
    // 200 draws of probability 0.1: 20 ± 4.2; four standard deviations.
    expect(Math.abs(reads.length - 20)).toBeLessThan(17);
    expect(observe(0.1).residuals).toEqual(observe(0.1).residuals);
  });

  test('fed back make the circuit of the equations', () => {
    const { residuals } = observe(0.5);
    const [circuit, equations] = [new Line(1.1, 0.12), new Line(1, 0.1)];
    const perturbed = new PerturbedGrid(equations, residuals, 1, 0);
    const [own, other] = [new Float64Array(1), new Float64Array(1)];
    let [plain, fed, way] = [0, 0, 0];
    for (let k = 0; k < 300; k++) {
      const inputs = sine(0.37 * k);
      circuit.read(inputs, other);
      equations.setStates(circuit.states());
      perturbed.read(inputs, own);
      fed += (own[0] - other[0]) ** 2;
      way += other[0] ** 2;
      equations.read(inputs, own);
      plain += (own[0] - other[0]) ** 2;
    }
    // Without residuals a tenth of 1.1 is missing; with those of the ten closest of a hundred
    // measurements the rest is their distance: a few of a hundred parts of the range.
    expect(Math.sqrt(plain / way)).toBeCloseTo(0.1 / 1.1, 3);
    expect(Math.sqrt(fed / way)).toBeLessThan(0.02);
  });
});

test('a residual is one of the closest, by the draw', () => {
  const pool = [5, 1, 9, 2, 8, 3, 7, 4, 6].map((p) => ({
    predicted: Float64Array.of(p),
    error: Float64Array.of(p / 10),
  }));
  // Three neighbours of nine: those of 5.2 are 5, 6 and 4, in this order.
  const at = (draw: number) => closeResidual(pool, Float64Array.of(5.2), draw).error[0];
  expect([at(0.1), at(0.5), at(0.9)]).toEqual([0.5, 0.6, 0.4]);
});

test('the interval is that of one more draw', () => {
  // {9, 11, 13} has mean 11 and s = 2; t(0.975, 2) = 4.302653 (tables); √(4/3) = 1.154701.
  const { mean, halfWidth } = predictionInterval([9, 11, 13], 50);
  expect(mean).toBe(11);
  expect(halfWidth).toBeCloseTo(4.302653 * 2 * 1.154701 + 1, 4);
});

describe('an error bar on equations', () => {
  const own = { samples: 24, reportEvery: 6, transistors: 'level1', grid: 'ideal' };
  const bootstrap = { repetitions: 4, of: 'quasi-static', part: 0.5 };
  const both = { ...own, bootstrap };

  test('leaves the training as it is, and goes on with the same bits', () => {
    const whole = finish(start(both));
    const plain = finish(start(own));
    expect(whole.measures).toMatchObject({ error: plain.measures.error });
    expect(whole.details.states).toEqual(plain.details.states);
    const prediction = whole.details.prediction as Prediction;
    expect(prediction.errors).toHaveLength(4);
    expect(prediction.measured).toBeGreaterThan(4);
    // Transistors in series: some per cent of the way (docs/cosimulation.md has 4.5 %).
    expect(prediction.states).toBeGreaterThan(1e-3);
    expect(prediction.states).toBeLessThan(0.2);
    const first = start(both);
    for (let k = 0; k < 5; k++) first.advance();
    const second = start(both);
    second.restore(structuredClone(first.save()));
    // Behind the training itself learning curves stay where they are.
    expect(second.advance()).toEqual(first.advance());
    expect(finish(second)).toEqual(whole);
  });

  test('is for equations only', () => {
    const wrong = settingsOf({ ...both, grid: 'quasi-static' });
    expect(trainer.check!(wrong, world)).toMatchObject([{ setting: 'bootstrap' }]);
  });
});
