import { closest, type Diagnostic, error } from '../base/index.js';
import type { CatalogEntry } from '../devices/index.js';
import type { Assignment, ElementStatement, Group, Item, Value, Word } from './ast.js';
import type { Instance } from './circuit.js';
import { readSource } from './expand-source.js';
import type { Expansion } from './expansion.js';
import type { Level } from './level.js';
import type { Model } from './models.js';
import {
  assign,
  commonParameters,
  findParameter,
  inBounds,
  instanceLookup,
  type ParameterValues,
} from './parameter-values.js';
import { noNumber, tryValue } from './scope.js';

const none: readonly string[] = [];

/** What elements are called in messages. */
const kinds: Readonly<Record<string, string>> = {
  r: 'a resistor',
  c: 'a capacitor',
  l: 'an inductor',
  v: 'a voltage source',
  i: 'a current source',
  e: 'an E element',
  g: 'a G element',
  f: 'an F element',
  h: 'an H element',
  d: 'a diode',
  m: 'a MOS transistor',
  s: 'a switch',
};

/** Elements that may go without a model card although there are cards for them. */
const cardIsOptional = new Set(['r', 'c', 'l']);
/** Elements that mean nothing without their value. */
const valueIsRequired = new Set(['r', 'c', 'l', 'e', 'g', 'f', 'h']);

/** What a card says, sorted by the device's needs. */
interface ElementParts {
  readonly entry: CatalogEntry;
  readonly nodes: readonly Word[];
  readonly references: readonly Word[];
  readonly model: Model | undefined;
  readonly parameters: ParameterValues;
}

/** Makes an instance of any element but B and X; errors are reported and leave it out. */
export function expandElement(
  statement: ElementStatement,
  level: Level,
  expansion: Expansion,
): void {
  const { letter, name, items, span } = statement;
  if (letter === 'v' || letter === 'i') {
    expandSource(statement, level, expansion);
    return;
  }
  const plain = withoutAssignments(items, expansion);
  if (!plain) return;
  const layout = letter === 'n' ? namedModel(statement, plain, level, expansion) : lettered(letter);
  if (!layout) return;
  const parts = sortParts(statement, plain, layout, level, expansion);
  if (!parts) return;
  const { entry, nodes, references, model, parameters } = parts;
  if (letter !== 'n' && !hasValue(statement, parts, expansion)) return;
  multiply(parameters, level);
  expansion.add({
    name: level.prefix + name.text,
    definition: entry.definition,
    ...(model ? { card: model.card } : {}),
    nodes: expansion.connect(nodes, level),
    parameters,
    references: references.length === 0 ? none : references.map((r) => expansion.refer(r, level)),
    span,
  });

  function lettered(of: string): CatalogEntry | undefined {
    const entry = expansion.catalog.ofLetter(of);
    if (!entry) {
      const what = kinds[of] ?? `'${of}'`;
      expansion.report.add(error('N502', `${what} is not supported yet`, name.span));
    }
    return entry;
  }
}

/** Applies the `m` of the subcircuits around. */
export function multiply(parameters: ParameterValues, level: Level): void {
  if (level.multiplier !== 1) {
    parameters.set('m', (parameters.get('m') ?? 1) * level.multiplier);
  }
}

/** Items that are no assignments; undefined if there are parentheses among them. */
function withoutAssignments(
  items: readonly Item[],
  expansion: Expansion,
): readonly Value[] | undefined {
  const group = items.find((item): item is Group => item.kind === 'group');
  if (group) {
    const name = group.name?.text ?? '';
    expansion.report.add(groupProblem(name, group));
    return undefined;
  }
  return items.filter((item) => item.kind === 'word' || item.kind === 'braced');
}

const beyondLinear = new Set(['poly', 'value', 'table', 'laplace', 'freq', 'vol', 'cur']);

function groupProblem(name: string, item: Item): Diagnostic {
  if (!beyondLinear.has(name)) return error('N408', `unexpected '${name}(…)'`, item.span);
  return error('N501', `'${name}' is not supported yet`, item.span, {
    help: ["use a B element: 'B1 out 0 v=2*v(in)'"],
  });
}

/** The device of an N element: the first word that names a model with as many terminals. */
function namedModel(
  { name }: ElementStatement,
  plain: readonly Value[],
  level: Level,
  expansion: Expansion,
): CatalogEntry | undefined {
  const { report, catalog } = expansion;
  let candidate: { readonly word: Word; readonly count: number } | undefined;
  for (const [count, word] of plain.entries()) {
    const entry = word.kind === 'word' ? level.library.model(word.text) : undefined;
    if (!entry || word.kind !== 'word') continue;
    const model = catalog.resolve(entry, report);
    if (!model) return undefined;
    if (model.entry.definition.terminals.length === count) return model.entry;
    candidate ??= { word, count };
    if (count > 0) {
      const { terminals } = model.entry.definition;
      return report.add(
        error('N407', `'${word.text}' has ${terminals.length} nodes, not ${count}`, word.span, {
          help: [`its nodes are: ${terminals.join(' ')}`],
        }),
      );
    }
  }
  const last = plain.findLast((each): each is Word => each.kind === 'word');
  if (last) return report.add(unknownModel(last, level));
  return report.add(error('N407', 'an N element has nodes and a model', name.span));
}

function unknownModel(word: Word, level: Level): Diagnostic {
  const meant = closest(word.text, level.library.modelNames());
  return error('N209', `unknown model '${word.text}'`, word.span, {
    label: 'no .model card has this name',
    ...(meant ? { help: [`a model named '${meant}' is defined; did you mean that one?`] } : {}),
  });
}

function sortParts(
  statement: ElementStatement,
  plain: readonly Value[],
  layout: CatalogEntry,
  level: Level,
  expansion: Expansion,
): ElementParts | undefined {
  const { report } = expansion;
  const before = report.diagnostics.length;
  const { terminals, references } = layout.definition;
  const nodeCount = terminals.length;
  const leading = plain.slice(0, nodeCount + references.length);
  const nodes = leading.filter((item): item is Word => item.kind === 'word');
  if (nodes.length < nodeCount + references.length) {
    return report.add(tooFewNodes(statement, layout, leading));
  }
  const keyword = nodes.find(({ text }) => beyondLinear.has(text));
  if (keyword) return report.add(groupProblem(keyword.text, keyword));
  const reader = new TailReader(statement, layout, level, expansion);
  const late = nodes.findIndex((node) => reader.isModel(node));
  if (late > 1 && !plain.slice(leading.length).some((item) => reader.isModel(item))) {
    return report.add(tooFewNodes(statement, layout, leading.slice(0, late)));
  }
  const tail = statement.items.filter((item) => !leading.includes(item as Value));
  reader.read(tail);
  if (report.diagnostics.slice(before).some(({ severity }) => severity === 'error')) {
    return undefined;
  }
  return {
    entry: reader.model?.entry ?? layout,
    nodes: nodes.slice(0, nodeCount),
    references: nodes.slice(nodeCount),
    model: reader.model,
    parameters: reader.parameters,
  };
}

function tooFewNodes(
  { letter, name }: ElementStatement,
  { definition }: CatalogEntry,
  given: readonly Value[],
): Diagnostic {
  const { terminals, references } = definition;
  const last = given[given.length - 1] ?? name;
  const count = terminals.length;
  const controls = references.length > 0 ? ' and the name of a voltage source' : '';
  return error(
    'N407',
    `${kinds[letter] ?? 'this element'} has ${count} nodes${controls}`,
    last.span,
    {
      label: `only ${given.length} given`,
      help: [`its nodes are: ${[...terminals, ...references.map((r) => `<${r}>`)].join(' ')}`],
    },
  );
}

/** Reads what stands behind the nodes: model, bare value, flags, assignments. */
class TailReader {
  readonly parameters: ParameterValues = new Map();
  model: Model | undefined;
  readonly #statement: ElementStatement;
  readonly #layout: CatalogEntry;
  readonly #level: Level;
  readonly #expansion: Expansion;

  constructor(
    statement: ElementStatement,
    layout: CatalogEntry,
    level: Level,
    expansion: Expansion,
  ) {
    this.#statement = statement;
    this.#layout = layout;
    this.#level = level;
    this.#expansion = expansion;
  }

  isModel(item: Item): item is Word {
    if (item.kind !== 'word' || this.#layout.cards.length === 0) return false;
    return this.#level.library.model(item.text) !== undefined;
  }

  read(items: readonly Item[]): void {
    const assignments: Assignment[] = [];
    const { report } = this.#expansion;
    const needsCard = this.#layout.cards.length > 0 && !cardIsOptional.has(this.#statement.letter);
    const named = items.find((item) => this.isModel(item));
    if (named && !this.#setModel(named as Word)) return;
    for (const item of items) {
      if (item === named) continue;
      if (item.kind === 'assignment') assignments.push(item);
      else if (item.kind === 'group') report.add(groupProblem(item.name?.text ?? '', item));
      else if (!this.#continuesList(item, items, assignments) && !this.#setFlag(item)) {
        if (needsCard && !named && item.kind === 'word' && item === items[0]) {
          report.add(unknownModel(item, this.#level));
          return;
        }
        if (named && needsCard && item.span.start < named.span.start) {
          report.add(this.#tooManyNodes(item));
          return;
        }
        this.#setPositional(item);
      }
    }
    if (needsCard && !named) report.add(this.#modelMissing());
    else this.#assignAll(assignments);
  }

  #setModel(word: Word): boolean {
    const { catalog, report } = this.#expansion;
    const entry = this.#level.library.model(word.text);
    const model = entry && catalog.resolve(entry, report);
    if (!model) return false;
    const { letter } = this.#statement;
    if (letter !== 'n' && model.entry.letter !== letter) {
      const { name } = model.entry.definition;
      report.add(
        error(
          'N210',
          `the model '${word.text}' is not for ${kinds[letter] ?? 'this element'}`,
          word.span,
          {
            label: `it is a ${name}`,
          },
        ),
      );
      return false;
    }
    this.model = model;
    return true;
  }

  /** `ic=1 2 3` without commas: values behind an assignment of a list belong to it. */
  #continuesList(item: Value, items: readonly Item[], assignments: Assignment[]): boolean {
    const last = assignments[assignments.length - 1];
    if (last?.name.text !== 'ic' || item.kind !== 'word') return false;
    if (tryValue(item, this.#level.scope) === undefined) return false;
    if (items[items.indexOf(item) - 1]?.span.start < last.span.start) return false;
    assignments[assignments.length - 1] = { ...last, values: [...last.values, item] };
    return true;
  }

  #setFlag(item: Value): boolean {
    if (item.kind !== 'word') return false;
    const definition = (this.model?.entry ?? this.#layout).definition;
    const found = findParameter(instanceLookup(definition), item.text);
    if (found?.parameter.kind !== 'flag') return false;
    this.parameters.set(found.name, 1);
    return true;
  }

  #setPositional(item: Value): void {
    const { report } = this.#expansion;
    const { scope } = this.#level;
    const { positional, definition } = this.model?.entry ?? this.#layout;
    const value = tryValue(item, scope);
    if (value === undefined && item.kind === 'word') {
      const known = /^[+-]?\.?\d/.test(item.text) || positional !== undefined;
      report.add(known ? noNumber(item.text, item.span, scope) : this.#unexpected(item));
      return;
    }
    const number = report.number(value ?? NaN);
    if (number === undefined) return;
    if (positional === undefined || this.parameters.has(positional)) {
      report.add(this.#unexpected(item));
      return;
    }
    const found = findParameter(instanceLookup(definition), positional);
    if (!found) throw new Error(`the catalogue names no parameter '${positional}'`);
    if (inBounds(positional, found.parameter, number, item.span, report)) {
      this.parameters.set(found.name, number);
    }
  }

  #unexpected(item: Value): Diagnostic {
    const shown = item.kind === 'word' ? `'${item.text}'` : 'value';
    return error('N408', `unexpected ${shown}`, item.span, {
      help: ["further parameters are written 'name=value'"],
    });
  }

  #tooManyNodes(item: Value): Diagnostic {
    const { terminals } = this.#layout.definition;
    const what = kinds[this.#statement.letter] ?? 'this element';
    return error('N407', `${what} has ${terminals.length} nodes`, item.span, {
      label: 'this is one too many',
      help: [`its nodes are: ${terminals.join(' ')}`],
    });
  }

  #modelMissing(): Diagnostic {
    const { letter, span } = this.#statement;
    const types = this.#layout.cards.map(({ type }) => type).join(' or ');
    return error('N409', `${kinds[letter] ?? 'this element'} names a model`, span, {
      help: [`put the name of a '.model' of type ${types} behind the nodes`],
    });
  }

  #assignAll(assignments: readonly Assignment[]): void {
    const lookup = instanceLookup((this.model?.entry ?? this.#layout).definition);
    const { report } = this.#expansion;
    for (const assignment of assignments) {
      const { name } = assignment;
      if (beyondLinear.has(name.text) && !findParameter(lookup, name.text)) {
        report.add(groupProblem(name.text, assignment));
      } else {
        assign(assignment, lookup, this.#level.scope, this.parameters, report, 'error');
      }
    }
  }
}

/** Whether a resistor has its resistance, a controlled source its gain; reports it if not. */
function hasValue(
  { letter, span }: ElementStatement,
  { entry, model, parameters }: ElementParts,
  expansion: Expansion,
): boolean {
  const { positional } = entry;
  if (positional === undefined || model || !valueIsRequired.has(letter)) return true;
  if (parameters.has(positional)) return true;
  if (letter === 'r' && parameters.has('rsh')) return true;
  expansion.report.add(
    error('N410', `${kinds[letter]} has a value`, span, {
      label: 'it is missing here',
      help: [`write it behind the nodes, or as '${positional}=…'`],
    }),
  );
  return false;
}

function expandSource(statement: ElementStatement, level: Level, expansion: Expansion): void {
  const { letter, name, items, span } = statement;
  const { report } = expansion;
  const entry = expansion.catalog.ofLetter(letter);
  if (!entry) {
    report.add(error('N502', `${kinds[letter]} is not supported yet`, name.span));
    return;
  }
  const [p, n, ...rest] = items;
  if (p?.kind !== 'word' || n?.kind !== 'word') {
    const given = [p, n].filter((item): item is Word => item?.kind === 'word');
    report.add(tooFewNodes(statement, entry, given));
    return;
  }
  const others: Assignment[] = [];
  const before = report.diagnostics.length;
  const source = readSource(rest, level.scope, report, others);
  const parameters: ParameterValues = new Map();
  const tables = [entry.definition.instance, letter === 'i' ? commonParameters : {}];
  const lookup = { tables, aliases: entry.definition.aliases, device: kinds[letter] };
  for (const other of others) assign(other, lookup, level.scope, parameters, report, 'error');
  if (!source || report.diagnostics.length > before) return;
  multiply(parameters, level);
  const instance: Instance = {
    name: level.prefix + name.text,
    definition: entry.definition,
    nodes: expansion.connect([p, n], level),
    parameters,
    references: none,
    source,
    span,
  };
  expansion.add(instance);
}
