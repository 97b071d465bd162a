import type { IntegrationMethod } from './method.js';

/**
 * The trapezoidal rule: qdot(n+1) = 2/h·(q(n+1) − q(n)) − qdot(n). Order 2, A-stable; it keeps the
 * energy of a linear lossless circuit whatever the steps are; what changes too fast for the steps
 * rings on for ever (`ringing.ts`). Its error is h³/12·q‴ = h³/2·[q,q,q,q].
 */
export const trapezoidal: IntegrationMethod = {
  name: 'trapezoidal',
  order: 2,
  rings: true,
  coefficients(h, _g, out) {
    out[0] = 2 / h;
    out[1] = -2 / h;
    out[2] = 0;
    out[3] = -1;
  },
  errorConstant(h) {
    return (h * h * h) / 2;
  },
};
