import {
  closest,
  type Diagnostic,
  error,
  optionalReal,
  type Parameter,
  parameterProblem,
  type ParameterTable,
  real,
  type Span,
  warning,
} from '../base/index.js';
import type { ModelDefinition } from '../devices/index.js';
import type { Assignment, Value, Word } from './ast.js';
import type { Report } from './report.js';
import { type Scope, valueOf } from './scope.js';

/** What every instance may set. */
export const commonParameters: ParameterTable = {
  m: real(1, '', 'number of devices in parallel', '(0:inf)'),
  temp: optionalReal('°C', 'temperature of the instance', '(-273.15:inf)'),
  dtemp: real(0, 'K', "difference to the circuit's temperature"),
};

/** What card or instance sets, by the name of the table. */
export type ParameterValues = Map<string, number>;

/** `ic=1,2,3` and `tc=1m,2u` stand for one of these, where the device has them. */
export const listNames: Readonly<Record<string, readonly (readonly string[])[]>> = {
  ic: [
    ['icvds', 'icvgs', 'icvbs'],
    ['icvds', 'icvgs'],
    ['icvbe', 'icvce'],
    ['v1', 'i1', 'v2', 'i2'],
  ],
  tc: [['tc1', 'tc2']],
};

/** The parameters that a list of values sets; undefined if the device has no such list. */
function listOf(name: string, lookup: Lookup): readonly string[] | undefined {
  const hasAll = (names: readonly string[]): boolean =>
    names.every((each) => findParameter(lookup, each) !== undefined);
  return Object.hasOwn(listNames, name) ? listNames[name].find(hasAll) : undefined;
}

/** Where a name is looked up; an instance may override what its card sets. */
export interface Lookup {
  readonly tables: readonly ParameterTable[];
  readonly aliases: Readonly<Record<string, string>>;
  /** Of the device, for messages. */
  readonly device: string;
}

export function instanceLookup(definition: ModelDefinition): Lookup {
  return {
    tables: [definition.instance, commonParameters, definition.parameters],
    aliases: definition.aliases,
    device: definition.name,
  };
}

export function cardLookup(definition: ModelDefinition): Lookup {
  return {
    tables: [definition.parameters],
    aliases: definition.aliases,
    device: definition.name,
  };
}

/** The table's name of a parameter and its declaration. */
export function findParameter(
  lookup: Lookup,
  name: string,
): { readonly name: string; readonly parameter: Parameter } | undefined {
  for (const candidate of [
    name,
    Object.hasOwn(lookup.aliases, name) ? lookup.aliases[name] : name,
  ]) {
    for (const table of lookup.tables) {
      if (Object.hasOwn(table, candidate)) return { name: candidate, parameter: table[candidate] };
    }
  }
  return undefined;
}

/**
 * Evaluates `name=value` into `into`. `unknown` says what an unknown name is: ngspice ignores it on
 * a model card (we warn) and refuses it on an instance.
 */
export function assign(
  assignment: Assignment,
  lookup: Lookup,
  scope: Scope,
  into: ParameterValues,
  report: Report,
  unknown: 'warning' | 'error',
): void {
  const { name, values } = assignment;
  const single = values.length === 1 && findParameter(lookup, name.text) !== undefined;
  const names = single ? undefined : listOf(name.text, lookup);
  if (values.length > 1 && !names) {
    report.add(error('N305', `'${name.text}' takes one value`, values[1].span));
    return;
  }
  values.forEach((value, i) => {
    const found = findParameter(lookup, names ? (names[i] ?? '') : name.text);
    if (found) setValue(found.name, found.parameter, value, scope, into, report);
    else if (names && i > 0)
      report.add(error('N305', `'${name.text}' takes ${names.length} values`, value.span));
    else report.add(unknownParameter(name, lookup, unknown));
  });
}

function setValue(
  name: string,
  parameter: Parameter,
  value: Value,
  scope: Scope,
  into: ParameterValues,
  report: Report,
): void {
  const number = versionNumber(name, value) ?? report.number(drawnValue(name, value, scope));
  if (number !== undefined && inBounds(name, parameter, number, value.span, report)) {
    into.set(name, number);
  }
}

/** A model's version may have three parts, `version=4.8.2`: the first two are the number. */
function versionNumber(name: string, value: Value): number | undefined {
  if (name !== 'version' || value.kind === 'braced') return undefined;
  const parts = /^(\d+\.\d+)(?:\.\d+)+$/.exec(value.text);
  return parts ? Number(parts[1]) : undefined;
}

/** The value of a parameter, which names what is drawn for it. */
export function drawnValue(name: string, value: Value, scope: Scope): number | Diagnostic {
  const compute = (): number | Diagnostic => valueOf(value, scope);
  return scope.draws ? scope.draws.parameter(name, compute) : compute();
}

/** Whether a value fits its table; reports it if not. */
export function inBounds(
  name: string,
  parameter: Parameter,
  value: number,
  span: Span,
  report: Report,
): boolean {
  const problem = parameterProblem(parameter, value);
  if (problem === undefined) return true;
  report.add(
    error('N304', `'${name}' ${problem}`, span, {
      label: `this is ${String(value)}`,
      help: [`${name}: ${parameter.doc}`],
    }),
  );
  return false;
}

function unknownParameter(name: Word, lookup: Lookup, severity: 'warning' | 'error') {
  const names = [
    ...lookup.tables.flatMap((table) => Object.keys(table)),
    ...Object.keys(lookup.aliases),
  ];
  const meant = closest(name.text, names);
  const shown = `${names.slice(0, 12).join(', ')}${names.length > 12 ? ' …' : ''}`;
  const known = names.length > 0 ? { help: [`it has: ${shown}`] } : {};
  const make = severity === 'warning' ? warning : error;
  return make('N205', `${lookup.device} has no parameter '${name.text}'`, name.span, {
    ...(severity === 'warning' ? { label: 'it is ignored' } : {}),
    ...(meant ? { help: [`did you mean '${meant}'?`] } : known),
  });
}
