/**
 * Online gradient descent with circuits in the loop (Rosenthal et al., ISCAS 2016, sections III and IV).
 * Each sample is one iteration: read, y = d − r, inverted read, pulses, write. Order, noise of inputs,
 * splits and first states are those of `synapse-grid` for the same seed, so that runs at different levels
 * differ by their levels only.
 */
import { type Diagnostic, error } from '../../base/index.js';
import type { Recording } from '../../solver/index.js';
import { argmax, Confusion } from '../trainers/confusion.js';
import { type Samples, splitSamples, type SplitSamples } from '../trainers/split-samples.js';
import type {
  Training,
  TrainingFile,
  TrainingReport,
  TrainingResult,
  World,
} from '../trainers/trainer.js';
import { Difference } from './block-errors.js';
import type { CosimSettings } from './cosim-settings.js';
import { DeckLog } from './deck-log.js';
import { type Feedback, feedbackOf } from './feedback.js';
import type { Outcome } from './grid-block.js';
import { type NetworkBlock, type Signals, signalsOf } from './network-block.js';
import { phaseTimes } from './network-drive.js';
import { NetworkErrors } from './network-errors.js';
import { type AroundGrid, deckOf, firstStates, openBlock, sizesOf } from './open-block.js';
import { phasesOf } from './open-network.js';
import { Presentation } from './presentation.js';

interface Saved {
  readonly step: number;
  readonly network: unknown;
  readonly beside?: unknown;
  readonly pulses: number[];
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
  readonly #network: NetworkBlock;
  readonly #beside: NetworkErrors | undefined;
  /** What forms pulses outside of the circuit. */
  readonly #feedback: Feedback;
  /** Lengths of circuits' pulses, minus those that the law makes of the same errors [s]. */
  readonly #pulses = new Difference();
  readonly #target: readonly [number, number];
  readonly #presentation: Presentation;
  readonly #signals: Signals;
  /** States before the first sample. */
  readonly #start: Float64Array;
  readonly #log: DeckLog;
  /** Of an iteration [s]. */
  readonly #period: number;
  #step = 0;
  #progress: Progress = { failed: 0, error: NaN, trajectory: [], points: 0, iterations: 0 };

  /**
   * `around` may put something around a single grid.
   *
   * @throws DiagnosticError where a block cannot be had at its level
   */
  constructor(own: CosimSettings, world: World, seed: number, around?: AroundGrid) {
    this.#settings = own;
    this.#split = splitSamples(own, world, seed);
    const { training, classes } = this.#split;
    const sizes = sizesOf(training.features, own.hidden, classes.length);
    this.#start = firstStates(sizes, own.spread, seed);
    this.#network = openBlock(own.grid, sizes, own, world, seed, around);
    if (own.beside)
      this.#beside = new NetworkErrors(openBlock(own.beside, sizes, own, world, seed), sizes);
    this.#feedback = feedbackOf(own, world);
    // −d for two classes, 0 otherwise, as `synapse-grid` has it.
    this.#target = own.target ?? [8e-3, classes.length === 2 ? -8e-3 : 0];
    this.#presentation = new Presentation(own, training.count, seed);
    this.#signals = signalsOf(sizes);
    this.#period = phaseTimes(phasesOf(own)).end;
    this.#log = new DeckLog(deckOf(sizes, own, world), this.#period, own.exportDeck);
    const { circuit } = this.#network;
    if (circuit)
      circuit.onDrive = (drive) => {
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
    const { samples: all, reportEvery, onFailure, exportDeck } = this.#settings;
    const first = this.#step * reportEvery;
    const last = Math.min(all, first + reportEvery);
    const files: TrainingFile[] = [];
    const diagnostics: Diagnostic[] = [];
    const cost = this.#network.cost;
    let square = 0;
    for (let iteration = first; iteration < last; iteration++) {
      const recording = this.#beginRecording(iteration);
      const problem = this.#learn(iteration);
      if (recording) files.push(...this.#endRecording(recording, iteration));
      if (problem) {
        const { inputs, pulses } = this.#signals;
        files.push(...this.#log.replay(iteration, problem, inputs, pulses));
        const report = failureOf(iteration, problem);
        const values = this.#values(NaN, iteration);
        if (onFailure === 'stop')
          return { samples: iteration - first, values, files, stopped: report };
        diagnostics.push(report);
        this.#progress.failed++;
      } else square += this.#squaredError();
      if (!problem && this.#log.iterations === exportDeck) files.push(...this.#log.decks());
      if ((iteration + 1) % this.#judgeEvery === 0) this.#judgeNow();
    }
    this.#step++;
    this.#progress.points += this.#network.cost.points - cost.points;
    this.#progress.iterations += this.#network.cost.iterations - cost.iterations;
    const rms = Math.sqrt(square / ((last - first) * this.#split.classes.length));
    return { samples: last - first, values: this.#values(rms, last), files, diagnostics };
  }

  #values(rms: number, done: number): Record<string, number> {
    const { failed, error: judged } = this.#progress;
    return {
      samples: done,
      // Milliseconds of circuit time, millivolts.
      circuitTime: 1e3 * (done - failed) * this.#period,
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
      network: this.#network.save(),
      ...(this.#beside ? { beside: this.#beside.save() } : {}),
      pulses: this.#pulses.save(),
      progress: this.#progress,
      log: this.#log.save(),
    } satisfies Saved;
  }

  restore(state: unknown): void {
    const { step, network, beside, pulses, progress, log } = state as Saved;
    this.#step = step;
    this.#network.restore(network);
    if (this.#beside) this.#beside.restore(beside);
    this.#pulses.restore(pulses);
    this.#progress = structuredClone(progress);
    this.#log.restore(log);
  }

  finish(): TrainingResult {
    const { training, test, classes } = this.#split;
    const judged = this.#judge(test);
    const { samples, grid, feedback, subtraction, neuron, hidden, beside } = this.#settings;
    const { failed, trajectory, points, iterations } = this.#progress;
    const states = [...this.#network.states()];
    return {
      measures: {
        error: 100 * judged.error,
        trainingError: 100 * this.#judge(training).error,
        circuitTime: (samples - failed) * this.#period,
        pointsPerSample: points / samples,
        iterationsPerSample: iterations / samples,
        failed,
      },
      details: {
        classes,
        confusion: judged.rows,
        levels: { grid, feedback, subtraction, ...(hidden.length > 0 ? { neuron } : {}) },
        start: [...this.#start],
        states,
        trajectory: samples % this.#judgeEvery === 0 ? trajectory : [...trajectory, states],
        ...(this.#network.feedsBack ? { pulses: this.#pulses.result } : {}),
        ...(this.#beside ? { beside, blocks: this.#beside.result } : {}),
      },
    };
  }

  /** One iteration. Returns why it could not be simulated; the network is then as it was before. */
  #learn(iteration: number): Outcome {
    const { training } = this.#split;
    const index = this.#presentation.sampleOf(iteration);
    const signals = this.#signals;
    this.#presentation.present(training, index, signals.inputs, iteration);
    for (let n = 0; n < signals.targets.length; n++)
      signals.targets[n] = this.#target[n === training.labels[index] ? 0 : 1];
    const before = this.#network.states();
    this.#log.begin(this.#network.circuit?.start ?? 0, before);
    for (const each of signals.pulses) each.fill(0);
    const unread = this.#network.read(signals, iteration);
    if (unread) return unread;
    if (!this.#network.subtracts) subtract(signals);
    const notBack = this.#network.readInverted(signals, iteration);
    if (notBack) return notBack;
    this.#beside?.reading(before, signals, iteration);
    if (!this.#network.feedsBack)
      signals.errors.forEach((errors, k) => {
        errors.forEach((y, n) => (signals.pulses[k][n] = this.#feedback(y)));
      });
    const unwritten = this.#network.write(signals, iteration);
    if (unwritten) return unwritten;
    if (this.#network.feedsBack)
      signals.errors.forEach((errors, k) => {
        errors.forEach((y, n) => {
          const law = this.#feedback(y);
          // As lengths: an offset that pulses of both signs have would cancel in the mean.
          const sign = law < 0 ? -1 : 1;
          this.#pulses.add(sign * signals.pulses[k][n], sign * law);
        });
      });
    this.#log.end();
    this.#beside?.writing(before, this.#network.states(), signals, iteration);
    return undefined;
  }

  /** Of the last layer of the iteration at hand [V²]. */
  #squaredError(): number {
    const { outputs, targets } = this.#signals;
    return targets.reduce((sum, d, n) => sum + (d - outputs[outputs.length - 1][n]) ** 2, 0);
  }

  #judgeNow(): void {
    this.#progress.error = 100 * this.#judge(this.#split.test).error;
    this.#progress.trajectory.push([...this.#network.states()]);
  }

  /** Reads that could not be found count as wrong answers. */
  #judge(samples: Samples): Confusion {
    const { length } = this.#split.classes;
    const confusion = new Confusion(length);
    const outputs = new Float64Array(length);
    const inputs = new Float64Array(samples.features + 1);
    for (let i = 0; i < samples.count; i++) {
      this.#presentation.present(samples, i, inputs);
      const problem = this.#network.settled(inputs, outputs);
      const label = samples.labels[i];
      confusion.add(label, problem ? (label + 1) % length : argmax(outputs));
    }
    return confusion;
  }

  #beginRecording(iteration: number): Recording | undefined {
    const wanted = this.#settings.keep.includes(iteration + 1);
    return wanted ? this.#network.circuit?.record() : undefined;
  }

  #endRecording(recording: Recording, iteration: number): TrainingFile[] {
    this.#network.circuit?.endRecording();
    return [{ name: `iteration-${iteration + 1}`, dataset: recording.dataset() }];
  }
}

function subtract({ targets, outputs, errors }: Signals): void {
  const last = errors.length - 1;
  for (let n = 0; n < targets.length; n++) errors[last][n] = targets[n] - outputs[last][n];
}

function failureOf(iteration: number, problem: Diagnostic): Diagnostic {
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
