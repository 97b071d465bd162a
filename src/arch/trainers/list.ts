import { amplifierCircuit } from '../cosim/amplifiers/amplifier-circuit-trainer.js';
import { neuronCircuit } from '../cosim/neurons/neuron-circuit-trainer.js';
import { synapseCircuit } from '../cosim/synapse-circuit.js';
import { binarizedNetwork } from './binarized-network.js';
import { deepNetwork } from './deep-network.js';
import { onlineGradient } from './online-gradient.js';
import { synapseGrid } from './synapse-grid.js';
import { type Trainer, trainer } from './trainer.js';

/** Every trainer, one line each. */
export const trainers: readonly Trainer[] = [
  trainer(onlineGradient),
  trainer(synapseGrid),
  trainer(synapseCircuit),
  trainer(deepNetwork),
  trainer(neuronCircuit),
  trainer(binarizedNetwork),
  trainer(amplifierCircuit),
];
