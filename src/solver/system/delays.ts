/** Delayed values of all instances: what they are, how long ago they count, and where that goes. */
import type { SlotPlace } from './slot-table.js';
import type { System } from './system.js';

export interface Delay {
  /** The value now. */
  readonly unknown: number;
  /** Slot of the value that it had. */
  readonly past: SlotPlace;
  /** [s] */
  readonly time: number;
  /** The value before time 0, where no operating point tells. */
  readonly start: number;
}

/** All delays by which time passes, with their values as they are set at the moment. */
export function delaysOf({ slots }: System): Delay[] {
  const values = slots.delays.map(({ unknown, past, time, start }) => ({
    unknown,
    past,
    time: valueAt(time),
    start: valueAt(start),
  }));
  return values.filter(({ time }) => time > 0);
}

function valueAt({ memory, position }: SlotPlace): number {
  return memory.instance[position];
}
