import type { IntegrationMethod } from './method.js';

/**
 * Gear's formula of order 2 (BDF2) for variable steps: the derivative at t(n+1) of the parabola
 * through three charges. With w = h/g,
 *
 *     a0 = (1 + 2w) / (h(1 + w)),  a1 = −(1 + w) / h,  a2 = w² / (h(1 + w))
 *
 * The parabola's derivative is wrong by q‴/6·h(h + g); divided by a0 that is the error of q,
 * q‴/6·h²(h + g)²/(2h + g). Zero-stable for w < 1 + √2 (Grigorieff 1983); steps grow by 2 at most.
 */
export const gear2: IntegrationMethod = {
  name: 'Gear 2',
  order: 2,
  coefficients(h, g, out) {
    const w = h / g;
    out[0] = (1 + 2 * w) / (h * (1 + w));
    out[1] = -(1 + w) / h;
    out[2] = (w * w) / (h * (1 + w));
    out[3] = 0;
  },
  errorConstant(h, g) {
    return (h * h * (h + g) * (h + g)) / (2 * h + g);
  },
};
