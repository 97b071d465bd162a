import type { Waveform } from '../waveform.js';
import { highest, mirrored } from './piecewise.js';

export interface Peak {
  readonly x: number;
  readonly y: number;
}

/** The highest point of several pieces. */
export function maximum(pieces: readonly Waveform[]): Peak {
  let best: Peak = { x: NaN, y: -Infinity };
  for (const wave of pieces) {
    const found = highest(wave);
    if (found.y > best.y) best = found;
  }
  return best;
}

/** The lowest point of several pieces. */
export function minimum(pieces: readonly Waveform[]): Peak {
  const { x, y } = maximum(pieces.map(mirrored));
  return { x, y: -y };
}
