import { optionalReal, type ParameterTable } from '../../base/index.js';
import { type Crossing, crossings } from '../crossings.js';
import type { Waveform } from '../waveform.js';
import { orElse } from './edges.js';
import type { Failure, Interval, Settings } from './measure.js';
import { maximum, minimum } from './peak.js';

/** Settings of the measures of pulses, as Xyce names them. */
export const pulseTable: ParameterTable = {
  on: optionalReal('', 'on from where the signal reaches this; default: half way up'),
  off: optionalReal('', 'off from where it falls below this; default: as on'),
};

/** A stretch in which a signal is on or off. `whole`: it begins and ends inside the window. */
export interface Stretch extends Interval {
  readonly on: boolean;
  readonly whole: boolean;
}

/** The stretches of a signal, or why it has none. */
export function stretchesOf(
  pieces: readonly Waveform[],
  settings: Settings,
  label: string,
): Stretch[] | Failure {
  const [low, high] = [minimum(pieces).y, maximum(pieces).y];
  const on = orElse(settings.on, (low + high) / 2);
  const off = orElse(settings.off, on);
  if (off > on) return { reason: 'off lies above on' };
  if (Number.isNaN(orElse(settings.on, NaN)) && !(high > low))
    return { reason: `${label} does not change`, help: 'set on=…' };
  return pieces.flatMap((wave) => stretches(wave, on, off));
}

function stretches(wave: Waveform, on: number, off: number): Stretch[] {
  const { x, y } = wave;
  if (x.length < 2) return [];
  const starts = crossings(wave, on, { direction: 'rising' });
  const ends = crossings(wave, off, { direction: 'falling' });
  const events = [...starts, ...ends].sort((a, b) => a.x - b.x);
  const found: Stretch[] = [];
  let state = y[0] >= on;
  let from = x[0];
  let whole = false;
  const close = (to: number, complete: boolean): void => {
    found.push({ from, to, on: state, whole: complete });
  };
  for (const { x: at, direction } of events as readonly Crossing[]) {
    if ((direction === 'rising') === state) continue;
    close(at, whole);
    state = !state;
    from = at;
    whole = true;
  }
  close(x[x.length - 1], false);
  return found;
}

/** Total length of the stretches that are on, or off. */
export function timeIn(stretchesFound: readonly Stretch[], on: boolean): number {
  return stretchesFound
    .filter((stretch) => stretch.on === on)
    .reduce((sum, { from, to }) => sum + (to - from), 0);
}

/** Mean length of the whole stretches that are on, or off; undefined if there is none. */
export function meanLength(found: readonly Stretch[], on: boolean): number | undefined {
  const whole = found.filter((stretch) => stretch.whole && stretch.on === on);
  return whole.length === 0 ? undefined : timeIn(whole, on) / whole.length;
}
