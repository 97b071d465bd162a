/**
 * Online gradient descent with circuits in the loop (Rosenthal et al., ISCAS 2016). Each sample is one
 * iteration: the grid reads it, y = d − r is formed, the feedback turns y into pulses, and the grid is
 * written by them. Order, noise and splits are those of `synapse-grid` for the same seed, so that runs
 * at different levels differ by their levels only.
 */
import { boltzmann, error, type Diagnostic } from '../../base/index.js';
import { argmax, Confusion } from '../trainers/confusion.js';
import { drawStreams, normalDraw } from '../trainers/draws.js';
import { type Samples, splitSamples, type SplitSamples } from '../trainers/split-samples.js';
import type {
  Training,
  TrainingFile,
  TrainingReport,
  TrainingResult,
  World,
} from '../trainers/trainer.js';
import type { Recording } from '../../solver/index.js';
import { BlockErrors } from './block-errors.js';
import { CircuitGrid } from './circuit-grid.js';
import type { CosimSettings } from './cosim-settings.js';
import { DeckLog } from './deck-log.js';
import { type Feedback, feedbackOf } from './feedback.js';
import type { GridBlock, Outcome } from './grid-block.js';
import { gridDeck, type GridSize, openGrid } from './open-grid.js';
import { Presentation } from './presentation.js';

interface Saved {
  readonly step: number;
  readonly grid: unknown;
  readonly beside?: unknown;
  readonly progress: Progress;
  readonly log: unknown;
}

/** What is counted along the way. */
interface Progress {
  /** Samples that could not be simulated. */
  failed: number;
  /** The last judgement [%]. */
  error: number;
  /** States at the judgements. */
  readonly trajectory: number[][];
  /** Iterations of Newton and points, of all processes that carried it on. */
  points: number;
  iterations: number;
}

export class CosimTraining implements Training {
  readonly #settings: CosimSettings;
  readonly #split: SplitSamples;
  readonly #presentation: Presentation;
  readonly #seed: number;
  readonly #grid: GridBlock;
  /** The same, if it is a transient: only that has waveforms. */
  readonly #circuit: CircuitGrid | undefined;
  readonly #beside: BlockErrors | undefined;
  readonly #feedback: Feedback;
  readonly #target: readonly [number, number];
  readonly #thermal: number;
  readonly #inputs: Float64Array;
  readonly #outputs: Float64Array;
  readonly #pulses: Float64Array;
  readonly #log: DeckLog;
  #step = 0;
  #progress: Progress = { failed: 0, error: NaN, trajectory: [], points: 0, iterations: 0 };

  /**
   * `around` may put something around the grid.
   *
   * @throws DiagnosticError where a block cannot be had at its level
   */
  constructor(
    own: CosimSettings,
    world: World,
    seed: number,
    around: (grid: GridBlock, size: GridSize) => GridBlock = (grid) => grid,
  ) {
    this.#settings = own;
    this.#seed = seed;
    this.#split = splitSamples(own, world, seed);
    this.#presentation = new Presentation(own, this.#split.training.count, seed);
    const columns = this.#split.training.features + 1;
    const rows = this.#split.classes.length;
    const size = { columns, rows };
    this.#grid = around(openGrid(own.grid, size, own, world), size);
    if (own.beside) this.#beside = new BlockErrors(openGrid(own.beside, size, own, world), rows);
    this.#feedback = feedbackOf(own, world);
    // −d for two classes, 0 otherwise, as `synapse-grid` has it.
    this.#target = own.target ?? [8e-3, rows === 2 ? -8e-3 : 0];
    const kelvin = (own.noiseTemperature ?? -273.15) + 273.15;
    this.#thermal = own.a * Math.sqrt(4 * boltzmann * kelvin * own.rout * own.noiseBandwidth);
    this.#inputs = new Float64Array(columns);
    this.#outputs = new Float64Array(rows);
    this.#pulses = new Float64Array(rows);
    this.#log = new DeckLog(
      (changes) => gridDeck(size, own, world, changes).text,
      own.readTime + own.writeTime,
      own.exportDeck,
    );
    this.#circuit = this.#grid instanceof CircuitGrid ? this.#grid : undefined;
    if (this.#circuit)
      this.#circuit.onDrive = (drive) => {
        this.#log.add(drive);
      };
  }

  get steps(): number {
    return Math.ceil(this.#settings.samples / this.#settings.reportEvery);
  }

  get step(): number {
    return this.#step;
  }

  get testSamples(): number {
    return this.#split.test.count;
  }

  advance(): TrainingReport {
    const { samples: all, reportEvery } = this.#settings;
    const first = this.#step * reportEvery;
    const last = Math.min(all, first + reportEvery);
    const files: TrainingFile[] = [];
    const diagnostics: Diagnostic[] = [];
    const cost = this.#grid.cost;
    let square = 0;
    for (let iteration = first; iteration < last; iteration++) {
      const recording = this.#beginRecording(iteration);
      const problem = this.#learn(iteration);
      if (recording) files.push(...this.#endRecording(recording, iteration));
      if (problem) {
        files.push(...this.#log.replay(iteration, problem, this.#inputs, this.#pulses));
        const report = failureOf(iteration, problem);
        const values = this.#values(NaN, iteration);
        if (this.#settings.onFailure === 'stop')
          return { samples: iteration - first, values, files, stopped: report };
        diagnostics.push(report);
        this.#progress.failed++;
      } else square += this.#squaredError(iteration);
      if (this.#log.iterations === this.#settings.exportDeck) files.push(...this.#log.decks());
      if ((iteration + 1) % this.#judgeEvery === 0) this.#judgeNow();
    }
    this.#step++;
    this.#progress.points += this.#grid.cost.points - cost.points;
    this.#progress.iterations += this.#grid.cost.iterations - cost.iterations;
    const rms = Math.sqrt(square / ((last - first) * this.#split.classes.length));
    return { samples: last - first, values: this.#values(rms, last), files, diagnostics };
  }

  #values(rms: number, done: number): Record<string, number> {
    const { readTime, writeTime } = this.#settings;
    const { failed, error: judged } = this.#progress;
    return {
      samples: done,
      // Milliseconds of circuit time, millivolts.
      circuitTime: 1e3 * (done - failed) * (readTime + writeTime),
      error: judged,
      rmsError: 1e3 * rms,
      failed,
    };
  }

  get #judgeEvery(): number {
    return this.#settings.judgeEvery ?? this.#split.training.count;
  }

  save(): unknown {
    return {
      step: this.#step,
      grid: this.#grid.save(),
      ...(this.#beside ? { beside: this.#beside.save() } : {}),
      progress: this.#progress,
      log: this.#log.save(),
    } satisfies Saved;
  }

  restore(state: unknown): void {
    const { step, grid, beside, progress, log } = state as Saved;
    this.#step = step;
    this.#grid.restore(grid);
    if (this.#beside) this.#beside.restore(beside);
    this.#progress = structuredClone(progress);
    this.#log.restore(log);
  }

  finish(): TrainingResult {
    const { training, test, classes } = this.#split;
    const judged = this.#judge(test);
    const { samples, readTime, writeTime, grid, feedback, subtraction } = this.#settings;
    const { failed, trajectory, points, iterations } = this.#progress;
    return {
      measures: {
        error: 100 * judged.error,
        trainingError: 100 * this.#judge(training).error,
        circuitTime: (samples - failed) * (readTime + writeTime),
        pointsPerSample: points / samples,
        iterationsPerSample: iterations / samples,
        failed,
      },
      details: {
        classes,
        confusion: judged.rows,
        levels: { grid, feedback, subtraction },
        states: [...this.#grid.states()],
        trajectory:
          samples % this.#judgeEvery === 0 ? trajectory : [...trajectory, [...this.#grid.states()]],
        ...(this.#beside ? { beside: this.#settings.beside, blocks: this.#beside.result } : {}),
      },
    };
  }

  /** One iteration. Returns why it could not be simulated; the grid is then as it was before. */
  #learn(iteration: number): Outcome {
    const index = this.#presentation.sampleOf(iteration);
    this.#presentation.present(this.#split.training, index, this.#inputs, iteration);
    const before = this.#grid.states();
    this.#log.begin(this.#circuit?.start ?? 0, before);
    this.#pulses.fill(0);
    const unread = this.#grid.read(this.#inputs, this.#outputs);
    if (unread) return unread;
    this.#beside?.reading(before, this.#inputs, this.#outputs);
    for (let n = 0; n < this.#outputs.length; n++) {
      const key = [this.#seed, drawStreams.thermalNoise, iteration, n] as const;
      if (this.#thermal > 0) this.#outputs[n] += this.#thermal * normalDraw(...key);
      this.#pulses[n] = this.#feedback(this.#wanted(index, n) - this.#outputs[n]);
    }
    const unwritten = this.#grid.write(this.#inputs, this.#pulses);
    if (unwritten) return unwritten;
    this.#log.end();
    this.#beside?.writing(before, this.#grid.states(), this.#inputs, this.#pulses);
    return undefined;
  }

  /** d [V]. */
  #wanted(index: number, row: number): number {
    return this.#target[row === this.#split.training.labels[index] ? 0 : 1];
  }

  #squaredError(iteration: number): number {
    const index = this.#presentation.sampleOf(iteration);
    return this.#outputs.reduce((sum, r, n) => sum + (this.#wanted(index, n) - r) ** 2, 0);
  }

  #judgeNow(): void {
    this.#progress.error = 100 * this.#judge(this.#split.test).error;
    this.#progress.trajectory.push([...this.#grid.states()]);
  }

  /** Reads that could not be found count as wrong answers. */
  #judge(samples: Samples): Confusion {
    const confusion = new Confusion(this.#split.classes.length);
    const outputs = new Float64Array(this.#outputs.length);
    for (let i = 0; i < samples.count; i++) {
      this.#presentation.present(samples, i, this.#inputs);
      const problem = this.#grid.settled(this.#inputs, outputs);
      const label = samples.labels[i];
      confusion.add(label, problem ? (label + 1) % outputs.length : argmax(outputs));
    }
    return confusion;
  }

  #beginRecording(iteration: number): Recording | undefined {
    const wanted = this.#settings.keep.includes(iteration + 1);
    return wanted ? this.#circuit?.record() : undefined;
  }

  #endRecording(recording: Recording, iteration: number): TrainingFile[] {
    this.#circuit?.endRecording();
    return [{ name: `iteration-${iteration + 1}`, dataset: recording.dataset() }];
  }
}

export function failureOf(iteration: number, problem: Diagnostic): Diagnostic {
  return error(
    'A464',
    `sample ${iteration + 1} could not be simulated: ${problem.message}`,
    undefined,
    {
      ...(problem.notes ? { notes: problem.notes } : {}),
      help: [`the iteration is kept as a deck, failure-${iteration + 1}.cir, with its state`],
    },
  );
}
