import { gear2 } from './gear2.js';
import type { IntegrationMethod } from './method.js';
import { trapezoidal } from './trapezoidal.js';

/** With this part both stages have the same a0, up to the last bits, and the method is L-stable. */
const part = 2 - Math.SQRT2;

/** Error of a step H: 0.0404·H³·q‴. */
const errorOfStep = (3 * part * part - 4 * part + 2) / (12 * (2 - part));

/**
 * TR-BDF2: the trapezoidal rule over 58.6 % of a step, then Gear's formula of order 2 over the start,
 * that point and the end (Bank, Coughran, Fichtner, Grosse, Rose, Smith, IEEE Trans. CAD 4(4), 1985;
 * Hosea and Shampine, Appl. Numer. Math. 20, 1996). Order 2, A- and L-stable whatever the steps are:
 * for circuits in which the trapezoidal rule rings and Gear's formula damps too much.
 */
export const trBdf2: IntegrationMethod = {
  name: 'TR-BDF2',
  order: 2,
  stage: { method: trapezoidal, part },
  coefficients(h, g, out) {
    gear2.coefficients(h, g, out);
  },
  errorConstant(h, g) {
    return 6 * errorOfStep * (h + g) ** 3;
  },
};
