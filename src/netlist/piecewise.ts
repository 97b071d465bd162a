import type { Span } from '../base/index.js';
import { choice, type Expression, operation, type SplinePiece } from '../expression/index.js';

/** Makes an expression of a constant: a B element's constants are its parameters. */
type MakeConstant = (value: number) => Expression;

/**
 * Straight lines between points; outside, the values of the first and the last one, or the first
 * and the last line. Nested conditions, the last line innermost.
 */
export function linesThrough(
  x: Expression,
  points: readonly number[],
  beyond: 'constants' | 'lines',
  constant: MakeConstant,
  span: Span,
): Expression {
  const goesOn = beyond === 'lines' && points.length > 2;
  let result = goesOn ? undefined : constant(points[points.length - 1]);
  for (let i = points.length - 4; i >= 0; i -= 2) {
    const [x0, y0, x1, y1] = points.slice(i, i + 4);
    const rise = operation('-', x, constant(x0), span);
    const slope = constant((y1 - y0) / (x1 - x0));
    const line = operation('+', constant(y0), operation('*', slope, rise, span), span);
    result = result ? choice(operation('<', x, constant(x1), span), line, result, span) : line;
  }
  if (goesOn) return result!;
  const [x0, y0] = points;
  return choice(operation('<', x, constant(x0), span), constant(y0), result!, span);
}

/** Pieces of third degree, the first innermost; the end ones go on outside. */
export function curveOf(
  x: Expression,
  pieces: readonly SplinePiece[],
  constant: MakeConstant,
  span: Span,
): Expression {
  const pieceOf = ({ x0, y0, b, c, d }: SplinePiece): Expression => {
    const h = operation('-', x, constant(x0), span);
    return [c, b, y0].reduce(
      (sum, value) => operation('+', constant(value), operation('*', h, sum, span), span),
      constant(d),
    );
  };
  const [first, ...others] = pieces;
  return others.reduce(
    (below, next) => choice(operation('<', x, constant(next.x0), span), below, pieceOf(next), span),
    pieceOf(first),
  );
}
