import type { IntegrationMethod } from './method.js';

/**
 * Backward Euler: qdot(n+1) = (q(n+1) − q(n)) / h. Order 1, L-stable: it starts integration and
 * takes the first step behind a corner, where it forgets what it must not remember. Its error is
 * h²/2·q″ = h²·[q, q, q].
 */
export const backwardEuler: IntegrationMethod = {
  name: 'backward Euler',
  order: 1,
  coefficients(h, _g, out) {
    out[0] = 1 / h;
    out[1] = -1 / h;
    out[2] = 0;
    out[3] = 0;
  },
  errorConstant(h) {
    return h * h;
  },
};
