import { type Diagnostic, error, type Source } from '../../base/index.js';
import {
  type CharacteristicData,
  characteristicFormat,
  characteristicVersion,
  lengthOf,
  monotoneCubic,
} from './characteristic-data.js';
import { TransferCharacteristic } from './transfer-characteristic.js';

export interface ReadCharacteristic {
  /** Absent where the file cannot be used. */
  readonly characteristic?: TransferCharacteristic;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the file of a characteristic; says what is wrong with one that cannot be used. */
export function readCharacteristic({ name, text }: Source): ReadCharacteristic {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (problem) {
    return refused(name, `it is not JSON: ${(problem as Error).message}`);
  }
  const problem = formatProblem(data) ?? contentProblem(data as CharacteristicData);
  if (problem !== undefined) return refused(name, problem);
  return {
    characteristic: new TransferCharacteristic(data as CharacteristicData),
    diagnostics: [],
  };
}

/** The file of a characteristic, numbers with all their digits. */
export function writeCharacteristic({ data }: TransferCharacteristic): string {
  // Lists of numbers on one line each: so a person can read the rest.
  const text = JSON.stringify(data, undefined, 2);
  return `${text.replaceAll(
    /\[\s*(?:(?:-?[\d.eE+-]+|null),\s*)*(?:-?[\d.eE+-]+|null)\s*\]/g,
    (list) => list.replaceAll(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']'),
  )}\n`;
}

function refused(name: string, reason: string): ReadCharacteristic {
  const help = ["'oxspice characterize' writes such files"];
  const message = `'${name}' is no transfer characteristic that can be used: ${reason}`;
  return { diagnostics: [error('A101', message, undefined, { help })] };
}

function formatProblem(data: unknown): string | undefined {
  const { format, version, interpolation } = (data ?? {}) as Partial<CharacteristicData>;
  if (format !== characteristicFormat) return `its format is not '${characteristicFormat}'`;
  if (version !== characteristicVersion)
    return `its version is ${String(version)}, and this program reads ${characteristicVersion}`;
  if (interpolation !== monotoneCubic)
    return `its interpolation '${String(interpolation)}' is not known`;
  return undefined;
}

/** What would make a table unusable: lists of wrong length, knots that do not ascend. */
function contentProblem({
  name,
  inputs,
  outputs,
  provenance,
}: Partial<CharacteristicData>): string | undefined {
  if (typeof name !== 'string') return 'it has no name';
  if (!Array.isArray(inputs)) return 'it has no inputs';
  if (!Array.isArray(outputs) || outputs.length === 0) return 'it has no outputs';
  if (typeof provenance?.circuitHash !== 'string') return 'its provenance has no circuitHash';
  const list = inputs as CharacteristicData['inputs'];
  for (const input of list) {
    const problem = inputProblem(input);
    if (problem !== undefined) return `input '${input.name}': ${problem}`;
  }
  const count = list.reduce((product, input) => product * lengthOf(input), 1);
  for (const output of outputs as CharacteristicData['outputs']) {
    const problem = outputProblem(output, count);
    if (problem !== undefined) return `output '${output.name}': ${problem}`;
  }
  return undefined;
}

function inputProblem(input: CharacteristicData['inputs'][number]): string | undefined {
  if (input.kind === 'continuous') {
    const { knots, scale } = input;
    if (!isNumbers(knots) || knots.length < 2) return 'it needs two knots at least';
    if (knots.some((knot, k) => k > 0 && knot <= knots[k - 1])) return 'its knots do not ascend';
    if (scale === 'linear') return undefined;
    if (scale !== 'logarithmic') return `its scale '${String(scale)}' is not known`;
    return knots[0] > 0 ? undefined : 'knots on a logarithmic scale must be positive';
  }
  if (input.kind !== 'discrete') return 'it is neither continuous nor discrete';
  const { values, labels } = input;
  if (!isNumbers(values) || values.length === 0) return 'it has no values';
  if (labels && labels.length !== values.length) return 'it does not have a label for each value';
  return undefined;
}

function outputProblem(
  { kind, values, bound, verification }: CharacteristicData['outputs'][number],
  count: number,
): string | undefined {
  if (!['value', 'probability', 'quantile'].includes(kind))
    return `its kind '${kind}' is not known`;
  if (!isNumbers(values)) return 'its values are not all numbers';
  if (values.length !== count) return `it has ${values.length} values, and its inputs ${count}`;
  if (typeof bound?.absolute !== 'number') return 'it has no error bound';
  if (typeof verification?.points !== 'number') return 'it has no verification';
  return undefined;
}

function isNumbers(list: unknown): list is readonly number[] {
  return Array.isArray(list) && list.every((each) => Number.isFinite(each));
}
