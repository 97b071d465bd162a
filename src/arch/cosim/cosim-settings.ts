import { z } from 'zod';
import { gridSettings } from '../networks/synapse-grid/index.js';
import { splitSettings } from '../trainers/split-samples.js';
import { blockLevels, levelSettings } from './levels.js';

export const cosimSettings = z.strictObject({
  ...splitSettings,
  ...gridSettings,
  ...levelSettings,
  /** Neurons of hidden layers; none for a single layer. These five are those of `synapse-grid`. */
  hidden: z.array(z.int().positive()).default([]),
  /** Slope σ′(0) of the neurons [1/V]. */
  neuronGain: z.number().positive().default(500),
  /** Largest voltage of a hidden neuron [V]. */
  neuronScale: z.number().positive().default(0.6),
  /** Factor of the errors that go back to hidden layers. */
  backward: z.number().positive().default(1),
  /** States begin at 0.5 ± so much; hidden layers need it, or all stays zero. */
  spread: z.number().min(0).max(0.5).default(0),
  /** Training iterations, one sample each. */
  samples: z.int().positive(),
  /** Length of the read phase [s]; it is sampled 0.2 µs before its end. */
  readTime: z.number().min(1e-6).default(5e-6),
  /** Cards of the transistors: predictive 180 nm BSIM3, or level 1. */
  transistors: z.enum(['bsim3', 'level1']).default('bsim3'),
  /** Length of the synapses' channels [m]. */
  length: z.number().min(0.18e-6).default(0.18e-6),
  /** Shock capacitor of each synapse [F]. */
  shock: z.number().min(0).default(1e-12),
  /** Largest step of transients [s], and their relative tolerance. */
  maxStep: z.number().positive().default(1e-6),
  reltol: z.number().positive().default(1e-3),
  /** Characteristics, for blocks of that level. */
  synapse: z.strictObject({ read: z.string(), write: z.string() }).optional(),
  feedbackCharacteristic: z.string().optional(),
  neuronCharacteristic: z.string().optional(),
  /** Another level of the grid that repeats each read and write; what differs is reported. */
  beside: z.enum(blockLevels.grid).optional(),
  /** Of a grid of equations: an error bar from what circuits do in a part of the iterations. */
  bootstrap: z
    .strictObject({
      /** Trainings with residuals. */
      repetitions: z.int().min(2).default(20),
      /** What repeats iterations. */
      of: z.enum(['circuit', 'quasi-static']).default('circuit'),
      /** How many of them. */
      part: z.number().positive().max(1).default(0.1),
    })
    .optional(),
  /** Error of the inputs, uniform, relative. */
  inputNoise: z.number().min(0).default(0),
  /**
   * Temperature of the circuit and of its thermal noise [°C], which sources put at the nodes; of
   * equations that of rout, added to what is read. Absent: 27 °C without noise.
   */
  noiseTemperature: z.number().optional(),
  /** Of the thermal noise [Hz]. */
  noiseBandwidth: z.number().positive().default(1e6),
  /** Output of the true class, and of the others [V]; for two classes they are opposite. */
  target: z.tuple([z.number(), z.number()]).optional(),
  /** Samples between two reports. */
  reportEvery: z.int().positive().default(10),
  /** Samples between two judgements by all test samples; by default as many as there are to learn from. */
  judgeEvery: z.int().positive().optional(),
  /** Iterations, from 1, whose waveforms are kept. */
  keep: z.array(z.int().positive()).default([]),
  /** A deck of so many first iterations is written. */
  exportDeck: z.int().positive().optional(),
  /** Whether training goes on with the next sample where one cannot be simulated. */
  onFailure: z.enum(['stop', 'continue']).default('stop'),
});

export type CosimSettings = z.output<typeof cosimSettings>;
