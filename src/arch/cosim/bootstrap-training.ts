/**
 * Equations with an error bar. First they are trained as they are, while a circuit repeats a part of
 * the iterations; then again and again with what the circuit had made differently added to reads and
 * writes. How the repetitions scatter says how far the circuit's own training may end from theirs.
 */
import type { Training, TrainingReport, TrainingResult, World } from '../trainers/trainer.js';
import type { CosimSettings } from './cosim-settings.js';
import { CosimTraining } from './cosim-training.js';
import { ObservedGrid } from './observed-grid.js';
import { openGrid } from './open-grid.js';
import { PerturbedGrid } from './perturbed-grid.js';
import { type Prediction, predictionInterval } from './prediction.js';

interface Repetition {
  /** Test error [%]. */
  readonly error: number;
  /** Mean square distance of the states from those without residuals. */
  readonly apart: number;
}

interface Saved {
  readonly own: unknown;
  readonly repetitions: readonly Repetition[];
  readonly last: Readonly<Record<string, number>>;
}

export class BootstrapTraining implements Training {
  readonly #settings: CosimSettings;
  readonly #bootstrap: NonNullable<CosimSettings['bootstrap']>;
  readonly #world: World;
  readonly #seed: number;
  readonly #own: CosimTraining;
  readonly #observed: ObservedGrid;
  #repetitions: Repetition[] = [];
  /** What the training itself reported last. */
  #last: Readonly<Record<string, number>> = {};

  /** @throws DiagnosticError where a block cannot be had at its level */
  constructor(own: CosimSettings, world: World, seed: number) {
    this.#settings = own;
    this.#bootstrap = own.bootstrap!;
    this.#world = world;
    this.#seed = seed;
    const { of, part } = this.#bootstrap;
    let observed: ObservedGrid | undefined;
    this.#own = new CosimTraining(own, world, seed, (grid, size) => {
      observed = new ObservedGrid(grid, openGrid(of, size, own, world), part, seed);
      return observed;
    });
    this.#observed = observed!;
  }

  get steps(): number {
    return this.#own.steps + this.#bootstrap.repetitions;
  }

  get step(): number {
    return this.#own.step + this.#repetitions.length;
  }

  /** Behind the training itself a step is a repetition of all of it. */
  advance(): TrainingReport {
    if (this.#own.step < this.#own.steps) {
      const report = this.#own.advance();
      this.#last = report.values;
      return report;
    }
    this.#repetitions.push(this.#repeat(this.#repetitions.length));
    return { samples: this.#settings.samples, values: this.#last };
  }

  #repeat(repetition: number): Repetition {
    const { residuals } = this.#observed;
    const own = { ...this.#settings, judgeEvery: this.#settings.samples };
    const training = new CosimTraining(
      own,
      this.#world,
      this.#seed,
      (grid) => new PerturbedGrid(grid, residuals, this.#seed, repetition),
    );
    while (training.step < training.steps) training.advance();
    const { measures, details } = training.finish();
    const states = this.#observed.states();
    const ends = details.states as readonly number[];
    return { error: measures.error, apart: meanSquare(states.map((s, k) => s - ends[k])) };
  }

  save(): unknown {
    const [own, repetitions] = [this.#own.save(), [...this.#repetitions]];
    return { own, repetitions, last: this.#last } satisfies Saved;
  }

  restore(state: unknown): void {
    const { own, repetitions, last } = state as Saved;
    this.#own.restore(own);
    this.#repetitions = [...repetitions];
    this.#last = last;
  }

  finish(): TrainingResult {
    const { measures, details } = this.#own.finish();
    const { of } = this.#bootstrap;
    const errors = this.#repetitions.map(({ error }) => error);
    const { mean, halfWidth } = predictionInterval(errors, this.#own.testSamples);
    const apart = this.#repetitions.reduce((sum, each) => sum + each.apart, 0) / errors.length;
    const start = details.start as readonly number[];
    const moved = meanSquare(this.#observed.states().map((s, k) => s - start[k]));
    const measured = this.#observed.residuals.writes.length;
    const states = Math.sqrt(apart / moved);
    const prediction: Prediction = { of, measured, errors, mean, halfWidth, states };
    return {
      measures: { ...measures, predicted: mean, predictedWithin: halfWidth },
      details: { ...details, prediction },
    };
  }
}

function meanSquare(values: Float64Array): number {
  return values.reduce((sum, x) => sum + x * x, 0) / values.length;
}
