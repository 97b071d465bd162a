import { closest, error, type Parameter, real } from '../base/index.js';
import type { DataStatement, StepStatement, StepTargetWords, Value, Word } from './ast.js';
import type { DataTable, Instance, StepCard, StepTarget } from './circuit.js';
import { kindOf } from './element-messages.js';
import type { Expansion } from './expansion.js';
import type { Level } from './level.js';
import { cardLookup, findParameter, inBounds, instanceLookup } from './parameter-values.js';
import { valueOf } from './scope.js';

/** A target and what bounds its values; without bounds any number fits. */
interface Resolved {
  readonly target: StepTarget;
  readonly parameter?: Parameter;
}

/** More steps than this in one card are a mistake. */
const mostSteps = 1_000_000;

/** Evaluates a `.data` table once the circuit is known; undefined after an error. */
export function expandData(
  statement: DataStatement,
  level: Level,
  expansion: Expansion,
): DataTable | undefined {
  const before = expansion.report.errors;
  const targets = statement.columns.map((column) => resolveTarget(column, level, expansion));
  const numbers = statement.values.map((value, i) =>
    numberFor(targets[i % targets.length], value, level, expansion),
  );
  if (expansion.report.errors > before) return undefined;
  const { name, span } = statement;
  const width = targets.length;
  const rows = Array.from({ length: numbers.length / width }, (_, i) =>
    numbers.slice(i * width, (i + 1) * width).map((each) => each ?? NaN),
  );
  const found = targets.flatMap((each) => each?.target ?? []);
  return { name: name.text, targets: found, rows, span };
}

/** Evaluates a `.step`; undefined after an error. */
export function expandStep(
  statement: StepStatement,
  level: Level,
  expansion: Expansion,
  tables: ReadonlyMap<string, DataTable>,
): StepCard | undefined {
  if (!statement.target) return tableStep(statement, expansion, tables);
  const before = expansion.report.errors;
  const resolved = resolveTarget(statement.target, level, expansion);
  const numbers = statement.values.map((value, i) => {
    const isCount = i === 2 && statement.spacing !== 'list';
    return numberFor(isCount ? undefined : resolved, value, level, expansion);
  });
  if (!resolved || expansion.report.errors > before) return undefined;
  const values = spread(
    statement,
    numbers.map((each) => each ?? NaN),
    expansion,
  );
  return (
    values && {
      targets: [resolved.target],
      rows: values.map((value) => [value]),
      span: statement.span,
    }
  );
}

/** What the names on `.corner` cards mean; unknown ones are reported and left out. */
export function targetsOf(
  names: readonly Word[],
  level: Level,
  expansion: Expansion,
): readonly StepTarget[] {
  return names.flatMap((name) => {
    return resolveTarget({ isParameter: false, name }, level, expansion)?.target ?? [];
  });
}

function tableStep(
  { values: [name], span }: StepStatement,
  { report }: Expansion,
  tables: ReadonlyMap<string, DataTable>,
): StepCard | undefined {
  const text = name.kind === 'word' ? name.text : '';
  const table = tables.get(text);
  if (table) return { targets: table.targets, rows: table.rows, span };
  const meant = closest(text, tables.keys());
  report.add(
    error('N421', `there is no '.data' table '${text}'`, name.span, {
      ...(meant ? { help: [`did you mean '${meant}'?`] } : {}),
    }),
  );
  return undefined;
}

function numberFor(
  resolved: Resolved | undefined,
  value: Value,
  level: Level,
  { report }: Expansion,
): number | undefined {
  const number = report.number(valueOf(value, level.scope));
  if (number === undefined || !resolved?.parameter) return number;
  const { label } = resolved.target;
  return inBounds(label, resolved.parameter, number, value.span, report) ? number : undefined;
}

/** The values of one card, first to last. */
function spread(
  { spacing, values, span }: StepStatement,
  numbers: readonly number[],
  { report }: Expansion,
): readonly number[] | undefined {
  if (spacing === 'list') return numbers;
  const [start, stop, third] = numbers;
  const count = spacing === 'lin' ? linearCount(start, stop, third) : ratioCount(spacing, numbers);
  const problem = spreadProblem(spacing, numbers, count);
  if (problem) {
    report.add(
      error(
        'N420',
        `there is nothing to step through: ${problem}`,
        spacing === 'lin' ? values[2].span : span,
      ),
    );
    return undefined;
  }
  const base = spacing === 'dec' ? 10 : 2;
  return Array.from({ length: count }, (_, k) =>
    spacing === 'lin' ? start + k * third : start * base ** ((direction(numbers) * k) / third),
  );
}

function spreadProblem(
  spacing: StepStatement['spacing'],
  [start, stop, third]: readonly number[],
  count: number,
): string | undefined {
  if (spacing === 'lin' && third === 0 && start !== stop) return 'the increment is zero';
  if (spacing !== 'lin' && !(start * stop > 0 && third >= 1)) {
    return `'${spacing}' needs two values of one sign and at least one point`;
  }
  if (count < 1) return 'the increment leads away from the last value';
  if (count > mostSteps) return `these are more than ${mostSteps} steps`;
  return undefined;
}

/** Rounding must not lose the last value. */
function linearCount(start: number, stop: number, increment: number): number {
  if (start === stop) return 1;
  return Math.floor(((stop - start) / increment) * (1 + 1e-12) + 1e-9) + 1;
}

function ratioCount(spacing: string, [start, stop, points]: readonly number[]): number {
  const decades = Math.abs(Math.log10(stop / start));
  const intervals = spacing === 'dec' ? decades : decades / Math.log10(2);
  return Math.floor(intervals * points + 1e-9) + 1;
}

function direction([start, stop]: readonly number[]): 1 | -1 {
  return Math.abs(stop) < Math.abs(start) ? -1 : 1;
}

/** What a name means: `param` forces a parameter; otherwise temperature, element, parameter. */
function resolveTarget(
  words: StepTargetWords,
  level: Level,
  expansion: Expansion,
): Resolved | undefined {
  const { name, parameter, isParameter } = words;
  if (!isParameter && !parameter && temperatureNames.has(name.text)) return temperature;
  const instance = isParameter ? undefined : expansion.byName.get(name.text);
  if (instance) return instanceTarget(words, instance, expansion);
  if (parameter) return partTarget(words, level, expansion);
  if (level.scope.own().includes(name.text)) {
    return { target: { kind: 'parameter', name: name.text, label: name.text, unit: '' } };
  }
  const known = [...level.scope.own(), ...(isParameter ? [] : expansion.byName.keys())];
  const meant = closest(name.text, known.slice(0, 20_000));
  const what = isParameter ? 'parameter' : 'parameter or element';
  expansion.report.add(
    error('N422', `there is no ${what} '${name.text}' to step`, name.span, {
      help: [meant ? `did you mean '${meant}'?` : `define it with '.param ${name.text}=…'`],
    }),
  );
  return undefined;
}

const temperatureNames = new Set(['temp', 'temper', 'temperature']);

const temperature: Resolved = {
  target: { kind: 'temperature', name: 'temp', label: 'temp', unit: '°C' },
  parameter: real(27, '°C', 'temperature of the circuit', '(-273.15:inf)'),
};

/** `r1` stands for its resistance, `v1` for its dc value. */
function instanceTarget(
  { name, parameter }: StepTargetWords,
  instance: Instance,
  { report, catalog }: Expansion,
): Resolved | undefined {
  const { definition, source } = instance;
  const letter = name.text.slice(name.text.lastIndexOf('.') + 1)[0];
  if (source && (!parameter || parameter.text === 'dc' || parameter.text === 'dcv0')) {
    const target = {
      kind: 'instance',
      name: name.text,
      parameter: 'dc',
      label: name.text,
    } as const;
    return { target: { ...target, unit: letter === 'v' ? 'V' : 'A' } };
  }
  const asked = parameter?.text ?? catalog.ofLetter(letter)?.positional;
  const found = asked === undefined ? undefined : findParameter(instanceLookup(definition), asked);
  if (!found) {
    const message = asked
      ? `${definition.name} has no parameter '${asked}'`
      : `${kindOf(letter)} has no single value to step`;
    report.add(
      error('N422', message, (parameter ?? name).span, {
        help: [`name a parameter: '@${name.text}[…]'`],
      }),
    );
    return undefined;
  }
  const label = parameter ? `@${name.text}[${found.name}]` : name.text;
  const { unit } = found.parameter;
  const target = { kind: 'instance', name: name.text, parameter: found.name, label, unit } as const;
  return { target, parameter: found.parameter };
}

/** `dmod(is)` of a card, or `x1:r1`, an element in Xyce's spelling. */
function partTarget(
  { name, parameter }: StepTargetWords,
  level: Level,
  expansion: Expansion,
): Resolved | undefined {
  const part = parameter?.text ?? '';
  const inner = expansion.byName.get(`${name.text}.${part}`);
  if (inner) {
    const text = `${name.text}.${part}`;
    return instanceTarget({ isParameter: false, name: { ...name, text } }, inner, expansion);
  }
  const entry = level.library.model(name.text);
  const model = entry && expansion.catalog.resolve(entry, expansion.report);
  const found = model && findParameter(cardLookup(model.entry.definition), part);
  if (!found) {
    const message = model
      ? `${model.entry.definition.name} has no parameter '${part}'`
      : `there is no element or model '${name.text}' to step`;
    expansion.report.add(error('N422', message, (model ? parameter : name)?.span ?? name.span));
    return undefined;
  }
  const label = `${name.text}(${found.name})`;
  const { unit } = found.parameter;
  const target = { kind: 'model', name: name.text, parameter: found.name, label, unit } as const;
  return { target, parameter: found.parameter };
}
