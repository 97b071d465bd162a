import { closest, type Diagnostic, error, parseQuantity, warning } from '../base/index.js';
import type { CardType, CatalogEntry, ModelDefinition } from '../devices/index.js';
import type { ModelStatement, SubcircuitStatement } from './ast.js';
import type { ModelCard } from './circuit.js';
import { assign, cardLookup, findParameter, type ParameterValues } from './parameter-values.js';
import type { Report } from './report.js';
import { type Scope, valueOf } from './scope.js';
import { drawLots, type DrawnTolerance, partTolerances } from './tolerances.js';

/** A model that cards may use: which device it is, and what it sets. */
export interface Model {
  readonly entry: CatalogEntry;
  readonly card: ModelCard;
  /** Of its parameters, in a run of a Monte Carlo. */
  readonly tolerances: readonly DrawnTolerance[];
}

/** A `.model` card and the parameters it sees; `model` once it is asked for. */
export interface ModelEntry {
  readonly statement: ModelStatement;
  readonly scope: Scope;
  /** Null after an error, which has been reported. */
  model?: Model | null;
}

/** The models and subcircuits that one level defines. Inner levels see those of outer ones. */
export class Library {
  readonly outer: Library | undefined;
  readonly #models = new Map<string, ModelEntry>();
  readonly #subcircuits = new Map<string, SubcircuitStatement>();

  constructor(outer?: Library) {
    this.outer = outer;
  }

  addModel(statement: ModelStatement, scope: Scope, report: Report): void {
    const { text, span } = statement.name;
    if (this.#models.has(text)) report.add(defined('model', text, span));
    else this.#models.set(text, { statement, scope });
  }

  addSubcircuit(statement: SubcircuitStatement, report: Report): void {
    const { text, span } = statement.name;
    if (this.#subcircuits.has(text)) report.add(defined('subcircuit', text, span));
    else this.#subcircuits.set(text, statement);
  }

  model(name: string): ModelEntry | undefined {
    return this.#models.get(name) ?? this.outer?.model(name);
  }

  /** The bins of a model, `name.1`, `name.2` …, in their order; of the innermost level that has any. */
  bins(name: string): readonly ModelEntry[] {
    const bins = [...this.#models].filter(
      ([bin]) => bin.startsWith(`${name}.`) && /^\d+$/.test(bin.slice(name.length + 1)),
    );
    return bins.length > 0 ? bins.map(([, entry]) => entry) : (this.outer?.bins(name) ?? []);
  }

  /** A subcircuit and the level that defines it. */
  subcircuit(name: string): { statement: SubcircuitStatement; library: Library } | undefined {
    const statement = this.#subcircuits.get(name);
    if (statement) return { statement, library: this };
    return this.outer?.subcircuit(name);
  }

  modelNames(): string[] {
    return [...this.#models.keys(), ...(this.outer?.modelNames() ?? [])];
  }

  subcircuitNames(): string[] {
    return [...this.#subcircuits.keys(), ...(this.outer?.subcircuitNames() ?? [])];
  }
}

/** As ngspice 39, which takes the first one and says nothing. */
function defined(what: string, name: string, span: ModelStatement['span']): Diagnostic {
  return warning('N206', `a ${what} '${name}' is defined above`, span, {
    label: 'the first definition counts',
  });
}

/** Finds devices by element letter and by type of card. */
export class CatalogIndex {
  readonly #letters = new Map<string, CatalogEntry>();
  readonly #types = new Map<string, { entry: CatalogEntry; type: CardType }[]>();

  constructor(catalog: readonly CatalogEntry[]) {
    for (const entry of catalog) {
      if (entry.letter && !this.#letters.has(entry.letter)) this.#letters.set(entry.letter, entry);
      for (const type of entry.cards) {
        const known = this.#types.get(type.type);
        if (known) known.push({ entry, type });
        else this.#types.set(type.type, [{ entry, type }]);
      }
    }
  }

  /** The first device with this letter: it says how the element's card is laid out. */
  ofLetter(letter: string): CatalogEntry | undefined {
    return this.#letters.get(letter);
  }

  /** The device that a card is for; undefined after an error. */
  definitionOf({ statement, scope }: ModelEntry, report: Report): ModelDefinition | undefined {
    return this.#entryOf(statement, scope, report)?.entry.definition;
  }

  /** Evaluates a model card, once; undefined after an error. */
  resolve(model: ModelEntry, report: Report): Model | undefined {
    model.model ??= this.#resolve(model, report) ?? null;
    return model.model ?? undefined;
  }

  #resolve({ statement, scope }: ModelEntry, report: Report): Model | undefined {
    const found = this.#entryOf(statement, scope, report);
    if (!found) return undefined;
    const { entry, type } = found;
    const parameters: ParameterValues = new Map(Object.entries(type.sets ?? {}));
    const lookup = cardLookup(entry.definition);
    const { settings, tolerances } = partTolerances(statement.items, report);
    const { name, span } = statement;
    const path = scope.path === '' ? name.text : `${scope.path}.${name.text}`;
    const assignAll = (): void => {
      for (const item of settings) {
        if (item.kind === 'word') setFlag(item.text, item.span, lookup, parameters, report);
        else if (item.name.text !== 'level' || findParameter(lookup, 'level')) {
          assign(item, lookup, scope, parameters, report, 'warning');
        }
      }
    };
    if (scope.draws) scope.draws.about(path, `${path}(?)`, assignAll);
    else assignAll();
    const nameOf = (text: string): string | undefined => findParameter(lookup, text)?.name;
    const free = tolerances.filter(
      ({ name: { text } }) => !scope.draws?.isReplaced(name.text, nameOf(text) ?? ''),
    );
    const drawn = drawLots(free, path, parameters, nameOf, scope, report);
    const older = otherVersion(statement, entry, parameters.get('version'));
    if (older) report.add(older);
    return { entry, card: { name: name.text, parameters, span }, tolerances: drawn };
  }

  #entryOf(statement: ModelStatement, scope: Scope, report: Report) {
    const { type } = statement;
    const candidates = this.#types.get(type.text);
    if (!candidates) {
      const meant = closest(type.text, this.#types.keys());
      const types = [...this.#types.keys()].sort().join(', ');
      report.add(
        error('N207', `unknown type of model '${type.text}'`, type.span, {
          help: [...(meant ? [`did you mean '${meant}'?`] : []), `there are: ${types}`],
        }),
      );
      return undefined;
    }
    const given = statement.items.find(
      (item) => item.kind === 'assignment' && item.name.text === 'level',
    );
    if (given?.kind !== 'assignment') {
      return (
        candidates.find(({ type: { levels } }) => levels?.includes(1) ?? true) ?? candidates[0]
      );
    }
    const level = report.number(valueOf(given.values[0], scope));
    if (level === undefined) return undefined;
    const entry = candidates.find((candidate) => candidate.type.levels?.includes(level) ?? true);
    if (entry) return entry;
    const levels = candidates.flatMap((candidate) => candidate.type.levels ?? []).join(', ');
    report.add(
      error('N504', `level ${level} of '${type.text}' is not supported`, given.span, {
        help: [`there is level ${levels}`],
      }),
    );
    return undefined;
  }
}

/** A model of several versions computes one of them: a card for another is told so. */
function otherVersion(
  { items }: ModelStatement,
  { definition }: CatalogEntry,
  version: number | undefined,
): Diagnostic | undefined {
  const own = definition.parameters.version?.default;
  // Versions that differ behind the first digit of the fraction are near enough.
  const series = (value: number): number => Math.floor(value * 10 + 1e-6);
  if (version === undefined || own === undefined || series(version) === series(own))
    return undefined;
  const found = items.find((item) => item.kind === 'assignment' && item.name.text === 'version');
  return warning(
    'N215',
    `version ${version} of ${definition.name} is computed as ${own}`,
    found?.span,
  );
}

function setFlag(
  name: string,
  span: ModelStatement['span'],
  lookup: ReturnType<typeof cardLookup>,
  parameters: ParameterValues,
  report: Report,
): void {
  const found = findParameter(lookup, name);
  if (found?.parameter.kind === 'flag') parameters.set(found.name, 1);
  else if (found) {
    report.add(error('N401', `'${name}' has no value`, span, { help: [`write '${name}=…'`] }));
  } else if (parseQuantity(name) !== undefined) {
    report.add(error('N401', `a name is missing before this value`, span));
  } else {
    report.add(
      warning('N205', `${lookup.device} has no parameter '${name}'`, span, {
        label: 'it is ignored',
      }),
    );
  }
}
