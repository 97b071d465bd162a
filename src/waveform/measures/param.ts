import type { ExpressionMeasure } from './measure.js';

/** An expression of other measures and of parameters; signals in it count with their last value. */
export const param: ExpressionMeasure = {
  form: 'expression',
  name: 'param',
  aliases: ['eqn', 'expr'],
  usage: ".meas tran name param='gain*bandwidth'",
  title: 'expression of other measures',
  unit: () => '',
};
