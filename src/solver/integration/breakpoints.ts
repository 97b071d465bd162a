/**
 * Times that a step must land on, to the last bit: corners of sources, timers of devices and corners
 * that leave a delay, behind which integration restarts, and times that are only visited (`tstart`, `tstop`).
 */
import type { TimeScale } from '../../devices/sources/source-waveform.js';
import type { Events } from '../system/events.js';
import type { Sources } from '../system/sources.js';
import type { DelayLines } from './delay-lines.js';

export interface Landing {
  readonly time: number;
  /** True if something has a corner there. */
  readonly corner: boolean;
}

/** The same object for every answer: it is asked for at every point. */
interface OpenLanding extends Landing {
  time: number;
  corner: boolean;
}

export class Breakpoints {
  readonly #sources: Sources;
  readonly #events: Events;
  readonly #delays: DelayLines;
  readonly #scale: TimeScale;
  readonly #visits: readonly number[];
  /** Set from outside; one at a time. */
  #steered = Infinity;
  readonly #apart: number;
  /** Timers and echoes come with what the circuit does; corners of sources stand still. */
  readonly #moves: boolean;
  /** The corner that was found last, and the time from which it is the next. */
  #corner = NaN;
  #from = NaN;
  readonly #landing: OpenLanding = { time: 0, corner: false };

  /** @param apart corners closer to each other than this are one [s] */
  constructor(
    sources: Sources,
    events: Events,
    delays: DelayLines,
    scale: TimeScale,
    visits: readonly number[],
    apart: number,
  ) {
    this.#sources = sources;
    this.#events = events;
    this.#delays = delays;
    this.#scale = scale;
    this.#visits = visits;
    this.#apart = apart;
    this.#moves = delays.any || events.list.some(({ kind }) => kind === 'timer');
  }

  /** A source was set from outside: its corners are asked anew. */
  forget(): void {
    this.#corner = NaN;
  }

  /** A step shall land on this time too; it takes the place of the one before. */
  visit(time: number): void {
    this.#steered = time;
  }

  /** The next landing after `time`, until the next call; the last visit ends the analysis. */
  next(time: number): Landing {
    const corner = this.nextCorner(time);
    const visit = this.#nextVisit(time);
    this.#landing.corner = corner <= visit;
    this.#landing.time = Math.min(corner, visit);
    return this.#landing;
  }

  #nextVisit(time: number): number {
    const steered = this.#steered > time ? this.#steered : Infinity;
    for (const visit of this.#visits) if (visit > time) return Math.min(visit, steered);
    return steered;
  }

  /** The first corner at least `apart` behind `time`. */
  nextCorner(time: number): number {
    const stands = time >= this.#from && this.#corner - time >= this.#apart;
    if (stands && !this.#moves) return this.#corner;
    this.#from = time;
    this.#corner = this.#findCorner(time);
    return this.#corner;
  }

  #findCorner(time: number): number {
    let next = time;
    for (;;) {
      const corner = Math.min(
        this.#sources.nextBreakpoint(next, this.#scale),
        this.#events.nextTimer(next),
        this.#delays.nextEcho(next),
      );
      // A function of time that does not move on must not stop the clock.
      if (!(corner > next)) return Infinity;
      next = corner;
      if (next - time >= this.#apart) return next;
    }
  }
}
