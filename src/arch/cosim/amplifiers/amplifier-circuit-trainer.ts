import { checkBinarized } from '../../trainers/binarized-check.js';
import { binarizedNetwork } from '../../trainers/binarized-network.js';
import { binarizedSettings } from '../../trainers/binarized-settings.js';
import type { Trainer } from '../../trainers/trainer.js';
import { amplifierFiles } from './amplifier-circuit.js';
import { amplifierCircuitSettings, type AmplifierCircuitSettings } from './amplifier-levels.js';
import { AmplifierTraining } from './amplifier-training.js';

/** Binarized networks with circuits of sense amplifiers in the training loop. */
export const amplifierCircuit: Trainer<AmplifierCircuitSettings> = {
  name: 'amplifier-circuit',
  title: 'Binarized networks with circuits of sense amplifiers in the loop',
  settings: amplifierCircuitSettings,
  measures: [
    ...binarizedNetwork.measures,
    { name: 'offsetSpread', unit: '', doc: 'of amplifiers, rms, as ln(R_BL/R_BLb)' },
    { name: 'circuitReads', unit: '', doc: 'pairs that circuits read' },
    { name: 'failed', unit: '', doc: 'pairs that could not be read' },
    {
      name: 'readError',
      unit: '%',
      doc: "wrong reads of circuits, weighted as the network's pairs",
    },
    { name: 'predictedReadError', unit: '%', doc: 'the same by the characteristic' },
  ],
  needs: ({ data, amplifier }) => ({
    data: [data],
    characteristics: [],
    circuits: amplifier === 'ideal' ? [] : amplifierFiles,
  }),
  check: ({ data, training, test, layers }, world) =>
    checkBinarized(binarizedSettings.parse({ data, training, test, layers }), world),
  start: (own, world, seed) => new AmplifierTraining(own, world, seed),
};
