import { flag, integer, optionalReal, real } from '../../../base/index.js';

/** What an instance sets; it may override parameters of the card besides. */
export const instanceParameters = {
  l: real(5e-6, 'm', 'channel length', '(0:inf)'),
  w: real(5e-6, 'm', 'channel width, of all fingers', '(0:inf)'),
  nf: real(1, '', 'number of fingers', '[1:inf)'),
  min: integer(0, 'with an even number of fingers: 1 for as few sources as possible', '[0:1]'),
  ad: optionalReal('m²', 'drain area; from the layout if not given'),
  as: optionalReal('m²', 'source area'),
  pd: optionalReal('m', 'drain perimeter'),
  ps: optionalReal('m', 'source perimeter'),
  nrd: real(1, '', 'squares of the drain', '[0:inf)'),
  nrs: real(1, '', 'squares of the source', '[0:inf)'),
  sa: real(0, 'm', 'distance from the gate to the edge of the diffusion, one side'),
  sb: real(0, 'm', 'the same, other side'),
  sd: optionalReal('m', 'distance between neighbouring fingers; 2·dmcg'),
  sca: real(0, '', 'first integral over the distribution of scattered dopants'),
  scb: real(0, '', 'second integral'),
  scc: real(0, '', 'third integral'),
  sc: real(0, 'm', 'distance to a single edge of the well'),
  delvto: real(0, 'V', 'change of the threshold voltage'),
  mulu0: real(1, '', 'factor of the mobility', '(0:inf)'),
  off: flag(false, 'start the search for an operating point with all voltages zero'),
  icvds: optionalReal('V', 'drain-source voltage at the start of a transient with uic'),
  icvgs: optionalReal('V', 'gate-source voltage at the start of a transient with uic'),
  icvbs: optionalReal('V', 'bulk-source voltage at the start of a transient with uic'),
};
