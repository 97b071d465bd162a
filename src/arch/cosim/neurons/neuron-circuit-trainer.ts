import { sampleProblems } from '../../trainers/deep-samples.js';
import type { Trainer } from '../../trainers/trainer.js';
import { neuronFiles } from './neuron-circuit.js';
import { neuronCircuitSettings, type NeuronCircuitSettings } from './neuron-levels.js';
import { NeuronTraining } from './neuron-training.js';
import { normalizationFiles } from './normalization-circuit.js';

/** Boltzmann machines with circuits of the OxRAM network in the training loop. */
export const neuronCircuit: Trainer<NeuronCircuitSettings> = {
  name: 'neuron-circuit',
  title: 'Boltzmann machines with circuits of neurons and normalization in the loop',
  settings: neuronCircuitSettings.refine(({ layers, epochs }) => layers.length === epochs.length, {
    message: "'epochs' has a number for each of the layers",
    path: ['epochs'],
  }),
  measures: [
    { name: 'error', unit: '%', doc: 'test samples with a wrong answer' },
    { name: 'top1', unit: '%', doc: 'test samples whose class has the largest output' },
    { name: 'top3', unit: '%', doc: 'test samples whose class is among the largest three' },
    { name: 'top5', unit: '%', doc: 'test samples whose class is among the largest five' },
    { name: 'mostSwitches', unit: '', doc: 'changes of the device of a weight that changed most' },
    { name: 'sampled', unit: '', doc: 'decisions that circuits made' },
    { name: 'failed', unit: '', doc: 'decisions that could not be simulated' },
    { name: 'neuronDifference', unit: '%', doc: 'decisions that fired more than was predicted' },
    {
      name: 'neuronBound',
      unit: '%',
      doc: 'largest difference that 60 decisions and more leave possible',
    },
    { name: 'normalizationDifference', unit: '', doc: 'largest of block and curve, as a sum' },
  ],
  needs: ({ data, neuron, normalization }) => ({
    data: [data],
    characteristics: [],
    circuits: [
      ...(neuron === 'ideal' ? [] : neuronFiles),
      ...(normalization === 'ideal' ? [] : normalizationFiles),
    ],
  }),
  check: (own, world) => sampleProblems(own, world),
  start: (own, world, seed) => new NeuronTraining(own, world, seed),
};
