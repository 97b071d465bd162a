import {
  characteristicFormat,
  characteristicVersion,
  monotoneCubic,
} from '../../characterize/characteristic-data.js';
import { TransferCharacteristic } from '../../characterize/transfer-characteristic.js';

/** Two offsets that were measured alike are told apart by so much. */
const apart = 1e-7;

/** With 95 % confidence a distribution is no further than this from that of n draws (Massart 1990). */
export function distributionBound(draws: number): number {
  return Math.min(1, Math.sqrt(Math.log(2 / 0.05) / (2 * draws)));
}

/** How likely an amplifier reads +1 at the logarithm of a ratio, from the offsets of some. */
export function offsetCharacteristic(offsets: readonly number[]): TransferCharacteristic {
  const sorted = [...offsets].sort((a, b) => a - b).map((offset, k) => offset + k * apart);
  const n = sorted.length;
  // Beyond the ends half a draw is left on each side.
  const step = (sorted[n - 1] - sorted[0]) / (n - 1) + apart;
  const knots = [sorted[0] - step, ...sorted, sorted[n - 1] + step];
  const values = [0, ...sorted.map((_, k) => (k + 0.5) / n), 1];
  const bound = distributionBound(n);
  const verification = { points: 0, max: 0, rms: 0, worst: {}, seed: 0, safety: 1 };
  return new TransferCharacteristic({
    format: characteristicFormat,
    version: characteristicVersion,
    name: 'sense amplifiers of the training',
    interpolation: monotoneCubic,
    inputs: [{ kind: 'continuous', name: 'ratio', unit: '', scale: 'linear', knots }],
    outputs: [
      {
        ...{ kind: 'probability', name: 'p(+1)', unit: '', values },
        bound: { absolute: bound, ofRange: bound, met: true },
        verification,
      },
    ],
    figures: [],
    provenance: {
      ...{ deck: 'sense-amplifier.characterize.sp', title: 'offsets by halving' },
      ...{ circuitHash: '', program: 'oxspice', spec: { amplifiers: n }, runs: n },
    },
  });
}
