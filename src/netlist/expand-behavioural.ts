import { type Expression, literal, operation } from '../expression/index.js';
import type { BehaviouralStatement } from './ast.js';
import type { Expansion } from './expansion.js';
import { type Level, mentionNode, multiply } from './level.js';
import { lowerBehavioural } from './lower-behavioural.js';
import { assign, commonParameters, type ParameterValues } from './parameter-values.js';

const table = { tables: [commonParameters], aliases: {}, device: 'a B element' };

/** Temperature coefficients, first order first. */
const coefficients = ['tc1', 'tc2'];
/** Temperature at which an expression is what is written [°C]. */
const nominal = 27;

/** The expression times 1 + tc1·(T − 27 °C) + tc2·(T − 27 °C)². */
function withTemperature({ expression, parameters }: BehaviouralStatement): Expression {
  const given = parameters.filter(({ name }) => coefficients.includes(name.text));
  if (given.length === 0) return expression;
  const { span } = expression;
  const temperature: Expression = { kind: 'name', name: 'temper', span };
  const rise = operation('-', temperature, literal(nominal, span), span);
  const factor = given.reduce(
    (sum, { name, expression: coefficient }) => {
      const change = operation('*', coefficient, rise, span);
      const term = name.text === 'tc1' ? change : operation('*', change, rise, span);
      return operation('+', sum, term, span);
    },
    literal(1, span),
  );
  return operation('*', expression, factor, span);
}

/** Makes an instance of a B element; errors are reported and leave it out. */
export function expandBehavioural(
  statement: BehaviouralStatement,
  level: Level,
  expansion: Expansion,
): void {
  const { report, nodes, globals } = expansion;
  const lowered = lowerBehavioural(withTemperature(statement), {
    scope: level.scope,
    node(name, span) {
      const node = mentionNode(name, level, nodes, globals);
      expansion.readNodes.push({ node, span });
      return node;
    },
    instance: (name, span) => expansion.refer({ kind: 'word', text: name, span }, level),
  });
  if ('severity' in lowered) {
    report.add(lowered);
    return;
  }
  const { expression, constants, controls, references } = lowered;
  const parameters: ParameterValues = new Map(constants.map((value, i) => [`c${i}`, value]));
  for (const { name, expression: value, span } of statement.parameters) {
    if (coefficients.includes(name.text)) continue;
    const braced = { kind: 'braced', expression: value, span: value.span } as const;
    const assignment = { kind: 'assignment', name, values: [braced], span } as const;
    assign(assignment, table, level.scope, parameters, report, 'error');
  }
  multiply(parameters, level);
  expansion.add(
    {
      name: level.prefix + statement.name.text,
      definition: expansion.shapes.definition(statement.drives, expression, {
        constants: constants.length,
        controls: controls.length,
        references: references.length,
      }),
      nodes: [...expansion.connect(statement.nodes, level), ...controls],
      parameters,
      references,
      span: statement.span,
    },
    statement.name.span,
  );
}
