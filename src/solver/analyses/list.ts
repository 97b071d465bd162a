import { ac } from './ac.js';
import type { Analysis } from './analysis.js';
import { dc } from './dc.js';
import { noise } from './noise.js';
import { op } from './op.js';
import { pz } from './pz.js';
import { sens } from './sens.js';
import { tf } from './tf.js';
import { tran } from './tran.js';

/** Every analysis, one line each. */
export const analyses: readonly Analysis[] = [op, dc, ac, tran, noise, tf, sens, pz];
