/**
 * Deep networks of restricted Boltzmann machines, layer by layer (Parmar and Suri, "Design exploration
 * of hybrid CMOS-OxRAM deep generative architectures"): a deep belief network that classifies by a
 * softmax layer on top, or a stacked denoising autoencoder that takes noise off images. In floating
 * point, or with eight binary OxRAM devices for each weight, updates of ±1 step, and stochastic neurons
 * whose thresholds follow the cycle-to-cycle distribution.
 */
import { neuronProblems } from './deep-neurons.js';
import { sampleProblems } from './deep-samples.js';
import { characteristicsOf, deepSettings, type DeepSettings } from './deep-settings.js';
import { DeepTraining } from './deep-training.js';
import type { Trainer } from './trainer.js';

export const deepNetwork: Trainer<DeepSettings> = {
  name: 'deep-network',
  title: 'Boltzmann machines layer by layer, by contrastive divergence',
  settings: deepSettings,
  measures: [
    {
      name: 'top1',
      unit: '%',
      doc: 'test samples whose class has the largest output',
      better: 'larger',
    },
    { name: 'top3', unit: '%', doc: 'test samples whose class is among the largest three' },
    { name: 'top5', unit: '%', doc: 'test samples whose class is among the largest five' },
    {
      name: 'mse',
      unit: '',
      doc: 'mean square error of the images that noise was taken off',
      better: 'smaller',
    },
    {
      name: 'topReconstruction',
      unit: '',
      doc: 'mean square error of what the top machine makes of its inputs, of test samples',
      better: 'smaller',
    },
    { name: 'mostSwitches', unit: '', doc: 'changes of the device of a weight that changed most' },
    { name: 'storage', unit: 'kB', doc: 'devices of the weights, eight a byte, 1024 bytes a kB' },
  ],
  needs: (own) => ({ data: [own.data], characteristics: characteristicsOf(own) }),
  check: (own, world) => [...sampleProblems(own, world), ...neuronProblems(own, world)],
  start: (own, world, seed) => new DeepTraining(own, world, seed),
};
