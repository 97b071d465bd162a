export * from './characteristic-data.js';
export { CharacteristicFunction, type NumberArray } from './characteristic-function.js';
export { ConditionalSampler, probabilityInput, type SampleKey } from './conditional-sampler.js';
export { OutsideDomain, type OutsidePolicy } from './outside-domain.js';
export {
  type ReadCharacteristic,
  readCharacteristic,
  writeCharacteristic,
} from './read-characteristic.js';
export { type FunctionOptions, TransferCharacteristic } from './transfer-characteristic.js';
