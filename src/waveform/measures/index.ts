/** Measures of results: `.meas`. */
export { limitsOf } from './limits.js';
export { measures } from './list.js';
export { type MeasureCardForm, type MeasureItemForm, type OperandForm } from './measure-card.js';
export {
  type DelayMeasure,
  type ExpressionMeasure,
  type Measure,
  type PointMeasure,
  type WindowMeasure,
} from './measure.js';
export { type MeasureReport, type MeasureResult, MeasureSession } from './measure-session.js';
export { type MeasureRow, writeMeasures } from './write-measures.js';
