import { DiagnosticError, error } from '../../base/index.js';
import { checkSplit } from '../trainers/split-samples.js';
import type { SettingProblem, Trainer } from '../trainers/trainer.js';
import { BootstrapTraining } from './bootstrap-training.js';
import { type CosimSettings, cosimSettings } from './cosim-settings.js';
import { CosimTraining } from './cosim-training.js';
import { isNetwork, levelProblems } from './level-problems.js';
import { gridLibraries } from './steered-grid.js';
import { peripheralLibraries } from './steered-network.js';

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
  needs(settings) {
    const { data, grid, beside, synapse, transistors } = settings;
    const measured = [grid, beside].includes('characteristic') && synapse;
    return {
      data: [data],
      characteristics: [
        ...(measured ? [synapse.read, synapse.write] : []),
        ...curveOf(settings, 'feedback'),
        ...curveOf(settings, 'neuron'),
      ],
      circuits: [
        ...gridLibraries(transistors),
        ...(isNetwork(settings) ? peripheralLibraries : []),
      ],
    };
  },
  check: (settings, world) => {
    const { bootstrap, grid } = settings;
    const problems = [
      ...checkSplit(settings, world),
      ...levelProblems(settings),
      ...iterationProblems(settings),
    ];
    if (bootstrap && grid !== 'ideal' && grid !== 'characteristic')
      problems.push({
        setting: 'bootstrap',
        message: `an error bar is of equations, and the grid is '${grid}'`,
      });
    return problems;
  },
  start(own, world, seed) {
    const [problem] = levelProblems(own);
    if (problem)
      throw new DiagnosticError([error('A466', `levels do not go together: ${problem.message}`)]);
    return own.bootstrap
      ? new BootstrapTraining(own, world, seed)
      : new CosimTraining(own, world, seed);
  },
};

/** Iterations that are wanted as files, and never come. */
function iterationProblems({ samples, keep, exportDeck = 0 }: CosimSettings): SettingProblem[] {
  const wanted = { keep: Math.max(0, ...keep), exportDeck };
  return Object.entries(wanted).flatMap(([setting, last]) =>
    last > samples
      ? [{ setting, message: `the training ends before iteration ${last}, at ${samples}` }]
      : [],
  );
}

/** What a block reads that is a characteristic. */
function curveOf(settings: CosimSettings, block: 'feedback' | 'neuron'): string[] {
  if (settings[block] !== 'characteristic') return [];
  const path = settings[`${block}Characteristic`];
  if (path !== undefined) return [path];
  throw new DiagnosticError([
    error('A465', `a ${block} at level 'characteristic' needs a characteristic`, undefined, {
      help: [`say which: '${block}Characteristic': …`],
    }),
  ]);
}
