/** Settings of the trainer of binarized networks. */
import { z } from 'zod';

const layer = z.union([
  z.int().positive(),
  z.strictObject({
    /** Planes of a convolution of 3 × 3. */
    conv: z.int().positive(),
    /** Whether the largest of 2 × 2 goes on. */
    pool: z.boolean().default(false),
  }),
]);

const schema = z.strictObject({
  data: z.string().default('mnist'),
  /** Samples that are learnt from, and that judge: the first ones; all where absent. */
  training: z.int().positive().optional(),
  test: z.int().positive().optional(),
  /** Takes the mean off the inputs, rounded to a whole number. */
  centre: z.boolean().default(false),
  /** Shifts images by up to so many pixels, and mirrors half of them; 0: neither. */
  augment: z.int().min(0).default(0),
  /** Hidden layers: neurons, or convolutions. */
  layers: z.array(layer).default([3000]),
  epochs: z.int().positive().default(20),
  batch: z.int().positive().default(1000),
  /** What hidden weights are: pairs of devices, whole numbers (of pulses), floating point. */
  synapses: z.enum(['devices', 'integers', 'floats']).default('devices'),
  /** Factor of Adam's steps, in pulses (or, for floats, in weights between ±1). */
  learningRate: z.number().positive().default(100),
  /** Multiplies the learning rate after each so many epochs. */
  decay: z
    .strictObject({
      every: z.int().positive().default(7),
      factor: z.number().positive().default(0.5),
    })
    .prefault({}),
  /** Learning rate of batch normalization, which is digital. */
  digitalRate: z.number().min(0).default(8e-3),
  rounding: z.enum(['nearest', 'truncate', 'floor']).default('nearest'),
  /** Most pulses of one step. */
  mostPulses: z.int().min(1).max(4095).default(14),
  /** Pulses after which a device gets no more; no limit where absent. */
  budget: z.int().positive().max(0x7fffffff).default(0x7fffffff),
  /** Devices begin with a random number of pulses up to this one. */
  initialPulses: z.int().min(0).max(65535).default(0),
  /** Device to device: Table I with the ends of the authors' program, as printed, or none. */
  spread: z.enum(['truncated', 'printed', 'none']).default('truncated'),
  telegraph: z.enum(['everywhere', 'behind-knee', 'none']).default('everywhere'),
  pink: z.boolean().default(true),
  /** Noise by the printed equations, or as in the authors' program. */
  noise: z.enum(['printed', 'program']).default('printed'),
  taps: z.literal([15, 16]).default(15),
  start: z.enum(['low', 'stationary']).default('low'),
  /** Amplifiers that read the signs of pairs of devices, as their circuit does; absent: rightly. */
  senseAmplifier: z
    .strictObject({
      /** Path of the characteristic, or of the specification that it is made from. */
      characteristic: z.string(),
      /** When they err. */
      during: z.enum(['both', 'training', 'evaluation']).default('both'),
      /** An offset that each amplifier keeps, or a draw at each reading of each pair. */
      errors: z.enum(['offset', 'read']).default('offset'),
      /** Whose cells a column holds, and an amplifier reads: those of an input, or of a neuron. */
      column: z.enum(['input', 'neuron']).default('input'),
      /** Cells of a column; all where absent. */
      rows: z.int().positive().optional(),
    })
    .optional(),
});
export type BinarizedSettings = z.output<typeof schema>;

/** Whether all synapses begin with the same weight, so that nothing can be learnt. */
function beginsAlike(own: BinarizedSettings): boolean {
  if (own.synapses === 'floats' || own.initialPulses > 0) return false;
  const drawnState = own.telegraph === 'everywhere' && own.start === 'stationary';
  return own.synapses === 'integers' || (own.spread === 'none' && !own.pink && !drawnState);
}

export const binarizedSettings = schema
  .refine((own) => !beginsAlike(own), {
    message: "without spread and noise all weights begin alike: 'initialPulses' has to be above 0",
    path: ['initialPulses'],
  })
  .refine(({ senseAmplifier, synapses }) => !senseAmplifier || synapses === 'devices', {
    message: 'amplifiers read pairs of devices only',
    path: ['senseAmplifier'],
  })
  .refine(
    ({ senseAmplifier, noise, telegraph }) =>
      !senseAmplifier || noise === 'printed' || telegraph === 'none',
    {
      message: "with the telegraph noise of the program ('noise') signs are drawn at each reading",
      path: ['senseAmplifier'],
    },
  );
