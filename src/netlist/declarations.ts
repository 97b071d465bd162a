import type {
  ElementStatement,
  BehaviouralStatement,
  ModelStatement,
  Statement,
  SubcircuitStatement,
  ParameterStatement,
  FunctionDefinition,
} from './ast.js';

/** The statements of one level, sorted by what they do; included files are opened. */
export interface Declarations {
  readonly parameters: readonly ParameterStatement[];
  readonly functions: readonly FunctionDefinition[];
  readonly models: readonly ModelStatement[];
  readonly subcircuits: readonly SubcircuitStatement[];
  readonly elements: readonly (ElementStatement | BehaviouralStatement)[];
  /** Analyses, options, outputs and whatever else concerns the deck as a whole. */
  readonly controls: readonly Statement[];
  /** Whether there are `.if`s, whose branches are left out here. */
  readonly conditional: boolean;
}

const known = new WeakMap<readonly Statement[], Declarations>();

/** Sorts the statements of a deck or a subcircuit; done once, however often that is used. */
export function declarationsOf(statements: readonly Statement[]): Declarations {
  const found = known.get(statements);
  if (found) return found;
  const declarations = sorted(statements);
  known.set(statements, declarations);
  return declarations;
}

/** As `declarationsOf`, for a list that is not seen again. */
export function sorted(statements: readonly Statement[]): Declarations {
  const declarations = {
    conditional: false,
    functions: [] as FunctionDefinition[],
    parameters: [] as ParameterStatement[],
    models: [] as ModelStatement[],
    subcircuits: [] as SubcircuitStatement[],
    elements: [] as (ElementStatement | BehaviouralStatement)[],
    controls: [] as Statement[],
  };
  sort(statements, declarations);
  return declarations;
}

function sort(
  statements: readonly Statement[],
  into: { conditional: boolean } & {
    [K in Exclude<keyof Declarations, 'conditional'>]: Declarations[K][number][];
  },
): void {
  for (const statement of statements) {
    switch (statement.kind) {
      case 'include':
        sort(statement.statements, into);
        break;
      case 'if':
        into.conditional = true;
        break;
      case 'param':
        into.parameters.push(statement);
        into.functions.push(...statement.functions);
        break;
      case 'model':
        into.models.push(statement);
        break;
      case 'subcircuit':
        into.subcircuits.push(statement);
        break;
      case 'element':
      case 'behavioural':
        into.elements.push(statement);
        break;
      default:
        into.controls.push(statement);
    }
  }
}
