import type { TransferCharacteristic } from '../characterize/index.js';
import type { World } from '../trainers/trainer.js';

/** The feedback circuit of a row (fig. 4): error y [V] to the length of its pulse [s], with y's sign. */
export type Feedback = (y: number) => number;

/** Linear up to the end of the sawtooth [V], which writes for all of the phase [s]. */
export function idealFeedback(sawtooth: number, writeTime: number): Feedback {
  return (y) => Math.sign(y) * writeTime * Math.min(1, Math.abs(y) / sawtooth);
}

/** As measured: output `width` over the error; beyond its domain it goes on in proportion, to the phase's end. */
export function characteristicFeedback(
  measured: TransferCharacteristic,
  writeTime: number,
): Feedback {
  const width = measured.function('width', { outside: 'clamp' });
  const [[least, most]] = width.domain;
  return (y) => {
    const inside = Math.min(most, Math.max(least, y));
    const length = Math.abs(width.value(inside)) * (inside === y ? 1 : y / inside);
    return Math.sign(y) * Math.min(writeTime, length);
  };
}

/** The feedback of the settings; one that is a circuit has its pulses from there. */
export function feedbackOf(
  settings: {
    readonly feedback: string;
    readonly feedbackCharacteristic?: string | undefined;
    readonly sawtooth: number;
    readonly writeTime: number;
  },
  world: World,
): Feedback {
  const { feedback, feedbackCharacteristic, sawtooth, writeTime } = settings;
  return feedback === 'characteristic'
    ? characteristicFeedback(world.characteristic(feedbackCharacteristic!), writeTime)
    : idealFeedback(sawtooth, writeTime);
}
