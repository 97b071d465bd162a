/**
 * What happens inside of a solved step: edges of comparators, which a step ends before, and events
 * that act, which it ends just behind.
 */
import type { Newton } from '../newton/iteration.js';
import type { Events } from '../system/events.js';
import { crossedEvents, locateFirst } from './event-location.js';
import type { IntegrationMethod } from './method.js';
import type { TransientState } from './transient-state.js';
import type { CandidateStep } from './truncation-error.js';

/** Whether an event was found in a step; lost if Newton failed on the way to it. */
export type Location = 'none' | 'found' | 'lost';

/** Edges are located that lie further apart than this part of the largest step. */
const edgesApart = 1e-3;

export interface StepEventOptions {
  readonly plan: { readonly stop: number; readonly maxStep: number };
  /** No step is shorter [s]. */
  readonly smallest: number;
  /** Solves for a point in time from the newest one; it becomes the candidate. */
  readonly solve: (time: number, method: IntegrationMethod) => boolean;
}

export class StepEvents {
  readonly hasEdges: boolean;
  readonly #newton: Newton;
  readonly #events: Events;
  readonly #state: TransientState;
  readonly #candidate: CandidateStep;
  readonly #solve: StepEventOptions['solve'];
  /** Edges and events are located to within this time [s]. */
  readonly #resolution: number;
  readonly #apart: number;

  constructor(
    newton: Newton,
    events: Events,
    state: TransientState,
    candidate: CandidateStep,
    { plan, smallest, solve }: StepEventOptions,
  ) {
    this.hasEdges = events.list.some(({ acts }) => !acts);
    this.#newton = newton;
    this.#events = events;
    this.#state = state;
    this.#candidate = candidate;
    this.#solve = solve;
    this.#resolution = Math.max(1e-12 * plan.stop, smallest);
    this.#apart = edgesApart * plan.maxStep;
  }

  /**
   * Shortens a solved step in which a comparator has an edge to just before it; true if there is
   * one. The next step starts anew behind the edge. Edges that follow each other closely, as of a
   * comparator in its own feedback, are left to error control.
   */
  endBeforeEdge(from: number): boolean {
    const near = from - this.#state.lastEdge < this.#apart;
    return this.hasEdges && !near && this.#searchEdge(from);
  }

  #searchEdge(from: number): boolean {
    const events = this.#events;
    events.evaluate();
    const isEdge = (k: number): boolean => !events.list[k].acts && events.crossed(k);
    const edges = crossedEvents(events).filter(isEdge);
    if (edges.length === 0) return false;
    const { h } = this.#candidate;
    const trySolve = this.#shortened(from);
    const resolution = this.#resolution;
    const behind = locateFirst(events, edges, h, resolution, trySolve) ?? 0;
    for (let back = 2 * resolution; back < behind; back *= 8) {
      if (!trySolve(behind - back)) continue;
      events.evaluate();
      if (!edges.some(isEdge)) return true;
    }
    // The edge is where the step begins: it is crossed as it is.
    this.#state.lastEdge = from;
    trySolve(h);
    return false;
  }

  /** Shortens the solved step to just past the first event in it, if there is one. */
  locateEvents(from: number): Location {
    return this.#events.list.length === 0 ? 'none' : this.#searchEvents(from);
  }

  #searchEvents(from: number): Location {
    const events = this.#events;
    events.evaluate();
    const crossed = crossedEvents(events).filter((k) => events.list[k].acts);
    if (crossed.length === 0) return 'none';
    const { h } = this.#candidate;
    const located = locateFirst(events, crossed, h, this.#resolution, this.#shortened(from));
    return located === undefined ? 'lost' : 'found';
  }

  /** Solves the candidate's step anew, for a part of it. */
  #shortened(from: number): (h: number) => boolean {
    const { h, method, time } = this.#candidate;
    const { statistics } = this.#newton.equations;
    return (shorter) => {
      statistics.eventSteps++;
      return this.#solve(shorter === h ? time : from + shorter, method);
    };
  }
}
