import type { BehaviouralStatement } from './ast.js';
import type { Expansion } from './expansion.js';
import { type Level, mentionNode, multiply } from './level.js';
import { lowerBehavioural } from './lower-behavioural.js';
import { assign, commonParameters, type Lookup, type ParameterValues } from './parameter-values.js';
import { isTemperatureCoefficient, withTemperature } from './temperature-coefficients.js';

/** What may stand behind a B element's expression. */
const usual: Lookup = { tables: [commonParameters], aliases: {}, device: 'a B element' };

/** Makes an instance of a B element; errors are reported and leave it out. */
export function expandBehavioural(
  statement: BehaviouralStatement,
  level: Level,
  expansion: Expansion,
  lookup = usual,
): void {
  const { report, nodes, globals } = expansion;
  const compensated = withTemperature(
    statement.expression,
    statement.parameters,
    expansion.nominalTemperature,
  );
  const lowered = lowerBehavioural(compensated, {
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
    if (isTemperatureCoefficient(name.text)) continue;
    const braced = { kind: 'braced', expression: value, span: value.span } as const;
    const assignment = { kind: 'assignment', name, values: [braced], span } as const;
    assign(assignment, lookup, level.scope, parameters, report, 'error');
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
