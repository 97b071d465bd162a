/**
 * Distribution functions that confidence intervals need. Quantiles by bisection: they are asked for a
 * few times only. Series and continued fractions as in Abramowitz and Stegun, "Handbook of
 * Mathematical Functions", 6.5.29, 6.5.31 and 26.5.8; ln Γ by Lanczos, SIAM J. Numer. Anal. B 1,
 * 86 (1964), with the coefficients of Godfrey (g = 607/128, relative error below 1e-14).
 */
const lanczos = [
  0.99999999999999709182, 57.156235665862923517, -59.597960355475491248, 14.136097974741747174,
  -0.49191381609762019978, 3.3994649984811888699e-5, 4.6523628927048575665e-5,
  -9.8374475304879564677e-5, 1.5808870322491248884e-4, -2.1026444172410488319e-4,
  2.174396181152126432e-4, -1.6431810653676389022e-4, 8.4418223983852743293e-5,
  -2.619083840158140867e-5, 3.6899182659531622704e-6,
];

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  const y = x - 1;
  const t = y + 607 / 128 + 0.5;
  const sum = lanczos.reduce((total, c, k) => (k === 0 ? c : total + c / (y + k)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** The regularized incomplete gamma function P(a, x). */
export function gammaProbability(a: number, x: number): number {
  if (x <= 0) return 0;
  const factor = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let k = 1; k < 10_000 && term > sum * 1e-16; k++) sum += term *= x / (a + k);
    return factor * sum;
  }
  return 1 - factor * fraction((k) => [k === 0 ? 1 : -k * (k - a), x + 2 * k + 1 - a]);
}

/** The regularized incomplete beta function Iₓ(a, b): the distribution function of Beta(a, b). */
export function betaProbability(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaProbability(1 - x, b, a);
  const front = a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b);
  const terms = (k: number): [number, number] => {
    if (k === 0) return [1, 1];
    const m = Math.floor((k - 1) / 2) + (k % 2 === 0 ? 1 : 0);
    const d =
      k % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    return [d, 1];
  };
  return (Math.exp(front) / a) * fraction(terms);
}

/** The x below which Beta(a, b) lies with probability p. */
export function betaQuantile(p: number, a: number, b: number): number {
  return bisect((x) => betaProbability(x, a, b), p, 0, 1);
}

export function chiSquareQuantile(p: number, freedom: number): number {
  const high = freedom + 50 * Math.sqrt(2 * freedom) + 200;
  return bisect((x) => gammaProbability(freedom / 2, x / 2), p, 0, high);
}

/** Of Student's t; p above one half. */
export function studentQuantile(p: number, freedom: number): number {
  // t² = ν(1 − y)/y where y is Beta(ν/2, 1/2) and P(|T| > t) = I_y.
  const y = betaQuantile(2 * (1 - p), freedom / 2, 0.5);
  return Math.sqrt((freedom * (1 - y)) / y);
}

/** Evaluates a₀/(b₀ + a₁/(b₁ + …)) by the method of Lentz. */
function fraction(terms: (k: number) => readonly [number, number]): number {
  const tiny = 1e-300;
  let value = tiny;
  let c = tiny;
  let d = 0;
  for (let k = 0; k < 10_000; k++) {
    const [a, b] = terms(k);
    d = 1 / (b + a * d || tiny);
    c = b + a / c || tiny;
    const change = c * d;
    value *= change;
    if (k > 0 && Math.abs(change - 1) < 1e-15) break;
  }
  return value;
}

function bisect(rising: (x: number) => number, p: number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let k = 0; k < 200 && high - low > 1e-15 * high; k++) {
    const middle = (low + high) / 2;
    if (rising(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
