/** What a measure is, and what it works on. */
import type { ParameterTable } from '../../base/index.js';
import type { Quantity, Waveform } from '../waveform.js';

/** A real signal over the scale of an analysis. */
export interface Signal {
  /** As the card names it. */
  readonly label: string;
  readonly quantity: Quantity;
  /**
   * In the order of the analysis, more than one where an inner sweep of a `.dc` starts again. The
   * scale of a descending sweep descends.
   */
  readonly pieces: readonly Waveform[];
}

/** Bound settings: defaults included, NaN where there is none; `last` is infinite. */
export type Settings = Readonly<Record<string, number>>;

/** An interval of the scale. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

export interface Measured {
  readonly value: number;
  /** Where that was, by name (`at`, `trig`, `targ`), in the scale's unit. */
  readonly where?: Readonly<Record<string, number>>;
}

/** Why there is no value: one sentence, lower case, no full stop. */
export interface Failure {
  readonly reason: string;
  readonly help?: string;
}

export type Outcome = Measured | Failure;

export function isFailure(outcome: object): outcome is Failure {
  return 'reason' in outcome;
}

interface MeasureLabels {
  /** The word that stands on the card. */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly usage: string;
  readonly title: string;
  /** Settings beyond those of its form. */
  readonly table?: ParameterTable;
  /** The result's unit from the unit of the (first) signal and that of the scale. */
  readonly unit: (signal: string, scale: string) => string;
}

/** One number from the part of a signal, or of two, that lies in a window. */
export interface WindowMeasure extends MeasureLabels {
  readonly form: 'window';
  readonly signals: 1 | 2;
  /** `parts` are ascending and cut to the window; for two signals, those of both in step. */
  readonly measure: (
    parts: readonly (readonly Waveform[])[],
    settings: Settings,
    labels: readonly string[],
  ) => Outcome;
}

/** A value at one place of the scale, given by `at=` or by a condition. */
export interface PointMeasure extends MeasureLabels {
  readonly form: 'point';
  /** False for `when`, whose value is the place itself. */
  readonly reads: boolean;
  readonly measure: (place: Place, signal?: Signal) => Outcome;
}

/** A point of the scale; `piece` tells inner sweeps apart. */
export interface Place {
  readonly x: number;
  readonly piece: number;
}

/** From one place to another. */
export interface DelayMeasure extends MeasureLabels {
  readonly form: 'delay';
  readonly measure: (trigger: Place, target: Place) => Outcome;
}

/** An expression of parameters and other measures. */
export interface ExpressionMeasure extends MeasureLabels {
  readonly form: 'expression';
}

export type Measure = WindowMeasure | PointMeasure | DelayMeasure | ExpressionMeasure;
