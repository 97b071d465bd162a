import { closest } from '../../base/index.js';
import {
  type CharacteristicData,
  type CharacteristicInput,
  type CharacteristicOutput,
  type ContinuousInput,
  coordinate,
  type DiscreteInput,
  lengthOf,
} from './characteristic-data.js';
import { CharacteristicFunction } from './characteristic-function.js';
import { OutsideDomain, type OutsidePolicy } from './outside-domain.js';
import { TensorTable } from './tensor-table.js';

export interface FunctionOptions {
  /**
   * Inputs that are no arguments of the function: numbers, or labels of discrete values. Discrete
   * inputs of more than one value must be among them; continuous ones may.
   */
  readonly fixed?: Readonly<Record<string, number | string>>;
  /** What happens beyond the domain. Default: it refuses. */
  readonly outside?: OutsidePolicy;
}

/**
 * What a circuit does, as functions that are fast to call: made by `oxspice characterize`, read by
 * `readCharacteristic`.
 *
 *     const gain = characteristic.function('v(out)', { fixed: { corner: 'tt' } });
 *     gain.value(0.3);  gain.derivative(0.3);  gain.evaluate([inputs], outputs, [slopes]);
 *
 * Names and labels that are not there are mistakes in the calling program: they throw.
 */
export class TransferCharacteristic {
  readonly data: CharacteristicData;

  constructor(data: CharacteristicData) {
    this.data = data;
  }

  get name(): string {
    return this.data.name;
  }

  get inputs(): readonly CharacteristicInput[] {
    return this.data.inputs;
  }

  get outputs(): readonly CharacteristicOutput[] {
    return this.data.outputs;
  }

  /** Identifies the circuit that it was made from. */
  get circuitHash(): string {
    return this.data.provenance.circuitHash;
  }

  output(name?: string): CharacteristicOutput {
    const { outputs } = this.data;
    return name === undefined ? outputs[0] : named(outputs, name, 'output', this.name);
  }

  /** An output (the first one by default) as a function of the inputs that are not fixed. */
  function(
    name?: string,
    { fixed = {}, outside = 'refuse' }: FunctionOptions = {},
  ): CharacteristicFunction {
    const output = this.output(name);
    for (const each of Object.keys(fixed)) named(this.data.inputs, each, 'input', this.name);
    const continuous = this.inputs.filter((each) => each.kind === 'continuous');
    const knots = continuous.map(({ scale, knots: own }) => own.map((x) => coordinate(scale, x)));
    let table = TensorTable.through(knots, this.#chosen(output, fixed));
    const free: ContinuousInput[] = [];
    for (const input of continuous) {
      const at = fixed[input.name];
      if (at === undefined) free.push(input);
      else table = table.slice(free.length, inside(input, Number(at)));
    }
    return new CharacteristicFunction(output, free, table, outside);
  }

  /** The values of an output at the chosen values of all discrete inputs. */
  #chosen(
    output: CharacteristicOutput,
    fixed: Readonly<Record<string, number | string>>,
  ): number[] {
    let values: readonly number[] = output.values;
    let inner = values.length;
    for (const input of this.inputs) {
      const length = lengthOf(input);
      inner /= length;
      if (input.kind === 'continuous') continue;
      const place = placeOf(input, fixed[input.name]);
      const [stride, from] = [inner, place * inner];
      // What follows has this input no longer.
      values = values.filter((_, i) => {
        const within = i % (stride * length);
        return within >= from && within < from + stride;
      });
    }
    return [...values];
  }
}

function named<T extends { readonly name: string }>(
  list: readonly T[],
  name: string,
  what: string,
  owner: string,
): T {
  const found = list.find((each) => each.name === name);
  if (found) return found;
  const names = list.map((each) => each.name);
  const near = closest(name, names);
  const hint =
    near === undefined ? `it has ${names.join(', ') || 'none'}` : `did you mean '${near}'?`;
  throw new Error(`the characteristic '${owner}' has no ${what} '${name}'; ${hint}`);
}

function placeOf(input: DiscreteInput, chosen: number | string | undefined): number {
  const { name, values, labels = [] } = input;
  if (chosen === undefined) {
    if (values.length === 1) return 0;
    throw new Error(`'${name}' has several values: fix it at one of ${listOf(input)}`);
  }
  const byLabel = labels.indexOf(String(chosen));
  if (byLabel >= 0) return byLabel;
  const number = Number(chosen);
  const place = values.findIndex((value) => Math.abs(value - number) <= 1e-9 * Math.abs(value));
  if (place >= 0) return place;
  throw new Error(`'${name}' cannot be ${chosen}: it was characterized at ${listOf(input)}`);
}

function listOf({ values, labels }: DiscreteInput): string {
  return (labels ?? values).join(', ');
}

function inside({ name, unit, scale, knots }: ContinuousInput, value: number): number {
  const domain = [knots[0], knots[knots.length - 1]] as const;
  if (!(value >= domain[0] && value <= domain[1]))
    throw new OutsideDomain(name, unit, value, domain);
  return coordinate(scale, value);
}
