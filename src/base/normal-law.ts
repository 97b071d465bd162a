/**
 * The standard normal law: distribution function (to 1e-15 absolute) and its inverse (to 1e-15
 * relative). Each stands for itself, with its constants written out, because device models name them
 * in `uses`.
 */

/**
 * P(Z < x). Rational approximation of Hart et al., "Computer Approximations", Wiley 1968, no. 5666,
 * with a continued fraction in the tails.
 */
export function normalProbability(x: number): number {
  const z = Math.min(Math.abs(x), 37.5);
  const p0 = 220.206867912376 + 221.213596169931 * z + 112.079291497871 * z ** 2;
  const p3 = 33.912866078383 + 6.37396220353165 * z + 0.700383064443688 * z ** 2;
  const p = p0 + z ** 3 * (p3 + 3.52624965998911e-2 * z ** 3);
  const q0 = 440.413735824752 + 793.826512519948 * z + 637.333633378831 * z ** 2;
  const q3 = 296.564248779674 + 86.7807322029461 * z + 16.064177579207 * z ** 2;
  const q = q0 + z ** 3 * (q3 + 1.75566716318264 * z ** 3 + 8.83883476483184e-2 * z ** 4);
  const fraction = z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))));
  const inner = z < 7.07106781186547 ? p / q : 1 / (2.506628274631 * fraction);
  const tail = Math.exp((-z * z) / 2) * inner;
  return x > 0 ? 1 - tail : tail;
}

/**
 * The z with P(Z < z) = p; p is taken within 1e-300 … 1 − 1e-16. Wichura, "Algorithm AS 241: the
 * percentage points of the normal distribution", J. R. Stat. Soc. C 37, 477, 1988 (PPND16).
 */
export function normalQuantile(p: number): number {
  const inside = Math.min(Math.max(p, 1e-300), 1 - 1e-16);
  const q = inside - 0.5;
  // A polynomial from its highest coefficient.
  const polynomial = (x: number, c: readonly number[]): number => {
    let sum = 0;
    for (let k = 0; k < 8; k++) sum = sum * x + c[k];
    return sum;
  };
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    const above = polynomial(
      r,
      [
        2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4,
        4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3,
        1.3314166789178437745e2, 3.387132872796366608,
      ],
    );
    const below = polynomial(
      r,
      [
        5.226495278852854561e3, 2.8729085735721942674e4, 3.930789580009271061e4,
        2.1213794301586595867e4, 5.3941960214247511077e3, 6.871870074920579083e2,
        4.2313330701600911252e1, 1,
      ],
    );
    return (q * above) / below;
  }
  const tail = q < 0 ? inside : 1 - inside;
  const r = Math.sqrt(-Math.log(tail));
  const near = r <= 5;
  const x = near ? r - 1.6 : r - 5;
  const above = near
    ? polynomial(
        x,
        [
          7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.4178072517745061177e-1,
          1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055,
          4.6303378461565452959, 1.42343711074968357734,
        ],
      )
    : polynomial(
        x,
        [
          2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.2426609473880784386e-3,
          2.6532189526576123093e-2, 2.9656057182850489123e-1, 1.7848265399172913358,
          5.4637849111641143699, 6.6579046435011037772,
        ],
      );
  const below = near
    ? polynomial(
        x,
        [
          1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2,
          1.4810397642748007459e-1, 6.8976733498510000455e-1, 1.6763848301838038494,
          2.05319162663775882187, 1,
        ],
      )
    : polynomial(
        x,
        [
          2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
          7.868691311456132591e-4, 1.48753612908506148525e-2, 1.3692988092273580531e-1,
          5.9983220655588793769e-1, 1,
        ],
      );
  return q < 0 ? -above / below : above / below;
}
