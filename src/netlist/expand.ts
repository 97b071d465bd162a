import { closest, error } from '../base/index.js';
import { catalog as everyDevice, type CatalogEntry } from '../devices/index.js';
import type { Deck, ElementStatement, OutputStatement, SubcircuitStatement, Word } from './ast.js';
import { BehaviouralShapes } from './behavioural.js';
import type { Circuit, Instance, OptionValue } from './circuit.js';
import { declareParameters, openDeclarations } from './conditionals.js';
import { nominalTemperatureOfDeck, temperatureOfDeck } from './deck-temperatures.js';
import type { Declarations } from './declarations.js';
import { Draws, type RunKey } from './draws.js';
import { expandBehavioural } from './expand-behavioural.js';
import { emptyControls, expandControl } from './expand-controls.js';
import { expandElement } from './expand-element.js';
import { elementName, expandOutput, unknown } from './expand-outputs.js';
import { expandRuns } from './expand-runs.js';
import { Expansion } from './expansion.js';
import type { Level } from './level.js';
import { CatalogIndex, Library } from './models.js';
import { commonParameters, drawnValue, inBounds } from './parameter-values.js';
import type { Report } from './report.js';
import { expressionOf, Scope } from './scope.js';

export interface ExpandOptions {
  /** Values that replace the top level's `.param`s of these names, in SI units. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** Temperature for which `temper` has its value [°C]; the deck's own if absent. */
  readonly temperature?: number;
  /** The run of a Monte Carlo that this is; without it random functions have nominal values. */
  readonly draws?: RunKey;
  /** Parameters of model cards that a step sets, as `card(parameter)`: they are not drawn. */
  readonly replaced?: ReadonlySet<string>;
  /** Replaces `.options seed`, which devices draw by. */
  readonly seed?: number;
  /** Devices that elements and `.model` cards may use; all of them if absent. */
  readonly catalog?: readonly CatalogEntry[];
  /** More elements than this are refused: a guard against subcircuits that multiply each other. */
  readonly mostElements?: number;
}

const deepestNesting = 100;
const defaultMostElements = 4_000_000;

/**
 * Makes a flat circuit of a deck: parameters evaluated, subcircuits opened, models found.
 *
 * Diagnostics go to `report`; with an error among
 * them there is no circuit.
 */
export function expand(
  deck: Deck,
  report: Report,
  options: ExpandOptions = {},
): Circuit | undefined {
  const index = new CatalogIndex(options.catalog ?? everyDevice);
  const expansion = new Expansion(
    report,
    index,
    shapesOf(deck),
    options.mostElements ?? defaultMostElements,
  );
  const { level, declarations } = topLevel(deck, options, report);
  expansion.nominalTemperature = nominalTemperatureOfDeck(deck.statements, level.scope);
  const controls = emptyControls();
  for (const statement of declarations.controls) {
    if (statement.kind === 'global') expandControl(statement, level, controls, expansion);
  }
  const before = report.errors;
  expandElements(declarations, level, expansion, controls);
  // What is missing may be a consequence of an earlier error: then it is not mentioned.
  const allThere = deck.complete && report.errors === before;
  for (const statement of declarations.controls) {
    expandControl(statement, level, controls, expansion);
  }
  if (allThere) checkReferences(expansion);
  expansion.swept = new Set(
    controls.analyses.flatMap(
      ({ name, arguments: [first] }) => (name === 'dc' ? first?.text : []) ?? [],
    ),
  );
  const runs = expandRuns(declarations, level, expansion, allThere);
  const outputs = (kind: 'save' | 'print') =>
    declarations.controls
      .filter((statement): statement is OutputStatement => statement.kind === kind)
      .map((statement) => expandOutput(statement, level.scope, expansion));
  const saves = allThere ? outputs('save') : [];
  const prints = allThere ? outputs('print') : [];
  const parameters = topParameters(level.scope, report);
  if (report.errors > 0) return undefined;
  const { readsTemperature, draws } = level.scope;
  const { seed, run } = { seed: options.seed, run: undefined, ...options.draws };
  setOption('seed', seed, deck, controls.options);
  setOption('run', run, deck, controls.options);
  return {
    title: deck.title,
    nodes: expansion.nodes.names,
    instances: expansion.instances,
    ...controls,
    saves,
    prints,
    ...runs,
    parameters,
    ...(draws ? { drawn: draws.values } : {}),
    readsTemperature,
    diagnostics: report.diagnostics,
  };
}

/** An option that is not of the deck: devices draw by the seed and the run. */
function setOption(
  name: string,
  value: number | undefined,
  { source }: Deck,
  options: Map<string, OptionValue>,
): void {
  if (value !== undefined) options.set(name, { value, span: { source, start: 0, end: 0 } });
}

const knownShapes = new WeakMap<Deck, BehaviouralShapes>();

/** Every expansion of a deck has the same definitions, so that its kernels are compiled once. */
function shapesOf(deck: Deck): BehaviouralShapes {
  const known = knownShapes.get(deck) ?? new BehaviouralShapes();
  knownShapes.set(deck, known);
  return known;
}

function topLevel(
  deck: Deck,
  { parameters: overrides = {}, temperature, draws, replaced }: ExpandOptions,
  report: Report,
): { readonly level: Level; readonly declarations: Declarations } {
  const scope = new Scope();
  if (draws) scope.draws = new Draws(draws, replaced);
  const library = new Library();
  scope.temperatureOf = () => temperature ?? temperatureOfDeck(deck.statements, scope);
  for (const [name, value] of Object.entries(overrides)) scope.give(name.toLowerCase(), value);
  const declarations = openDeclarations(deck.statements, scope, report);
  declare(declarations, scope, library, report);
  defineStepped(declarations, scope);
  const names = scope.own().filter((name) => scope.defines(name));
  for (const name of Object.keys(overrides)) {
    const lower = name.toLowerCase();
    if (!scope.defines(lower)) {
      const meant = closest(lower, names);
      const help = meant ? { help: [`did you mean '${meant}'?`] } : {};
      report.add(error('N212', `the deck has no parameter '${name}'`, undefined, help));
    }
  }
  const level = { scope, library, prefix: '', ports: new Map(), multiplier: 1, chain: [] };
  return { level, declarations };
}

/** `.step param x …` may stand without a `.param x`: LTspice takes its first value then. */
function defineStepped({ controls }: Declarations, scope: Scope): void {
  const known = new Set(scope.own());
  for (const statement of controls) {
    if (statement.kind !== 'step' || !statement.target?.isParameter) continue;
    const { name } = statement.target;
    if (!known.has(name.text)) {
      scope.define(name.text, expressionOf(statement.values[0]), name.span);
    }
  }
}

function declare(declarations: Declarations, scope: Scope, library: Library, report: Report): void {
  declareParameters(declarations, scope);
  for (const model of declarations.models) library.addModel(model, scope, report);
  for (const subcircuit of declarations.subcircuits) library.addSubcircuit(subcircuit, report);
}

function topParameters(scope: Scope, report: Report): Map<string, number> {
  const parameters = new Map<string, number>();
  for (const name of scope.own()) {
    const value = report.number(scope.lookup(name) ?? NaN);
    if (value !== undefined) parameters.set(name, value);
  }
  return parameters;
}

function expandElements(
  declarations: Declarations,
  level: Level,
  expansion: Expansion,
  controls: ReturnType<typeof emptyControls>,
): void {
  for (const statement of declarations.elements) {
    if (expansion.full) {
      expansion.report.add(
        error('N411', 'the circuit has too many elements', statement.span, {
          help: ['do subcircuits multiply each other?'],
        }),
      );
      return;
    }
    const { draws } = level.scope;
    const name = level.prefix + statement.name.text;
    const open = (): void => {
      expandOne(statement, level, expansion, controls);
    };
    if (draws) draws.about(name, `@${name}[?]`, open);
    else open();
  }
}

function expandOne(
  statement: Declarations['elements'][number],
  level: Level,
  expansion: Expansion,
  controls: ReturnType<typeof emptyControls>,
): void {
  if (statement.kind === 'behavioural') expandBehavioural(statement, level, expansion);
  else if (statement.letter === 'x') expandSubcircuit(statement, level, expansion, controls);
  else expandElement(statement, level, expansion);
}

function expandSubcircuit(
  statement: ElementStatement,
  level: Level,
  expansion: Expansion,
  controls: ReturnType<typeof emptyControls>,
): void {
  const { report } = expansion;
  const call = readCall(statement, level, expansion);
  if (!call) return;
  const { subcircuit, library: definedIn, nodes } = call;
  if (level.chain.includes(subcircuit) || level.chain.length > deepestNesting) {
    const from = Math.max(level.chain.indexOf(subcircuit), 0);
    const chain = [...level.chain.slice(from), subcircuit].map(({ name }) => name.text);
    report.add(
      error('N406', `the subcircuit '${subcircuit.name.text}' contains itself`, statement.span, {
        notes: [chain.join(' → ')],
      }),
    );
    return;
  }
  const scope = new Scope(level.scope, level.prefix + statement.name.text);
  for (const { name, values } of subcircuit.parameters) {
    scope.define(name.text, expressionOf(values[0]), name.span);
  }
  const multiplier = setCallParameters(statement, subcircuit, level, scope, expansion);
  if (multiplier === undefined) return;
  const declarations = openDeclarations(subcircuit.statements, scope, report);
  const library = hasLibrary(declarations) ? new Library(definedIn) : definedIn;
  declare(declarations, scope, library, report);
  const inner: Level = {
    scope,
    library,
    prefix: `${level.prefix}${statement.name.text}.`,
    ports: new Map(subcircuit.ports.map(({ text }, i) => [text, nodes[i]])),
    multiplier,
    chain: [...level.chain, subcircuit],
  };
  expandElements(declarations, inner, expansion, controls);
  for (const control of declarations.controls) {
    expandControl(control, inner, controls, expansion);
  }
}

function hasLibrary({ models, subcircuits }: Declarations): boolean {
  return models.length > 0 || subcircuits.length > 0;
}

/** The subcircuit that an X element names, and the nodes it is connected to. */
function readCall(statement: ElementStatement, level: Level, expansion: Expansion) {
  const { report } = expansion;
  const plain = statement.items.filter((item): item is Word => item.kind === 'word');
  const name = plain.pop();
  const other = statement.items.find((item) => item.kind === 'braced' || item.kind === 'group');
  if (!name || other) {
    report.add(
      error(
        'N412',
        'an X element has nodes and the name of a subcircuit',
        (other ?? statement).span,
        {
          help: ["such as 'X1 in out amplifier gain=10'"],
        },
      ),
    );
    return undefined;
  }
  const found = level.library.subcircuit(name.text);
  if (!found) {
    const meant = closest(name.text, level.library.subcircuitNames());
    report.add(
      error('N213', `unknown subcircuit '${name.text}'`, name.span, {
        label: 'no .subckt has this name',
        ...(meant ? { help: [`did you mean '${meant}'?`] } : {}),
      }),
    );
    return undefined;
  }
  const { ports } = found.statement;
  if (plain.length !== ports.length) {
    const names = ports.map(({ text }) => text).join(' ');
    report.add(
      error(
        'N407',
        `'${name.text}' has ${ports.length} nodes, not ${plain.length}`,
        statement.span,
        {
          help: [`its nodes are: ${names}`],
        },
      ),
    );
    return undefined;
  }
  const nodes = expansion.connect(plain, level);
  return { subcircuit: found.statement, library: found.library, nodes };
}

/** Evaluates what the X element sets; returns the product of all `m`s, or undefined after an error. */
function setCallParameters(
  statement: ElementStatement,
  subcircuit: SubcircuitStatement,
  level: Level,
  scope: Scope,
  expansion: Expansion,
): number | undefined {
  const { report } = expansion;
  let { multiplier } = level;
  let sound = true;
  const declared = new Set(subcircuit.parameters.map(({ name }) => name.text));
  for (const item of statement.items) {
    if (item.kind !== 'assignment') continue;
    const { name, values } = item;
    const value = report.number(drawnValue(name.text, values[0], level.scope));
    if (value === undefined) sound = false;
    else if (name.text === 'm' && !declared.has('m')) {
      if (inBounds('m', commonParameters.m, value, values[0].span, report)) multiplier *= value;
      else sound = false;
    } else {
      if (!declared.has(name.text)) report.add(undeclared(name, subcircuit, declared));
      scope.give(name.text, value);
    }
  }
  return sound ? multiplier : undefined;
}

function undeclared(name: Word, subcircuit: SubcircuitStatement, declared: ReadonlySet<string>) {
  const meant = closest(name.text, declared);
  const message = `the subcircuit '${subcircuit.name.text}' has no parameter '${name.text}'`;
  return error('N205', message, name.span, {
    help: [
      meant
        ? `did you mean '${meant}'?`
        : `declare it: '.subckt ${subcircuit.name.text} … ${name.text}=…'`,
    ],
  });
}

/** Instances and nodes that are read but not there. */
function checkReferences(expansion: Expansion): void {
  const { report, byName, nodes } = expansion;
  const inductor = expansion.catalog.ofLetter('l')?.definition;
  const otherNames = new Map<string, string>();
  for (const { name, span, inductive } of expansion.references) {
    const own = elementName(name, expansion);
    if (own !== undefined && own !== name) otherNames.set(name, own);
    const instance = own === undefined ? undefined : byName.get(own);
    if (!instance) report.add(unknown('element', name, span, byName.keys()));
    else if (inductive && instance.definition !== inductor)
      report.add(error('N310', `'${name}' is not an inductor that can be coupled`, span));
    else if (!hasBranch(instance)) {
      report.add(
        error('N309', `the current of '${name}' is not an unknown of the circuit`, span, {
          help: ['put a voltage source of 0 V in series and read its current'],
        }),
      );
    }
  }
  if (otherNames.size > 0) expansion.renameReferences(otherNames);
  for (const { node, span } of expansion.readNodes) {
    if (!nodes.isConnected(node)) {
      report.add(unknown('node', nodes.names[node], span, nodes.connectedNames()));
    }
  }
}

const branchLetters = new Set(['v', 'e', 'h', 'l']);

/** Whether an instance's current is an unknown: sources of voltage and inductors. */
function hasBranch({ name, definition: { equations } }: Instance): boolean {
  if (equations.kind === 'behavioural') return equations.drives === 'voltage';
  return branchLetters.has(name.slice(name.lastIndexOf('.') + 1)[0]);
}
