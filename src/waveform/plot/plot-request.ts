import type { Dataset } from '../dataset.js';

/** What to draw. Everything but the dataset has a sensible default. */
export interface PlotRequest {
  readonly dataset: Dataset;
  /**
   * Names of what to draw, in order, as `Dataset.get` reads them. By default every column, or
   * if there are more than eight, the eight that look most telling.
   */
  readonly traces?: readonly string[];
  /** The column to draw over; the scale by default. For a hysteresis: `traces: ['i(v1)'], x: 'in'`. */
  readonly x?: string;
  /** Steps that lie over each other, with what each is called; `dataset` is one of them. */
  readonly steps?: readonly { readonly label: string; readonly dataset: Dataset }[];
  /** Many runs in thin lines over each other, one colour a signal; `dataset` is one of them. */
  readonly runs?: readonly Dataset[];
  /** Logarithmic x axis; by default when x is a frequency. */
  readonly logX?: boolean;
  /** Logarithmic y axes, over the absolute values; small signals then are not in dB. */
  readonly logY?: boolean;
  /** Default: the deck's title. */
  readonly title?: string;
  /** Of the picture, in pixels. Default 900. */
  readonly width?: number;
  /** Of each pane, in pixels. Default 380 for one pane, less for several. */
  readonly paneHeight?: number;
}
