import { describe, expect, it } from 'vitest';
import { locateFirst } from '../../../src/solver/integration/event-location.js';
import type { Events } from '../../../src/solver/system/events.js';

/** Events whose values are lines through zero at `roots`; `at` is where the step ends. */
function lines(roots: readonly number[]): { events: Events; solve: (h: number) => boolean } {
  let at = 1;
  const value = (k: number): number => at - roots[k];
  const events = {
    list: [...roots.keys()],
    last: Float64Array.from(roots, (root) => -root),
    evaluate: () => undefined,
    value,
    crossed: (k: number) => value(k) > 0,
  };
  const solve = (h: number): boolean => {
    at = h;
    return true;
  };
  return { events: events as unknown as Events, solve };
}

describe('location of events', () => {
  it('ends just past the first of several', () => {
    const { events, solve } = lines([0.7, 0.25, 0.5]);
    const h = locateFirst(events, [0, 1, 2], 1, 1e-12, solve)!;
    expect(h).toBeGreaterThanOrEqual(0.25);
    expect(h - 0.25).toBeLessThan(1e-9);
  });

  it('says so where Newton fails at the end that had converged', () => {
    const { events, solve } = lines([0.3]);
    let solves = 0;
    // The first trial before the crossing fails, and so does going back to the whole step.
    expect(locateFirst(events, [0], 1, 1e-12, (h) => ++solves < 1 && solve(h))).toBeUndefined();
    expect(solves).toBe(2);
  });
});
