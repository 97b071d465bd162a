import { avg } from './avg.js';
import { delay } from './delay.js';
import { deriv } from './deriv.js';
import { duty } from './duty.js';
import { err1 } from './err1.js';
import { err2 } from './err2.js';
import { find } from './find.js';
import { freq } from './freq.js';
import { integ } from './integ.js';
import { maxAt } from './max-at.js';
import { max } from './max.js';
import type { Measure } from './measure.js';
import { minAt } from './min-at.js';
import { min } from './min.js';
import { offTime } from './off-time.js';
import { onTime } from './on-time.js';
import { param } from './param.js';
import { pp } from './pp.js';
import { rms } from './rms.js';
import { when } from './when.js';

/** Every measure, one line each. */
export const measures: readonly Measure[] = [
  avg,
  rms,
  min,
  max,
  minAt,
  maxAt,
  pp,
  integ,
  deriv,
  find,
  when,
  delay,
  param,
  err1,
  err2,
  duty,
  freq,
  onTime,
  offTime,
];
