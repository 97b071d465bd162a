import { type Diagnostic, error } from '../base/index.js';
import type { CatalogEntry } from '../devices/index.js';
import type { Assignment, ElementStatement, Item, Value, Word } from './ast.js';
import { groupProblem, kindOf, unknownModel } from './element-messages.js';
import type { Expansion } from './expansion.js';
import type { Level } from './level.js';
import { binOf, noBin } from './model-bins.js';
import type { Model, ModelEntry } from './models.js';
import {
  assign,
  findParameter,
  inBounds,
  instanceLookup,
  type ParameterValues,
} from './parameter-values.js';
import { noNumber, tryValue } from './scope.js';

/** Elements that may go without a model card although there are cards for them. */
const cardIsOptional = new Set(['r', 'c', 'l']);
/** Reads what stands behind the nodes: model, bare value, flags, assignments. */
export class TailReader {
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
    const { library } = this.#level;
    return library.model(item.text) !== undefined || library.bins(item.text).length > 0;
  }

  read(items: readonly Item[]): void {
    const assignments: Assignment[] = [];
    const { report } = this.#expansion;
    const needsCard = this.#layout.cards.length > 0 && !cardIsOptional.has(this.#statement.letter);
    const named = items.find((item) => this.isModel(item));
    if (named && !this.#setModel(named, items)) return;
    for (const item of items) {
      if (item === named) continue;
      if (item.kind === 'assignment') assignments.push(item);
      else if (item.kind === 'group') report.add(groupProblem(item));
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

  #setModel(word: Word, items: readonly Item[]): boolean {
    const { catalog, report } = this.#expansion;
    const entry = this.#level.library.model(word.text) ?? this.#bin(word, items);
    const model = entry && catalog.resolve(entry, report);
    if (!model) return false;
    const { letter } = this.#statement;
    if (letter !== 'n' && model.entry.letter !== letter) {
      const { name } = model.entry.definition;
      report.add(
        error('N210', `the model '${word.text}' is not for ${kindOf(letter)}`, word.span, {
          label: `it is a ${name}`,
          help: [`elements that use it begin with '${(model.entry.letter ?? 'n').toUpperCase()}'`],
        }),
      );
      return false;
    }
    this.model = model;
    return true;
  }

  /** The bin that fits length and width; width is that of one finger. */
  #bin(word: Word, items: readonly Item[]): ModelEntry | undefined {
    const { catalog, report } = this.#expansion;
    const bins = this.#level.library.bins(word.text);
    const definition = catalog.definitionOf(bins[0], report);
    if (!definition) return undefined;
    const value = (name: string): number => {
      const found = items.findLast((item) => item.kind === 'assignment' && item.name.text === name);
      const written = found?.kind === 'assignment' ? found.values[0] : undefined;
      const number = written && tryValue(written, this.#level.scope);
      if (typeof number === 'number') return number;
      return definition.instance[name]?.default ?? 1;
    };
    const size = { l: value('l'), w: value('w') / value('nf') };
    const bin = binOf(bins, size);
    if (!bin) report.add(noBin(word, bins, size));
    return bin;
  }

  /** `ic=1 2 3` without commas: values behind an assignment of a list belong to it. */
  #continuesList(item: Value, items: readonly Item[], assignments: Assignment[]): boolean {
    const last = assignments[assignments.length - 1];
    if (last?.name.text !== 'ic' || item.kind !== 'word') return false;
    const { definition } = this.model?.entry ?? this.#layout;
    if (findParameter(instanceLookup(definition), 'ic')) return false;
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
    const compute = (): ReturnType<typeof tryValue> => tryValue(item, scope);
    const value = scope.draws ? scope.draws.parameter(positional ?? '', compute) : compute();
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
    const what = kindOf(this.#statement.letter);
    return error('N407', `${what} has ${terminals.length} nodes`, item.span, {
      label: 'this is one too many',
      help: [`its nodes are: ${terminals.join(' ')}`],
    });
  }

  #modelMissing(): Diagnostic {
    const { letter, span } = this.#statement;
    const types = this.#layout.cards.map(({ type }) => type).join(' or ');
    return error('N409', `${kindOf(letter)} names a model`, span, {
      help: [`put the name of a '.model' of type ${types} behind the nodes`],
    });
  }

  #assignAll(assignments: readonly Assignment[]): void {
    const lookup = instanceLookup((this.model?.entry ?? this.#layout).definition);
    const { report } = this.#expansion;
    for (const assignment of assignments) {
      assign(assignment, lookup, this.#level.scope, this.parameters, report, 'error');
    }
  }
}
