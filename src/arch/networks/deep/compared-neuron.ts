/**
 * The stochastic neuron of Parmar and Suri (section III-B) from the characteristics of its two halves:
 * the voltage of the sigmoid over its current, and the distribution of the reference, which is the
 * voltage of a cycled OxRAM times the gain of its amplifier (section IV-C). The comparator says
 *
 *     P(fire) = P(V_reference < V_sigmoid)
 */
import type { TransferCharacteristic } from '../../characterize/index.js';
import type { Neuron } from './neuron.js';

/** Names of the inputs that a characteristic of a reference has. */
const [gainInput, probabilityInput] = ['gain', 'probability'];

/** Values of discrete or further inputs, by their names. */
export type FixedInputs = Readonly<Record<string, number | string>>;

/** The halves of a neuron. */
export interface NeuronHalves {
  readonly sigmoid: TransferCharacteristic;
  readonly reference: TransferCharacteristic;
  /** Of the sigmoid: its temperature. */
  readonly at: FixedInputs;
}

/** Why no neuron can be made of them, if none can. */
export function neuronProblem({ sigmoid, reference, at }: NeuronHalves): string | undefined {
  const unknown = Object.keys(at).find((name) => !sigmoid.inputs.some((own) => own.name === name));
  if (unknown !== undefined) return `'${sigmoid.name}' has no input '${unknown}'`;
  const open = sigmoid.inputs.filter(
    (input) => !(input.name in at) && !(input.kind === 'discrete' && input.values.length === 1),
  );
  const several = open.find(({ kind }) => kind === 'discrete');
  if (several) return `'${sigmoid.name}' has several values of '${several.name}': give one in 'at'`;
  if (open.length !== 1) return `'${sigmoid.name}' is no curve over one input`;
  const names = reference.inputs.map(({ name }) => name);
  const right = names.length === 2 && names[0] === gainInput && names[1] === probabilityInput;
  if (!right || reference.output().kind !== 'quantile')
    return `'${reference.name}' has no quantiles over the input '${gainInput}'`;
  return valueProblem(sigmoid, at);
}

/** A value that a chosen input does not have, and a curve that does not rise. */
function valueProblem(sigmoid: TransferCharacteristic, at: FixedInputs): string | undefined {
  try {
    const voltage = sigmoid.function(undefined, { fixed: at, outside: 'clamp' });
    const [[first, last]] = voltage.domain;
    return voltage.value(last) > voltage.value(first)
      ? undefined
      : `'${sigmoid.name}' does not rise`;
  } catch (problem) {
    return (problem as Error).message;
  }
}

/** The gains that a reference was characterized at: from, to. */
export function gainsOf(reference: TransferCharacteristic): readonly [number, number] {
  const { domain } = reference.function();
  return domain[0];
}

/**
 * The neuron with a gain of V_OxRAM. A sum of zero is put to the middle of the sigmoid's swing, and a
 * sum of 1 to so much more current that the slope there is that of the logistic function: a gain that
 * is too large or too small is not made up for. Beyond the characteristic its ends count.
 */
export function comparedNeuron({ sigmoid, reference, at }: NeuronHalves, gain: number): Neuron {
  const voltage = sigmoid.function(undefined, { fixed: at, outside: 'clamp' });
  const [[first, last]] = voltage.domain;
  const [low, high] = [voltage.value(first), voltage.value(last)];
  const middle = crossing((x) => voltage.value(x), [first, last], (low + high) / 2);
  const unit = (0.25 * (high - low)) / voltage.derivative(middle);
  const quantile = reference.function(undefined, { fixed: { [gainInput]: gain } });
  return {
    probability: (sum) =>
      crossing((p) => quantile.value(p), [0, 1], voltage.value(middle + sum * unit)),
  };
}

/** Where a rising function passes a value; an end of the interval where it does not. */
function crossing(
  of: (x: number) => number,
  [from, to]: readonly [number, number],
  value: number,
): number {
  if (value <= of(from)) return from;
  if (value >= of(to)) return to;
  let [low, high] = [from, to];
  for (let k = 0; k < 40; k++) {
    const middle = (low + high) / 2;
    if (of(middle) < value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
