import {
  characteristicFormat,
  type CharacteristicInput,
  type OutputKind,
  TransferCharacteristic,
} from '../../../src/arch/index.js';

export const unverified = {
  bound: { absolute: 1e-3, ofRange: 1e-3, met: true },
  verification: { points: 0, max: 0, rms: 0, worst: {}, seed: 1, safety: 2 },
};

/** A characteristic with one output `y`, its values those of `f` at all combinations of inputs. */
export function characteristicOf(
  inputs: readonly CharacteristicInput[],
  f: (...point: number[]) => number,
  kind: OutputKind = 'value',
): TransferCharacteristic {
  let points: number[][] = [[]];
  for (const input of inputs) {
    const places = input.kind === 'continuous' ? input.knots : input.values;
    points = points.flatMap((point) => places.map((place) => [...point, place]));
  }
  return new TransferCharacteristic({
    format: characteristicFormat,
    version: 1,
    name: 'analytic',
    interpolation: 'monotone cubic',
    inputs,
    outputs: [
      { kind, name: 'y', unit: 'V', values: points.map((point) => f(...point)), ...unverified },
    ],
    figures: [],
    provenance: { deck: '', title: '', circuitHash: '0', program: '', spec: {}, runs: 0 },
  });
}

/** `count` knots from `low` to `high`, evenly spaced. */
export function evenly(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => low + ((high - low) * k) / (count - 1));
}
