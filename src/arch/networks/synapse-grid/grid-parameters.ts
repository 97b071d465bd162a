import { z } from 'zod';

/**
 * Parameters of the 2T1M network: Rosenthal et al., ISCAS 2016, table 1, apart from `thickness`, which
 * is the default of the Technion's model of TEAM, whose other values are those of the table.
 */
export const gridSettings = {
  /** Input voltage that stands for 1 [V]. */
  inputScale: z.number().positive().default(0.6),
  /** Voltage of the bias input [V]; table 1 prints 0.18 and 0.16. */
  bias: z.number().default(0.18),
  /** Inputs are divided by it when read, and rows multiplied. */
  a: z.number().positive().default(10),
  /** From a row to ground [Ω]. */
  rout: z.number().positive().default(1e3),
  /** What is subtracted from each synapse: its resistance at s = 0.5 [Ω]. */
  rref: z.number().positive().default(100.05e3),
  ron: z.number().positive().default(100),
  roff: z.number().positive().default(200e3),
  /** Speed of TEAM at twice its threshold [m/s]. */
  k: z.number().positive().default(100e-9),
  /** Threshold current of TEAM [A]. */
  threshold: z.number().positive().default(1e-6),
  /** Exponent of TEAM. */
  alpha: z.number().positive().default(2),
  /** Between the bounds of the state [m]. */
  thickness: z.number().positive().default(3e-9),
  /** Longest writing pulse [s]. */
  writeTime: z.number().positive().default(10e-6),
  /** End of the sawtooth: an error of this size writes all the time [V]. */
  sawtooth: z.number().positive().default(15e-3),
  /** Whether the currents of all synapses of a row load it (as in the circuit), or eq. (5) holds. */
  loaded: z.boolean().default(true),
};

export type GridSettings = z.output<z.ZodObject<typeof gridSettings>>;
