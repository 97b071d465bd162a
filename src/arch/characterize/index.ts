export * from './characteristic-data.js';
export { CharacteristicFunction, type NumberArray } from './characteristic-function.js';
export {
  characterize,
  type CharacterizeOptions,
  type CharacterizeProgress,
  type CharacterizeResult,
  openDeck,
  type OpenedExperiment,
} from './characterize.js';
export { circuitHash } from './circuit-hash.js';
export { ConditionalSampler, probabilityInput, type SampleKey } from './conditional-sampler.js';
export { fitLine, fitLogistic, type LogisticFit } from './logistic-fit.js';
export { OutsideDomain, type OutsidePolicy } from './outside-domain.js';
export {
  type ReadCharacteristic,
  readCharacteristic,
  writeCharacteristic,
} from './read-characteristic.js';
export {
  characterizeSchema,
  type CharacterizeSpecification,
  type ExperimentKind,
  experimentKinds,
  readCharacterizeSpecification,
} from './specification.js';
export { type FunctionOptions, TransferCharacteristic } from './transfer-characteristic.js';
export { writeCharacteristicCsv } from './characteristic-csv.js';
export { type CharacteristicPicture, characteristicPictures } from './characteristic-pictures.js';
export { characteristicReport, characteristicTables } from './characteristic-report.js';
