/** A deep network whose hidden units are circuits now and then: `deep-network` with `SampledNeurons`. */
import { DiagnosticError, warning } from '../../../base/index.js';
import { DeepNeurons } from '../../trainers/deep-neurons.js';
import { deepSettings } from '../../trainers/deep-settings.js';
import { DeepTraining } from '../../trainers/deep-training.js';
import type { Training, TrainingReport, TrainingResult, World } from '../../trainers/trainer.js';
import { largestBound } from './decision-table.js';
import { NeuronCircuit } from './neuron-circuit.js';
import type { NeuronCircuitSettings } from './neuron-levels.js';
import { NormalizationCircuit } from './normalization-circuit.js';
import { SampledNeurons } from './sampled-neurons.js';

export class NeuronTraining implements Training {
  readonly #settings: NeuronCircuitSettings;
  readonly #neurons: SampledNeurons;
  readonly #layers: DeepNeurons;
  readonly #training: DeepTraining;

  /** @throws DiagnosticError for circuits that cannot be simulated */
  constructor(own: NeuronCircuitSettings, world: World, seed: number) {
    this.#settings = own;
    const circuits = {
      neuron: own.neuron === 'ideal' ? undefined : new NeuronCircuit(world, seed),
      normalization:
        own.normalization === 'ideal'
          ? undefined
          : new NormalizationCircuit(world, own.normalizationResistance),
    };
    this.#neurons = new SampledNeurons(own, circuits, seed, (problem) => {
      throw new DiagnosticError([problem]);
    });
    const settings = deepSettingsOf(own);
    this.#layers = new DeepNeurons(settings, world);
    this.#follow();
    this.#training = new DeepTraining(settings, world, seed, this.#layers, this.#neurons);
  }

  /** Tables of all layers are those of the characteristics as they are now. */
  #follow(): void {
    for (const table of this.#layers.tables) table.follow(this.#neurons);
  }

  get steps(): number {
    return this.#training.steps;
  }

  get step(): number {
    return this.#training.step;
  }

  /** An epoch; characteristics are refined behind it. */
  advance(): TrainingReport {
    const report = this.#training.advance();
    const { refining } = this.#neurons.counts;
    this.#neurons.refine();
    this.#follow();
    const { sampled } = this.#neurons.counts;
    const problem = this.#neurons.takeProblem();
    const told =
      problem && warning('A467', `a decision could not be simulated: ${problem.message}`);
    const values = { ...report.values, sampled, refining };
    return { ...report, values, ...(told ? { diagnostics: [told] } : {}) };
  }

  save(): unknown {
    return { training: this.#training.save(), neurons: this.#neurons.save() };
  }

  restore(state: unknown): void {
    const { training, neurons } = state as { training: unknown; neurons: unknown };
    this.#neurons.restore(neurons);
    this.#follow();
    this.#training.restore(training);
  }

  finish(): TrainingResult {
    const { measures, details } = this.#training.finish();
    const { neuron, normalization } = this.#settings;
    const { counts, table, curve, blockGain } = this.#neurons;
    const seen = table?.agreement ?? [];
    const decisions = seen.reduce((sum, each) => sum + each.decisions, 0);
    const excess = seen.reduce((sum, each) => sum + each.fired - each.predicted, 0);
    const block = curve?.agreement;
    return {
      measures: {
        error: 100 - measures.top1,
        ...measures,
        sampled: counts.sampled,
        failed: counts.failed,
        ...(decisions > 0
          ? {
              neuronDifference: (100 * excess) / decisions,
              neuronBound: 100 * largestBound(seen, telling),
            }
          : {}),
        ...(block && block.count > 0 ? { normalizationDifference: block.max } : {}),
      },
      details: {
        ...details,
        levels: { neuron, normalization },
        trajectory: [],
        counts,
        ...(table ? { neuron: { knots: table.knots, agreement: seen } } : {}),
        ...(curve
          ? {
              normalization: {
                gain: blockGain,
                tolerance: this.#settings.normalizationTolerance,
                knots: curve.knots,
                agreement: block,
              },
            }
          : {}),
      },
    };
  }
}

/** So many decisions say something about the table: half of 60 are within 13 points of the truth. */
const telling = 60;

function deepSettingsOf(own: NeuronCircuitSettings): ReturnType<typeof deepSettings.parse> {
  const { data, training, test, layers, epochs, batch, weights, leastStep, deadBand } = own;
  const { readout } = own;
  const shared = { data, training, test, layers, epochs, batch, weights, leastStep, deadBand };
  return deepSettings.parse({ ...shared, readout, task: 'classify', neurons: 'oxram' });
}
