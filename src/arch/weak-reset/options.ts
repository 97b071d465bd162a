/** What a population of weak-RESET devices is, apart from its pulses. */
export interface WeakResetOptions {
  /** Key of all draws, 32 bits each. */
  readonly seed: number;
  readonly run: number;
  /**
   * Number of the first device. Draws are keyed by the number of the device, so that a part of a
   * population (on a worker, say) is the same as in the whole.
   */
  readonly firstDevice: number;
  /**
   * How devices differ: by Table I with the ends of the authors' program (`truncated`), by Table I
   * as printed (`printed`), or not at all (`none`: means; the median of the knee).
   */
  readonly spread: 'truncated' | 'printed' | 'none';
  /** Whether there is telegraph noise: everywhere, behind the knee only, or not. */
  readonly telegraph: 'everywhere' | 'behind-knee' | 'none';
  /** State of the telegraph noise before the first pulse: low, as in the program, or stationary. */
  readonly start: 'low' | 'stationary';
  readonly pink: boolean;
  /** Coefficients of the pink noise: 15 as in Table II and the program, or 16 as (5) sums. */
  readonly taps: 15 | 16;
  /**
   * `printed`: normal numbers in (5), amplitude fixed for each device. `program`: what the authors'
   * program does: uniform numbers in (0, 1); amplitude a·U·U, new at each call that applies pulses.
   */
  readonly noise: 'printed' | 'program';
  /**
   * `everything` holds parameters and white numbers, 109 bytes a device; `counts` only pulses and
   * telegraph state, 5 bytes a device, and draws the rest anew at each read. Bits are the same.
   */
  readonly keep: 'everything' | 'counts';
}

export const weakResetDefaults: WeakResetOptions = {
  seed: 1,
  run: 0,
  firstDevice: 0,
  spread: 'truncated',
  telegraph: 'everywhere',
  start: 'low',
  pink: true,
  taps: 15,
  noise: 'printed',
  keep: 'everything',
};
