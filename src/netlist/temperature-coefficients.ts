import { type Expression, literal, operation } from '../expression/index.js';
import type { Definition } from './ast.js';

export function isTemperatureCoefficient(name: string): boolean {
  return name === 'tc1' || name === 'tc2';
}

/**
 * An expression times 1 + tc1·(T − T₀) + tc2·(T − T₀)², where the definitions have them; T₀ is
 * `nominal` [°C]. ngspice 39 counts from 27 °C here even if `tnom` differs, where its resistors with
 * a number for their value count from `tnom` (run to see); here all elements count from `tnom`.
 */
export function withTemperature(
  expression: Expression,
  definitions: readonly Definition[],
  nominal: number,
): Expression {
  const given = definitions.filter(({ name }) => isTemperatureCoefficient(name.text));
  if (given.length === 0) return expression;
  const { span } = expression;
  const temperature: Expression = { kind: 'name', name: 'temper', span };
  const rise = operation('-', temperature, literal(nominal, span), span);
  let factor = literal(1, span);
  for (const { name, expression: coefficient } of given) {
    const change = operation('*', coefficient, rise, span);
    const term = name.text === 'tc1' ? change : operation('*', change, rise, span);
    factor = operation('+', factor, term, span);
  }
  return operation('*', expression, factor, span);
}
