import { error } from '../base/index.js';
import {
  type Call,
  functions,
  type SplineKind,
  splinePieces,
  splineValue,
} from '../expression/index.js';
import { finite, type Lowered, type LoweringSteps, refuse } from './lowering-steps.js';
import { curveOf, linesThrough } from './piecewise.js';

const mostTablePoints = 500;

/** `table(x, x1,y1, …)`, constant outside its points, and `pwl`, whose end pieces go on. */
export function lowerTable(e: Call, steps: LoweringSteps): Lowered {
  const points = pointsOf(e, steps);
  const x = steps.lower(e.arguments[0]);
  if (typeof x === 'number') return finite(functions[e.name].value?.(x, ...points) ?? NaN, e.span);
  const beyond = e.name === 'pwl' ? 'lines' : 'constants';
  return linesThrough(x, points, beyond, (value) => steps.node(value, e.span), e.span);
}

export function lowerSpline(kind: SplineKind, e: Call, steps: LoweringSteps): Lowered {
  const points = pointsOf(e, steps);
  const pieces = splinePieces(kind, points);
  if (!pieces) refuse(error('E403', 'a spline needs two points or more', e.span));
  const x = steps.lower(e.arguments[0]);
  if (typeof x === 'number') return finite(splineValue(kind, x, points), e.span);
  return curveOf(x, pieces, (value) => steps.node(value, e.span), e.span);
}

/** The constants behind the first argument: pairs whose first number rises. */
function pointsOf(e: Call, steps: LoweringSteps): number[] {
  const rest = e.arguments.slice(1);
  const points = rest.map((each) => {
    const value = steps.lower(each);
    return typeof value === 'number'
      ? value
      : refuse(error('E403', 'the points of a table are constants', each.span));
  });
  if (points.length % 2 !== 0 || points.length > 2 * mostTablePoints) {
    refuse(
      error('E203', `'${e.name}' takes x and up to ${mostTablePoints} pairs of numbers`, e.span, {
        help: [`such as '${e.name}(v(in), 0,0, 1,2, 3,2.5)'`],
      }),
    );
  }
  for (let i = 2; i < points.length; i += 2) {
    if (points[i] <= points[i - 2]) {
      refuse(error('E403', 'the x of a table must rise', rest[i].span));
    }
  }
  return points;
}
