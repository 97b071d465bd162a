// By which rule the results of a deck are compared, and by how much they may differ.

/**
 * Operating points, sweeps and small-signal results: relative to the reference, beyond a floor.
 * Transients: rms over the span of the reference. A deck says in a comment where another rule is
 * the right one:
 *
 *     * compare: oscillator v(x)          period and one aligned period of this signal
 *     * compare: edges v(x) 0.9 2p        times of the crossings through 0.9 V, within 2 ps
 */
export const limits = {
  relative: 1e-6,
  rms: 2e-3,
  period: 2e-3,
  /** What is below counts as equal, by unit: a thousandth of the absolute tolerances. */
  pointFloor: { V: 1e-9, A: 1e-15, '': 1e-12 },
  /** The same for results that are no signals, by analysis; poles and zeros in rad/s. */
  floors: { noise: 1e-18, 'integrated-noise': 1e-18, tf: 1e-12, sens: 1e-12, pz: 1e-3 },
  /** Sensitivities: ngspice's are differences over 1e-6 of the parameter. */
  differences: 2e-5,
  /** Of an rms in a transient: the absolute tolerances. */
  rmsFloor: { V: 1e-6, A: 1e-9, '': 1e-9 },
};

/** The rule for a deck's transients. */
export function transientRule(text, parseQuantity) {
  const words = /^\*\s*compare:\s*(.*)$/im.exec(text)?.[1].trim().split(/\s+/) ?? [];
  const [kind = 'rms', signal, level, tolerance] = words;
  if (kind === 'edges')
    return { kind, signal, level: parseQuantity(level), tolerance: parseQuantity(tolerance) };
  return { kind, signal };
}

/**
 * Tolerances that are enough for the reference of a deck that ngspice does not get through with
 * smaller ones, as the deck says in a comment; undefined where it does not:
 *
 *     * reference: reltol=1e-4 chgtol=1e-15 step=20n
 */
export function statedTolerances(text, parseQuantity) {
  const words = /^\*\s*reference:\s*(.*)$/im.exec(text)?.[1].trim().split(/\s+/);
  if (!words) return undefined;
  const { step, ...stated } = Object.fromEntries(
    words.map((word) => {
      const [name, value] = word.split('=');
      return [name, parseQuantity(value)];
    }),
  );
  return { reltol: firstTolerance, chgtol: 1e-18, ...stated, maxStep: step ?? 0 };
}

/** Of references, where nothing else is said. */
export const firstTolerance = 1e-6;
