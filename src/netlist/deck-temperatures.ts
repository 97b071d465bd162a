import type { Statement } from './ast.js';
import { type Scope, valueOf } from './scope.js';

/** Of a deck that says nothing [°C]. */
const usual = 27;

/**
 * The temperature of a deck's first run [°C], as its parameters see it: that of the first `.temp`,
 * else `.options temp`, else 27 °C. Cards inside `.if` are not asked: conditions may depend on it.
 */
export function temperatureOfDeck(statements: readonly Statement[], scope: Scope): number {
  return scope.withoutTemperature(
    () => cardTemperature(statements, scope) ?? option('temp', statements, scope) ?? usual,
  );
}

/** `.options tnom` [°C]: the temperature at which values are what is written. */
export function nominalTemperatureOfDeck(statements: readonly Statement[], scope: Scope): number {
  return option('tnom', statements, scope) ?? usual;
}

function cardTemperature(statements: readonly Statement[], scope: Scope): number | undefined {
  for (const statement of withIncluded(statements)) {
    if (statement.kind !== 'temp' || !statement.values[0]) continue;
    const value = valueOf(statement.values[0], scope);
    if (typeof value === 'number') return value;
  }
  return undefined;
}

/** The last value of an option. */
function option(name: string, statements: readonly Statement[], scope: Scope): number | undefined {
  let found: number | undefined;
  for (const statement of withIncluded(statements)) {
    if (statement.kind !== 'options') continue;
    for (const item of statement.items) {
      if (item.kind !== 'assignment' || item.name.text !== name) continue;
      const value = valueOf(item.values[0], scope);
      if (typeof value === 'number') found = value;
    }
  }
  return found;
}

function* withIncluded(statements: readonly Statement[]): Generator<Statement> {
  for (const statement of statements) {
    if (statement.kind === 'include') yield* withIncluded(statement.statements);
    else yield statement;
  }
}
