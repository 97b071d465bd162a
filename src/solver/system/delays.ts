/** Delayed values of all instances: what they are, how long ago they count, and where that goes. */
import {
  lineResponses,
  type LineResponse,
  type LineResponseName,
} from '../../devices/language/line-responses.js';
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
  /** Of a filter: its response, and the slot of the weight that the value now has. */
  readonly filter?: { readonly response: LineResponse; readonly weight: SlotPlace };
}

/** All filters, and delays by which time passes, with their values as they are set at the moment. */
export function delaysOf({ slots }: System): Delay[] {
  const values = slots.delays.map<Delay>(({ unknown, past, time, start, response }) => {
    const plain = { unknown, past, time: valueAt(time), start: valueAt(start) };
    if (!response) return plain;
    const make = lineResponses[response.name as LineResponseName];
    const filter = make(plain.time, valueAt(response.second));
    return { ...plain, time: filter.delay, filter: { response: filter, weight: response.weight } };
  });
  return values.filter(({ time, filter }) => time > 0 || filter);
}

function valueAt({ memory, position }: SlotPlace): number {
  return memory.instance[position];
}
