/**
 * An integration formula on charges: with q known at earlier points,
 *
 *     qdot(n+1) = a0·q(n+1) + a1·q(n) + a2·q(n−1) + b1·qdot(n)
 *
 * on steps h = t(n+1) − t(n) and g = t(n) − t(n−1), which may differ.
 */
export interface IntegrationMethod {
  readonly name: string;
  readonly order: 1 | 2;
  /** Writes a0, a1, a2, b1 into `out`. */
  coefficients(h: number, g: number, out: Float64Array): void;
  /**
   * The local truncation error of q(n+1) divided by the divided difference of order `order + 1`
   * of q over the last points; positive.
   */
  errorConstant(h: number, g: number): number;
  /** Present if a step has an intermediate point, from which the formula leads to its end. */
  readonly stage?: IntegrationStage;
  /** True if rates may alternate about the right ones for ever. */
  readonly rings?: boolean;
}

/**
 * An intermediate point, computed by a formula of its own. In the main formula h is then the rest of
 * the step behind it and g the part before.
 */
export interface IntegrationStage {
  readonly method: IntegrationMethod;
  /** Where it lies in the step, between 0 and 1. */
  readonly part: number;
}
