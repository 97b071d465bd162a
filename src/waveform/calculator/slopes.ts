/** Derivatives of results by the scale, where those of the operands are known. */
import type { Vector } from './vector.js';

type Rule = (a: number, b: number, da: number, db: number) => number;

const rules: Readonly<Record<string, Rule>> = {
  '+': (_a, _b, da, db) => da + db,
  '-': (_a, _b, da, db) => da - db,
  '*': (a, b, da, db) => da * b + a * db,
  '/': (a, b, da, db) => (da - (a / b) * db) / b,
};

/** Of sums, products and quotients; anything else loses its slope. */
export function slopeOfResult(name: string, operands: readonly Vector[]): Float64Array | undefined {
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
  if (!rule || operands.length !== 2 || !operands.some(({ slope }) => slope)) return undefined;
  const [a, b] = operands;
  const slopes = [a, b].map((operand) => operand.slope ?? (isConstant(operand) ? zero : unknown));
  return a.real.map((value, i) =>
    rule(value, b.real[i], slopeAt(slopes[0], i), slopeAt(slopes[1], i)),
  );
}

const zero = 0;
const unknown = NaN;

function slopeAt(slope: Float64Array | number, i: number): number {
  return typeof slope === 'number' ? slope : slope[i];
}

function isConstant({ real }: Vector): boolean {
  return real.every((value) => value === real[0]);
}
