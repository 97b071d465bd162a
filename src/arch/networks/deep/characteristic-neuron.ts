import { DiagnosticError, error } from '../../../base/index.js';
import type { TransferCharacteristic } from '../../characterize/index.js';
import type { Neuron } from './neuron.js';

/** A neuron of which a circuit says how likely it fires. */
export interface CharacterizedNeuron extends Neuron {
  /** Input at which it fires half the time, in the unit of the characteristic. */
  readonly middle: number;
  /** What a sum of 1 stands for, in that unit. */
  readonly unit: number;
}

/**
 * From a characteristic of the probability to fire over one input. A sum of zero is put where it fires
 * half the time, and a sum of 1 to so much more that the slope there is that of the logistic function
 * (1/4): what remains is the shape that the circuit has. Beyond the characteristic its ends count.
 *
 * @throws DiagnosticError where the probability does not rise through one half
 */
export function characteristicNeuron(of: TransferCharacteristic): CharacterizedNeuron {
  const fires = of.function(undefined, { outside: 'clamp' });
  const [[first, last]] = fires.domain;
  if (!(fires.value(first) < 0.5 && fires.value(last) > 0.5))
    throw new DiagnosticError([
      error(
        'A130',
        `'${of.name}' does not rise through one half: no neuron can be made of it`,
        undefined,
        {
          help: ['characterize it over inputs between which it begins to fire'],
        },
      ),
    ]);
  let [low, high] = [first, last];
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (fires.value(middle) < 0.5) low = middle;
    else high = middle;
  }
  const unit = 0.25 / fires.derivative(low);
  return {
    middle: low,
    unit,
    probability: (sum) => Math.min(1, Math.max(0, fires.value(low + sum * unit))),
  };
}
