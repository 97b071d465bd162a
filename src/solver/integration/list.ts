import type { IntegrationName } from '../options.js';
import { gear2 } from './gear2.js';
import type { IntegrationMethod } from './method.js';
import { trBdf2 } from './tr-bdf2.js';
import { trapezoidal } from './trapezoidal.js';

/** The methods that `.options method=` chooses from. */
export const integrationMethods: Readonly<Record<IntegrationName, IntegrationMethod>> = {
  trapezoidal,
  gear: gear2,
  trbdf2: trBdf2,
};
