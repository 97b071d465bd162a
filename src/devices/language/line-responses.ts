/**
 * What lines with losses do to signals, as filters that `respond` names: a delay, and in time a sum
 * of exponentials, in small signals the exact response.
 *
 *     y(t) = rest·x₀ + direct·u(t) + slope·u′(t) + Σ weights·∫ exp(−poles·(t − s))·u(s) ds
 *
 * with u(t) = x(t − delay) − x₀ and x₀ the value before time 0. `exponentials` takes the longest time
 * that counts and the shortest that must be resolved [s].
 *
 * RC lines: their admittances for equal and for opposite voltages at the ends have the modes of the
 * line, p = n²π²/RC (Carslaw and Jaeger, "Conduction of Heat in Solids", 1959, chapter 3):
 *
 *     θ·tanh(θ/2) = 4·Σ s/(s + p_n), n odd      θ·coth(θ/2) = 2 + 4·Σ s/(s + p_n), n even,   θ = √(s·RC)
 *
 * Modes beyond the resolution are a capacitance.
 *
 * RLC lines: with α = R/2L, T = √(LC)·length both of their responses have one branch cut between the
 * poles 0 and 2α. Along it, p = α·(1 − cos φ), they are
 *
 *     √(s/(s + 2α)) − 1                     ↔  −(α/π)·∫ (1 − cos φ)·exp(−p·t) dφ
 *     exp(−T·√(s·(s + 2α))) − exp(−(s + α)·T)  ↔  (α/π)·∫ sin(αT·sin φ)·sin φ·exp(−p·t) dφ,  t > T
 *
 * over φ = 0 … π: the Bessel functions of Roychowdhury, Newton and Pederson (IEEE TCAD 13(1), 96,
 * 1994) as integrals, taken by Gauss and Legendre over intervals that halve towards φ = 0.
 */
export interface LineResponse {
  /** [s]; 0 if the value now counts at once. */
  readonly delay: number;
  /** Of what never changed. */
  readonly rest: number;
  /** At an angular frequency above zero. */
  at(omega: number): Complex;
  exponentials(longest: number, shortest: number): Exponentials;
}

export interface Complex {
  readonly re: number;
  readonly im: number;
}

export interface Exponentials {
  readonly direct: number;
  /** [s] */
  readonly slope: number;
  /** [1/s], and what each counts [1/s] */
  readonly poles: Float64Array;
  readonly weights: Float64Array;
}

export type LineResponseName = keyof typeof lineResponses;

/** By their names; the two numbers are those of `respond`. */
export const lineResponses = {
  /** θ·tanh(θ/2), of RC [s]. */
  'rc even': (rc: number): LineResponse => ({
    delay: 0,
    rest: 0,
    at: (omega) => halfAngle(omega * rc, 1),
    exponentials: (_, shortest) => modes(rc, shortest, 1),
  }),
  /** θ·coth(θ/2), of RC [s]. */
  'rc odd': (rc: number): LineResponse => ({
    delay: 0,
    rest: 2,
    at: (omega) => halfAngle(omega * rc, -1),
    exponentials: (_, shortest) => modes(rc, shortest, 2),
  }),
  /** The characteristic admittance √(s/(s + 2α)), without √(C/L), of α [1/s]. */
  'rlc admittance': (alpha: number): LineResponse => ({
    delay: 0,
    rest: 0,
    at: (omega) => {
      // s/(s + 2α) = jω·(2α − jω)/(4α² + ω²)
      const size = 4 * alpha * alpha + omega * omega;
      return squareRoot((omega * omega) / size, (2 * alpha * omega) / size);
    },
    exponentials: (longest) => {
      const cut = branchCut(alpha, longest, 0);
      const weights = cut.angles.map((angle, k) => {
        const fall = 2 * Math.sin(angle / 2) ** 2;
        return (-alpha / Math.PI) * fall * cut.widths[k];
      });
      return { direct: 1, slope: 0, poles: cut.poles, weights };
    },
  }),
  /** From one end to the other, exp(−T·√(s·(s + 2α))), of α [1/s] and T [s]. */
  'rlc propagation': (alpha: number, time: number): LineResponse => ({
    delay: time,
    rest: 1,
    at: (omega) => {
      const { re, im } = squareRoot(-omega * omega, 2 * alpha * omega);
      const size = Math.exp(-time * re);
      return { re: size * Math.cos(time * im), im: -size * Math.sin(time * im) };
    },
    exponentials: (longest) => {
      const cut = branchCut(alpha, longest, alpha * time);
      const weights = cut.angles.map((angle, k) => {
        const sine = Math.sin(angle);
        const wave = Math.sin(alpha * time * sine) * sine;
        return (alpha / Math.PI) * wave * Math.exp(-cut.poles[k] * time) * cut.widths[k];
      });
      return { direct: Math.exp(-alpha * time), slope: 0, poles: cut.poles, weights };
    },
  }),
};

const mostModes = 1000;
const leastModes = 300;

/** The modes of an RC line from number `first` on, every second one. */
function modes(rc: number, shortest: number, first: 1 | 2): Exponentials {
  // The fastest has come to rest after the shortest time, but for 1e-9 of it.
  const wanted = Math.sqrt((20 * rc) / shortest) / Math.PI / 2;
  const count = Math.round(Math.min(Math.max(wanted, leastModes), mostModes));
  const poles = Float64Array.from(
    { length: count },
    (_, k) => ((first + 2 * k) * Math.PI) ** 2 / rc,
  );
  const weights = poles.map((pole) => -4 * pole);
  // ∑ 4/p over all odd numbers is RC/2, over all even ones RC/6.
  const all = first === 1 ? rc / 2 : rc / 6;
  const slope = poles.reduceRight((left, pole) => left - 4 / pole, all);
  return { direct: 4 * count + (first === 2 ? 2 : 0), slope: Math.max(slope, 0), poles, weights };
}

interface BranchCut {
  readonly angles: Float64Array;
  readonly widths: Float64Array;
  /** [1/s] */
  readonly poles: Float64Array;
}

/**
 * Places along the branch cut, and the widths that they stand for.
 *
 * @param longest time that counts [s] @param wave phase that passes along the cut, at most [rad]
 */
function branchCut(alpha: number, longest: number, wave: number): BranchCut {
  const angles: number[] = [];
  const widths: number[] = [];
  // Below this angle the exponentials are flat.
  const flat = Math.min(1, 1 / Math.sqrt(alpha * longest));
  for (let high = Math.PI; ; high /= 2) {
    const low = high > flat ? high / 2 : 0;
    const { places, weights } = gaussLegendre(20 + Math.ceil(wave * (high - low)));
    places.forEach((place, k) => {
      angles.push(low + ((high - low) * (1 + place)) / 2);
      widths.push(((high - low) * weights[k]) / 2);
    });
    if (low === 0) break;
  }
  const poles = Float64Array.from(angles, (angle) => 2 * alpha * Math.sin(angle / 2) ** 2);
  return { angles: Float64Array.from(angles), widths: Float64Array.from(widths), poles };
}

const known = new Map<number, { places: Float64Array; weights: Float64Array }>();

/** Places and weights of Gauss and Legendre between −1 and 1: roots of P_n by Newton's method. */
function gaussLegendre(n: number): { places: Float64Array; weights: Float64Array } {
  const found = known.get(n);
  if (found) return found;
  const places = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    let x = Math.cos((Math.PI * (k + 0.75)) / (n + 0.5));
    let slope = 0;
    for (let step = 0; step < 10; step++) {
      let [before, value] = [1, x];
      for (let m = 2; m <= n; m++)
        [before, value] = [value, ((2 * m - 1) * x * value - (m - 1) * before) / m];
      slope = (n * (x * value - before)) / (x * x - 1);
      x -= value / slope;
    }
    places[k] = x;
    weights[k] = 2 / ((1 - x * x) * slope * slope);
  }
  const made = { places, weights };
  known.set(n, made);
  return made;
}

/** θ·tanh(θ/2) (power 1) or θ·coth(θ/2) (power −1) with θ = √(j·x). */
function halfAngle(x: number, power: 1 | -1): Complex {
  const r = Math.sqrt(x / 2);
  // tanh((1 + j)·r/2) = (sinh r + j·sin r)/(cosh r + cos r), all divided by exp(r)/2.
  const fall = Math.exp(-r);
  const sinh = r < 1e-3 ? 2 * fall * (r + r ** 3 / 6) : 1 - fall * fall;
  const cosh = 1 + fall * fall;
  const [sine, cosine] = [2 * fall * Math.sin(r), 2 * fall * Math.cos(r)];
  const below = cosh + power * cosine;
  // coth has cosh − cos below, and −sin above: near zero cosh − cos = r² + r⁶/360.
  const divisor = power < 0 && r < 0.05 ? 2 * fall * (r * r + r ** 6 / 360) : below;
  const [re, im] = [sinh / divisor, (power * sine) / divisor];
  return { re: r * (re - im), im: r * (re + im) };
}

/** The root with a positive real part. */
function squareRoot(re: number, im: number): Complex {
  const size = Math.hypot(re, im);
  const real = Math.sqrt((size + Math.abs(re)) / 2);
  const other = im / (2 * real);
  return re >= 0 ? { re: real, im: other } : { re: Math.abs(other), im: Math.sign(im) * real };
}
