import { closest, DiagnosticError, error } from '../../base/index.js';
import { type Dataset, quantityOf } from '../../waveform/index.js';
import { Recorder } from '../analyses/recorder.js';
import type { StepHistory } from '../integration/step-history.js';
import { defaultReadables, readable, type Readable } from '../system/access.js';
import type { System } from '../system/system.js';

/**
 * Finds what a name such as `v(out)`, `i(v1)` or `@n1[s]` stands for.
 *
 * @throws DiagnosticError where the circuit has no such thing
 */
export function named(system: System, name: string): Readable {
  const text = name.toLowerCase().replaceAll(/\s/g, '');
  const match = /^([vi])\((.+)\)$/.exec(text);
  const found = match ? readable(system, match[1], match[2]) : readable(system, '@', text);
  if (found) return found;
  const near = closest(
    text,
    system.unknowns.map((unknown) => unknown.name),
  );
  throw new DiagnosticError([
    error('S130', `there is no '${name}' to read`, undefined, {
      help: [
        near === undefined
          ? 'it is written v(node), i(element) or @device[quantity]'
          : `did you mean '${near}'?`,
      ],
    }),
  ]);
}

/** Waveforms from when it was begun until it is ended. */
export class Recording {
  readonly #recorder: Recorder;

  constructor(system: System, names: readonly string[] | undefined) {
    const columns = names ? names.map((name) => named(system, name)) : defaultReadables(system);
    const scale = { name: 'time', quantity: quantityOf('time') };
    this.#recorder = new Recorder(system, 'tran', scale, columns, { slopes: true });
  }

  capture(time: number, history: StepHistory): void {
    this.#recorder.capture(time, history);
  }

  drop(): void {
    this.#recorder.drop();
  }

  commit(): void {
    this.#recorder.commit();
  }

  /** Number of points so far. */
  get length(): number {
    return this.#recorder.dataset.length;
  }

  /** Forgets all points but the first ones. */
  truncate(length: number): void {
    this.#recorder.dataset.truncate(length);
  }

  /** The points so far. */
  dataset(): Dataset {
    return this.#recorder.dataset.snapshot();
  }
}
