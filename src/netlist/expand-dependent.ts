import { optionalReal } from '../base/index.js';
import { call, type Expression, literal, operation, visitExpression } from '../expression/index.js';
import type { Assignment, Definition, ElementStatement, Item, Value, Word } from './ast.js';
import { kindOf } from './element-messages.js';
import { expandBehavioural } from './expand-behavioural.js';
import type { Expansion } from './expansion.js';
import type { Level } from './level.js';
import { commonParameters, listNames, type Lookup } from './parameter-values.js';
import { expressionOf } from './scope.js';
import { isTemperatureCoefficient, withTemperature } from './temperature-coefficients.js';

/** What the value of an R, C or L may be called. */
const valueNames: Readonly<Record<string, readonly string[]>> = {
  r: ['r', 'resistance'],
  c: ['c', 'cap', 'capacitance', 'q'],
  l: ['l', 'ind', 'inductance'],
};

/** Passed over: a behavioural resistor has no noise. */
const withoutEffect = new Set(['noisy']);

/** An R, C or L whose value depends on the solution, the time or the temperature. */
interface DependentElement {
  readonly nodes: readonly Word[];
  /** `r`, `c`, `q` or `l`. */
  readonly quantity: string;
  readonly value: Expression;
  readonly others: readonly Definition[];
}

/**
 * Makes the behavioural instance of such an element; false if the statement is none:
 *
 *     R={f}    i = v/f
 *     C={f}    i = f·dv/dt     as ngspice: what is conserved is a charge of v alone
 *     Q={f}    i = df/dt       conserves charge whatever f depends on
 *     L={f}    v = f·di/dt
 */
export function expandDependent(
  statement: ElementStatement,
  level: Level,
  expansion: Expansion,
): boolean {
  const element = readDependent(statement);
  if (!element) return false;
  const { name, letter, span } = statement;
  const { nodes, others } = element;
  const lookup: Lookup = {
    tables: [commonParameters, letter === 'r' ? {} : initial],
    aliases: {},
    device: kindOf(letter),
  };
  const expression = equationOf(statement, element, level.multiplier, expansion);
  const drives = letter === 'l' ? 'voltage' : 'current';
  const parameters = others.filter(
    (each) => !isTemperatureCoefficient(each.name.text) && !withoutEffect.has(each.name.text),
  );
  expandBehavioural(
    { kind: 'behavioural', name, nodes, drives, expression, parameters, span },
    level,
    expansion,
    lookup,
  );
  return true;
}

const initial = { ic: optionalReal('', 'value at the start of a transient with uic') };

function readDependent({ letter, items }: ElementStatement): DependentElement | undefined {
  const names = valueNames[letter];
  const [p, n, ...rest] = items;
  if (!names || p?.kind !== 'word' || n?.kind !== 'word') return undefined;
  const found = rest.find((item) => isValue(item, names));
  const value =
    found && expressionOf(found.kind === 'assignment' ? found.values[0] : (found as Value));
  const quantity = found?.kind === 'assignment' && found.name.text === 'q' ? 'q' : letter;
  if (!value || (quantity !== 'q' && !dependsOnCircuit(value))) return undefined;
  const assignments = rest.filter(
    (item): item is Assignment => item !== found && item.kind === 'assignment',
  );
  if (assignments.length < rest.length - 1) return undefined;
  return { nodes: [p, n], quantity, value, others: assignments.flatMap(definitionsOf) };
}

function isValue(item: Item, names: readonly string[]): boolean {
  return item.kind === 'braced' || (item.kind === 'assignment' && names.includes(item.name.text));
}

/** One definition for each value of a list: `tc=1m,2u` sets tc1 and tc2. */
function definitionsOf({ name, values, span }: Assignment): Definition[] {
  const names = name.text === 'tc' ? listNames.tc[0] : [name.text];
  return values.map((value, i) => ({
    name: { ...name, text: names[i] ?? name.text },
    expression: expressionOf(value),
    span,
  }));
}

const variables = new Set(['time', 'temper', 'hertz']);

/** Whether an expression has no value before the circuit is solved. */
function dependsOnCircuit(expression: Expression): boolean {
  let depends = false;
  visitExpression(expression, (each) => {
    if (each.kind === 'access' || (each.kind === 'name' && variables.has(each.name)))
      depends = true;
    if (each.kind === 'call' && ['ddt', 'idt', 'sdt'].includes(each.name)) depends = true;
  });
  return depends;
}

function equationOf(
  { name, span }: ElementStatement,
  { nodes, quantity, value, others }: DependentElement,
  multiplier: number,
  { nominalTemperature }: Expansion,
): Expression {
  const names = nodes.map(({ text }) => text);
  const voltage: Expression = { kind: 'access', quantity: 'v', names, span };
  const factor = withTemperature(value, others, nominalTemperature);
  const derivative = (of: Expression): Expression => call('ddt', [of], span);
  if (quantity === 'r') return operation('/', voltage, factor, span);
  if (quantity === 'c') return operation('*', factor, derivative(voltage), span);
  if (quantity === 'q') return derivative(factor);
  // The current of the branch is that of all inductors in parallel.
  const current: Expression = { kind: 'access', quantity: 'i', names: [name.text], span };
  const total = operation('*', factor, derivative(current), span);
  const count = others.find((each) => each.name.text === 'm')?.expression ?? literal(1, span);
  return operation('/', total, operation('*', count, literal(multiplier, span), span), span);
}
