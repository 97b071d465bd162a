import { DiagnosticError, error } from '../../base/index.js';
import type { Trainer } from '../trainers/trainer.js';
import { BootstrapTraining } from './bootstrap-training.js';
import { type CosimSettings, cosimSettings } from './cosim-settings.js';
import { CosimTraining } from './cosim-training.js';
import { gridLibraries } from './steered-grid.js';

/** Networks of 2T1M synapses with circuits in the training loop. */
export const synapseCircuit: Trainer<CosimSettings> = {
  name: 'synapse-circuit',
  title: '2T1M synapses, online gradient descent with circuits in the loop',
  settings: cosimSettings,
  measures: [
    { name: 'error', unit: '%', doc: 'test samples with a wrong answer' },
    { name: 'trainingError', unit: '%', doc: 'training samples with a wrong answer' },
    { name: 'circuitTime', unit: 's', doc: 'time of the circuit, of samples that were simulated' },
    { name: 'pointsPerSample', unit: '', doc: 'points in time, or operating points' },
    { name: 'iterationsPerSample', unit: '', doc: "iterations of Newton's method" },
    { name: 'failed', unit: '', doc: 'samples that could not be simulated' },
    { name: 'predicted', unit: '%', doc: 'test error with residuals of circuits, the mean' },
    { name: 'predictedWithin', unit: '%', doc: 'half the width of its 95 % interval, in points' },
  ],
  needs({ data, grid, beside, feedback, feedbackCharacteristic, synapse, transistors }) {
    const measured = [grid, beside].includes('characteristic') && synapse;
    const curve = feedback === 'characteristic' ? feedbackCharacteristic : undefined;
    if (feedback === 'characteristic' && curve === undefined)
      throw new DiagnosticError([
        error('A465', "a feedback at level 'characteristic' needs a characteristic", undefined, {
          help: ["say which: 'feedbackCharacteristic': …"],
        }),
      ]);
    return {
      data: [data],
      characteristics: [
        ...(measured ? [synapse.read, synapse.write] : []),
        ...(curve === undefined ? [] : [curve]),
      ],
      circuits: gridLibraries(transistors),
    };
  },
  check: ({ bootstrap, grid }) =>
    bootstrap && grid !== 'ideal' && grid !== 'characteristic'
      ? [{ setting: 'bootstrap', message: `an error bar is of equations, and the grid is '${grid}'` }]
      : [],
  start: (own, world, seed) =>
    own.bootstrap ? new BootstrapTraining(own, world, seed) : new CosimTraining(own, world, seed),
};
