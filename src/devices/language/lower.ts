import { DiagnosticError } from '../../base/index.js';
import type { AnalogProgram } from './analog-program.js';
import { lowerExpression } from './lower-expression.js';
import type { AnalogFunction, ModelDefinition } from './model.js';
import { ModelFault, ProgramBuilder } from './program-builder.js';
import { destructured, problemAt, readFunction, type FunctionSource } from './read.js';
import type { Structure } from './structure.js';
import { Executor } from './symbolic/executor.js';
import { languageBuiltins } from './symbolic/builtins.js';
import { newScope } from './symbolic/values.js';

/** Lowers a model's equations, for one structure, to contributions on a graph. */
export function lower(definition: ModelDefinition, structure: Structure): AnalogProgram {
  const { equations } = definition;
  if (equations.kind === 'behavioural') return lowerExpression(definition, equations, structure);
  const first = runAnalog(definition, equations, structure, new Map());
  if (first.collapsedLate.size === 0) return first.finish();
  return runAnalog(definition, equations, structure, first.collapsedLate).finish();
}

function runAnalog(
  definition: ModelDefinition,
  equations: AnalogFunction,
  structure: Structure,
  aliases: ReadonlyMap<string, string>,
): ProgramBuilder {
  const text = readFunction(equations.analog, `model '${definition.name}'`);
  const builder = new ProgramBuilder(definition, structure, aliases);
  const executor = new Executor(builder);
  const scope = newScope(text, undefined);
  bindLanguage(definition, equations, text, builder, executor, scope);
  bindParameters(definition, text, builder, executor, scope);
  try {
    executor.runBody(text, scope);
    if (builder.collapsedLate.size === 0) builder.finish();
  } catch (fault) {
    // Faults found at the end have no place of their own: they point at the function's head.
    if (!(fault instanceof ModelFault)) throw fault;
    const head = { start: text.node.start, end: text.node.start + 1 };
    throw new DiagnosticError([problemAt(text, head, fault.code, fault.message, fault.help)]);
  }
  return builder;
}

function bindLanguage(
  definition: ModelDefinition,
  equations: AnalogFunction,
  text: FunctionSource,
  builder: ProgramBuilder,
  executor: Executor,
  scope: ReturnType<typeof newScope>,
): void {
  const builtins = languageBuiltins(builder, executor);
  for (const [property, local] of destructured(text, 0)) {
    const helper = equations.uses[property];
    if (helper) {
      const source = readFunction(helper, `function '${property}' of model '${definition.name}'`);
      executor.declare(scope, local, {
        kind: 'function',
        text: source,
        node: source.node,
        scope: newScope(source, undefined),
      });
      continue;
    }
    const value = builtins.get(property);
    if (!value) {
      throw new DiagnosticError([
        problemAt(
          text,
          text.node.params[0],
          'M102',
          `the modelling language provides no '${property}'`,
          isStep(property)
            ? "a model is told no time step: what moves is a state with its rate, rate('name', value)"
            : 'helper functions are named in `uses`',
        ),
      ]);
    }
    executor.declare(scope, local, value);
  }
}

function bindParameters(
  definition: ModelDefinition,
  text: FunctionSource,
  builder: ProgramBuilder,
  executor: Executor,
  scope: ReturnType<typeof newScope>,
): void {
  const whole = text.node.params.at(1);
  if (whole?.type === 'Identifier') {
    const names = Object.keys({ ...definition.parameters, ...definition.instance });
    const fields = new Map(names.map((name) => [name, builder.parameter(name)]));
    executor.declare(scope, whole.name, { kind: 'record', fields });
    return;
  }
  for (const [property, local] of destructured(text, 1)) {
    if (!(property in definition.parameters) && !(property in definition.instance)) {
      throw new DiagnosticError([
        problemAt(text, text.node.params[1], 'M103', `the model has no parameter '${property}'`),
      ]);
    }
    executor.declare(scope, local, builder.parameter(property));
  }
}

/** Names by which models ask for the time since the last evaluation. */
function isStep(name: string): boolean {
  return /^(dt|h|delta_?t|(time_?)?step|(last|previous|prev)_?time)$/i.test(name);
}
