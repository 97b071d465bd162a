/**
 * Parameters of the weak RESET of HfOx memories: Majumdar et al., "Model of the weak RESET process
 * in HfOx resistive memory for deep learning frameworks", IEEE TED 68(10), 4925, 2021, Tables I and
 * II. The device of circuits and the arrays of networks both take theirs from here.
 *
 * Table I rounds; what stands here has the digits, and the ends of the laws, of the authors' program
 * (github.com/Atreya95/Learning-with-memory-device-imperfections). m2 is exponential, as Table I and
 * Fig. 4 have it (the text once says log-normal).
 */

/** Device to device. Laws are cut off at `least` and `most`. */
export const weakResetSpread = {
  /** Growth per pulse before the knee: exponential. */
  m1: { offset: 3.7415768e-5, scale: 6.564678e-4, most: 7.6e-3 },
  /** Offset of the gap: Gaussian. */
  c1: { mean: 5.293141e-3, sigma: 5.3208042e-2, least: -0.15, most: 0.15 },
  /** Pulse number of the knee: log-normal, by its median and the deviation of its logarithm. */
  tstar: { median: 542.5385, sigma: 0.80338177, least: 41, most: 2000 },
  /** Growth per pulse behind the knee: exponential; its offset of 1.6e-34 is zero. */
  m2: { offset: 0, scale: 2.8890517e-5, most: 1.3e-4 },
  /** Resistance where the gap is zero [Ω]: Gaussian. */
  r0: { mean: 6988, sigma: 381.7, least: 6252, most: 7897 },
  /** Amplitude of the telegraph noise: uniform from zero. */
  a: { most: 0.5 },
} as const;

/** Cycle to cycle: Table II. */
export const weakResetNoise = {
  /** Probability per pulse that the telegraph noise goes up, and down. */
  phigh: 8e-4,
  plow: 2e-3,
  /** Factor of the pink noise, and its number of coefficients. */
  alpha: 0.025,
  taps: 15,
} as const;

/** The pulses of the measurements. */
export const weakResetPulse = {
  /** Height [V] and width [s]. */
  voltage: 1,
  width: 1e-7,
  /** Pulses that the curves of Fig. 5 reach; those of Table I's knees. */
  measured: 2000,
  /** Cycles up to which devices were seen to work (Fig. 2). */
  endurance: 1e10,
} as const;
