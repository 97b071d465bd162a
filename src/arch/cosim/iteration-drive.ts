/**
 * What the sources of a steered grid do in an iteration (Rosenthal et al., ISCAS 2016, section III and
 * fig. 5): u/a on the columns, e = −5 V and the reference on while it reads; u on the columns and
 * e = ±5 V for the length of each row's pulse while it writes.
 */
import type { WaveformPoints } from '../../solver/index.js';
import type { LayerNames } from '../generate/index.js';

/** Lines of sources by name. */
export type Drive = ReadonlyMap<string, WaveformPoints>;

/** Of every corner [s]; a phase ends two edges before the next, so that columns and enables never cross. */
const edge = 10e-9;
/** Supplies (table 1) [V]. */
const supply = 5;

export interface DriveTimes {
  /** Start of the iteration [s]. */
  readonly start: number;
  /** Lengths of the phases [s]. */
  readonly read: number;
  readonly write: number;
}

/** Rows are read so long before the end of the read phase [s], as generated decks sample them. */
export const sampledBefore = 0.2e-6;

type Line = readonly (readonly [number, number])[];

/** Columns of the whole iteration, the reference, and enables of its read. */
export function readDrive(
  names: LayerNames,
  times: DriveTimes,
  inputs: Float64Array,
  a: number,
): Drive {
  const drive = new Map<string, WaveformPoints>();
  const { start, read, write } = times;
  const column = (u: number): Line => [
    ...pulse(start, start + read, u / a),
    ...pulse(start + read, start + read + write, u),
  ];
  names.columns.forEach((name, m) => drive.set(`v${name}`, column(inputs[m])));
  names.inverses.forEach((name, m) => drive.set(`v${name}`, column(-inputs[m])));
  drive.set('vrr', reference(times));
  for (const name of names.enables) drive.set(`v${name}`, pulse(start, start + read, -supply));
  return drive;
}

/** Enables of the whole iteration, once the lengths of the pulses [s] are known. */
export function writeDrive(names: LayerNames, times: DriveTimes, pulses: Float64Array): Drive {
  const { start, read, write } = times;
  const drive = new Map<string, WaveformPoints>();
  names.enables.forEach((name, n) => {
    const first = pulse(start, start + read, -supply);
    // From half a rise to half a fall it has the wanted length.
    const length = Math.min(Math.abs(pulses[n]), write - 3 * edge);
    if (length < 2 * edge) return;
    const level = Math.sign(pulses[n]) * supply;
    const from = start + read;
    const second: Line = [
      [from, 0],
      [from + edge, level],
      [from + length, level],
      [from + length + edge, 0],
    ];
    drive.set(`v${name}`, [...first, ...second]);
  });
  return drive;
}

/** From 0 to a level and back, ending an edge before `end`. */
function pulse(from: number, end: number, level: number): Line {
  return [
    [from, 0],
    [from + edge, level],
    [end - 2 * edge, level],
    [end - edge, 0],
  ];
}

function reference({ start, read }: DriveTimes): Line {
  return [
    [start, supply],
    [start + edge, -supply],
    [start + read - 2 * edge, -supply],
    [start + read - edge, supply],
  ];
}
