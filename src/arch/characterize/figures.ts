/** Numbers that stand for a curve: gain, bandwidth, switching voltage, straightness. */
import type { FigureTable } from './characteristic-data.js';
import { type Curve, curvesOf, pointsOf } from './curves.js';
import { fitLine, fitLogistic } from './logistic-fit.js';
import { shownValue } from './shown-value.js';
import type { ExperimentKind } from './specification.js';
import type { TransferCharacteristic } from './transfer-characteristic.js';

interface Figure {
  readonly name: string;
  readonly unit: string;
  /** Null where the curve has none. */
  readonly value: number | null;
}

/** The figures of all outputs, a row for each combination of the other inputs. */
export function figuresOf(
  characteristic: TransferCharacteristic,
  kind: ExperimentKind,
): FigureTable[] {
  return characteristic.outputs
    .filter((output) => output.kind !== 'quantile')
    .flatMap(({ name }) => {
      const curves = curvesOf(characteristic, name);
      if (curves.length === 0) return [];
      const rows = curves.map((curve) => figuresOfCurve(curve, kind));
      const inputs = curves[0].at.map(({ input }) => ({ name: input.name, unit: input.unit }));
      const columns = [
        ...inputs,
        ...rows[0].map(({ name: figure, unit }) => ({ name: figure, unit })),
      ];
      return [
        {
          output: name,
          columns,
          rows: rows.map((row, k) => [
            ...curves[k].at.map(({ value }) => value),
            ...row.map(({ value }) => value),
          ]),
        },
      ];
    });
}

function figuresOfCurve(curve: Curve, kind: ExperimentKind): Figure[] {
  const x = pointsOf(curve);
  const y = x.map((at) => curve.function.value(at));
  const own =
    kind === 'ac'
      ? signalFigures(curve, x, y)
      : kind === 'probability'
        ? probabilityFigures(curve, x, y)
        : transferFigures(curve, x, y);
  return [...own, ...askedFigures(curve)];
}

/** The curve at the places that were asked for. */
function askedFigures({ along, function: of }: Curve): Figure[] {
  return (along.at ?? []).map((at) => ({
    name: `at ${shownValue(at, along.unit)}`,
    unit: of.output.unit,
    value: of.value(at),
  }));
}

const decibel = 'dB';
/** Half of the power. */
const halfPower = 20 * Math.log10(Math.SQRT2);

/** Over frequency: gain at both ends, bandwidth and unity gain; of a magnitude or of decibels. */
function signalFigures(curve: Curve, x: readonly number[], y: readonly number[]): Figure[] {
  const { unit } = curve.function.output;
  if (unit === '°' || unit === 'rad')
    return [
      { name: 'first', unit, value: y[0] },
      { name: 'last', unit, value: y[y.length - 1] },
    ];
  const isDecibel = unit === decibel;
  const level = isDecibel ? y[0] - halfPower : y[0] * Math.SQRT1_2;
  const one = isDecibel ? 0 : 1;
  const peak = y.indexOf(Math.max(...y));
  return [
    { name: 'low-frequency gain', unit, value: y[0] },
    { name: 'bandwidth', unit: 'Hz', value: fallsBelow(curve, x, y, level) },
    { name: 'unity gain at', unit: 'Hz', value: fallsBelow(curve, x, y, one) },
    { name: 'peak', unit, value: y[peak] },
    { name: 'peak at', unit: 'Hz', value: x[peak] },
    { name: 'high-frequency gain', unit, value: y[y.length - 1] },
  ];
}

/** A transfer curve: ends, steepest place, where it passes its middle, how straight, how logistic. */
function transferFigures(curve: Curve, x: readonly number[], y: readonly number[]): Figure[] {
  const { unit } = curve.function.output;
  const per = perUnit(unit, curve.along.unit);
  const slopes = x.map((at) => curve.function.derivative(at));
  const steepest = slopes.reduce(
    (best, s, k) => (Math.abs(s) > Math.abs(slopes[best]) ? k : best),
    0,
  );
  const [low, high] = [Math.min(...y), Math.max(...y)];
  // What the bound cannot tell from a constant has no shape.
  const shaped = high - low > 2 * curve.function.output.bound.absolute;
  const half = (low + high) / 2;
  const zero = x[0] <= 0 && x[x.length - 1] >= 0;
  const line = fitLine(x, y);
  const logistic = fitLogistic(x, y);
  const input = curve.along.unit;
  const shape = [
    { name: 'gain', unit: per, value: slopes[steepest] },
    { name: 'gain at', unit: input, value: x[steepest] },
    { name: 'switches at', unit: input, value: passes(curve, x, y, half) },
    { name: 'line slope', unit: per, value: line.slope },
    { name: 'line offset', unit, value: line.offset },
    { name: 'line R²', unit: '', value: line.r2 },
    { name: 'logistic slope', unit: perUnit('', input), value: logistic?.slope ?? null },
    { name: 'logistic midpoint', unit: input, value: logistic?.midpoint ?? null },
    { name: 'logistic R²', unit: '', value: logistic?.r2 ?? null },
    { name: 'logistic error', unit, value: logistic?.maxError ?? null },
  ];
  return [
    { name: 'low', unit, value: low },
    { name: 'high', unit, value: high },
    ...(zero ? [{ name: 'bias', unit, value: curve.function.value(0) }] : []),
    ...shape.map((figure) => (shaped ? figure : { ...figure, value: null })),
  ];
}

/** Against the input: where it is as likely as not, and the logistic function that fits the knots. */
function probabilityFigures(curve: Curve, x: readonly number[], y: readonly number[]): Figure[] {
  const input = curve.along.unit;
  const { knots } = curve.along;
  const estimates = knots.map((at) => curve.function.value(at));
  const fit = fitLogistic(knots, estimates, { low: 0, swing: 1 });
  return [
    { name: 'even chance at', unit: input, value: passes(curve, x, y, 0.5) },
    { name: 'logistic slope', unit: perUnit('', input), value: fit?.slope ?? null },
    { name: 'logistic midpoint', unit: input, value: fit?.midpoint ?? null },
    { name: 'logistic R²', unit: '', value: fit?.r2 ?? null },
    { name: 'logistic error', unit: '', value: fit?.maxError ?? null },
  ];
}

function perUnit(unit: string, of: string): string {
  if (unit === of) return '';
  return of === '' ? unit : `${unit === '' ? '1' : unit}/${of}`;
}

/** The first place where a curve passes a level in either direction. */
function passes(
  curve: Curve,
  x: readonly number[],
  y: readonly number[],
  level: number,
): number | null {
  const k = y.findIndex((value, i) => i > 0 && y[i - 1] < level !== value < level);
  return k < 0 ? null : bisect(curve, x[k - 1], x[k], level);
}

/** The first place where a curve falls below a level. */
function fallsBelow(
  curve: Curve,
  x: readonly number[],
  y: readonly number[],
  level: number,
): number | null {
  const k = y.findIndex((value, i) => i > 0 && y[i - 1] >= level && value < level);
  return k < 0 ? null : bisect(curve, x[k - 1], x[k], level);
}

function bisect(curve: Curve, low: number, high: number, level: number): number {
  const side = curve.function.value(low) < level;
  let [a, b] = [low, high];
  for (let k = 0; k < 60; k++) {
    const middle = (a + b) / 2;
    if (curve.function.value(middle) < level === side) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}
