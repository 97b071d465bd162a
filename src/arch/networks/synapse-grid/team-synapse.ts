import type { GridSettings } from './grid-parameters.js';
import type { SynapseModel } from './synapse-model.js';

/**
 * A synapse as its equations: TEAM with the linear law (Kvatinsky et al., TCAS-I 60(1), 2013, eqs. (5)
 * and (7)), behind transistors without resistance:
 *
 *     R = ron + (roff − ron)·s        ds/dt = ±k/thickness·(|i|/threshold − 1)^alpha, beyond it
 */
export function teamSynapse(settings: GridSettings): SynapseModel {
  const { ron, roff, k, thickness, threshold, alpha } = settings;
  const speed = k / thickness;
  const span = roff - ron;
  return {
    conductance: (state) => 1 / (ron + span * state),
    writing: {
      kind: 'rate',
      rate(state, voltage) {
        const over = Math.abs(voltage) / ((ron + span * state) * threshold) - 1;
        if (over <= 0) return 0;
        return Math.sign(voltage) * speed * (alpha === 2 ? over * over : over ** alpha);
      },
    },
  };
}
