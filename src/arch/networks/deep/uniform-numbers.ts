import { philoxInto } from '../../../base/index.js';

const words = new Uint32Array(4);

/** Where a number is drawn: numbers of one place are independent of those of any other. */
export interface DrawPlace {
  readonly seed: number;
  /** Of a use of its own. */
  readonly stream: number;
  /** Such as the number of the mini-batch. */
  readonly round: number;
}

/** `count` numbers uniform in [0, 1), four of each draw: functions of their place and index. */
export function fillUniform(result: Float32Array, count: number, place: DrawPlace): void {
  const { seed, stream, round } = place;
  for (let k = 0; k < count; k += 4) {
    philoxInto(words, k >>> 2, round, stream, 0x6f78, seed, 0);
    result[k] = words[0] / 4294967296;
    if (k + 1 < count) result[k + 1] = words[1] / 4294967296;
    if (k + 2 < count) result[k + 2] = words[2] / 4294967296;
    if (k + 3 < count) result[k + 3] = words[3] / 4294967296;
  }
}
