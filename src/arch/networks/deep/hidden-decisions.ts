import type { DrawPlace } from './uniform-numbers.js';

/** Who may decide for hidden units whether they fire, in place of the draws from their probabilities. */
export interface HiddenDecisions {
  /**
   * @param states 0 or 1 of `count` units, as they were drawn; what is decided here is written over them
   * @param place where they were drawn: no two calls of a training share one
   * @param sumOf the weighted sum of a unit, by its index in `states`
   */
  decide(
    states: Float32Array,
    count: number,
    place: DrawPlace,
    sumOf: (index: number) => number,
  ): void;
}
