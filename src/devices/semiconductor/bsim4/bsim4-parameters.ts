import { channelParameters, temperatureParameters } from './channel-parameters.js';
import type { instanceParameters } from './instance-parameters.js';
import { junctionParameters } from './junction-parameters.js';
import { layoutParameters } from './layout-parameters.js';
import { leakageAndChargeParameters, plainParameters } from './leakage-and-charge-parameters.js';
import { selectorParameters } from './selector-parameters.js';

/** What a model card sets. */
export const bsim4Parameters = {
  ...selectorParameters,
  ...channelParameters,
  ...temperatureParameters,
  ...leakageAndChargeParameters,
  ...plainParameters,
  ...junctionParameters,
  ...layoutParameters,
};

/** Values of all parameters of card and instance, as the functions of the model get them. */
export type Bsim4Values = {
  readonly [K in keyof typeof bsim4Parameters | keyof typeof instanceParameters]: number;
};

/** Whether a parameter is given, by its name in quotes. */
export type Given = (parameter: string) => boolean;
