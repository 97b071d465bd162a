import { error, type Span } from '../base/index.js';
import type { CatalogEntry } from '../devices/index.js';
import type { ElementStatement, Group, Item, Value, Word } from './ast.js';
import { groupProblem, kindOf, tooFewNodes, unknownModel } from './element-messages.js';
import { TailReader } from './element-tail.js';
import { expandCoupling } from './expand-coupling.js';
import { expandDependent } from './expand-dependent.js';
import { expandSource } from './expand-source.js';
import type { Expansion } from './expansion.js';
import { type Level, multiply } from './level.js';
import { isLine, isLossyLine } from './line-values.js';
import type { Model } from './models.js';
import type { ParameterValues } from './parameter-values.js';
import { drawDeviations } from './tolerances.js';

const none: readonly string[] = [];

/** Elements that mean nothing without their value. */
const valueIsRequired = new Set(['r', 'c', 'l', 'e', 'g', 'f', 'h']);

/** What a card says, sorted by the device's needs. */
interface ElementParts {
  readonly entry: CatalogEntry;
  readonly nodes: readonly Word[];
  /** How many of them the netlist has. */
  readonly connected: number;
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
  if (letter === 'k') {
    expandCoupling(statement, level, expansion);
    return;
  }
  if (expandDependent(statement, level, expansion)) return;
  const plain = withoutAssignments(items, expansion);
  if (!plain) return;
  const heated = selfHeating(letter, plain, level);
  if (heated && letter !== 'd') {
    expansion.report.add(
      error('N502', `self-heating of ${kindOf(letter)} is not supported`, heated.span, {
        help: ["without 'thermal' and the nodes of its heat it stays at its 'temp'"],
      }),
    );
    return;
  }
  const layout = letter === 'n' ? namedModel(statement, plain, level, expansion) : lettered(letter);
  if (!layout) return;
  const parts = sortParts(statement, plain, layout, level, expansion);
  if (!parts) return;
  const { entry, nodes, references, model, parameters } = parts;
  if (letter !== 'n' && !hasValue(statement, parts, expansion)) return;
  if (letter === 'd' && !heatsOrNot(heated?.span ?? span, parts, expansion)) return;
  if (letter === 't' && !isLine(statement, parameters, expansion.report)) return;
  if (letter === 'o' && model && !isLossyLine(model.card, expansion.report)) return;
  const { draws } = level.scope;
  if (model && draws && model.tolerances.length > 0)
    drawDeviations(model.tolerances, level.prefix + name.text, model.card, parameters, draws);
  multiply(parameters, level);
  expansion.add(
    {
      name: level.prefix + name.text,
      definition: entry.definition,
      ...(model ? { card: model.card } : {}),
      nodes: expansion.connect(nodes, level),
      parameters,
      references: references.length === 0 ? none : references.map((r) => expansion.refer(r, level)),
      span,
    },
    name.span,
  );

  function lettered(of: string): CatalogEntry | undefined {
    const entry = expansion.catalog.ofLetter(of);
    if (!entry) {
      const what = kindOf(of);
      expansion.report.add(error('N502', `${what} is not supported yet`, name.span));
    }
    return entry;
  }
}

/** The word `thermal` behind a transistor or diode, with the nodes of its heat before its model. */
function selfHeating(letter: string, plain: readonly Value[], level: Level): Word | undefined {
  const last = plain.at(-1);
  if (!'dmq'.includes(letter) || last?.kind !== 'word' || last.text !== 'thermal') return undefined;
  return level.library.model('thermal') ? undefined : last;
}

/** A diode that heats itself has the node of its temperature, and its card the thermal resistance. */
function heatsOrNot(
  span: Span,
  { connected, nodes, model, parameters }: ElementParts,
  { report }: Expansion,
): boolean {
  const before = report.errors;
  const help = ['D1 a c tj card thermal: the voltage of tj is the rise of temperature in K'];
  const heats = Boolean(parameters.get('thermal'));
  if (heats && connected < 3) {
    const message = 'a diode that heats itself has a third node, its temperature';
    report.add(error('N407', message, span, { help }));
  } else if (heats && !model?.card.parameters.has('rth0')) {
    const message = "'thermal' needs the thermal resistance rth0 on the card";
    report.add(error('N410', message, span, { help: ['such as rth0=50, in K/W'] }));
  } else if (!heats && connected > 2) {
    const message = "the third node of a diode is its temperature, and 'thermal' is missing";
    report.add(error('N407', message, nodes[2].span, { help }));
  }
  return report.errors === before;
}

/** Items that are no assignments; undefined if there are parentheses among them. */
function withoutAssignments(
  items: readonly Item[],
  expansion: Expansion,
): readonly Value[] | undefined {
  const group = items.find((item): item is Group => item.kind === 'group');
  if (group) {
    expansion.report.add(groupProblem(group));
    return undefined;
  }
  return items.filter((item) => item.kind === 'word' || item.kind === 'braced');
}

/** The device of an N element: the first word that names a model with as many terminals. */
function namedModel(
  { name }: ElementStatement,
  plain: readonly Value[],
  level: Level,
  expansion: Expansion,
): CatalogEntry | undefined {
  const { report, catalog } = expansion;
  let candidate: { word: Word; count: number; terminals: readonly string[] } | undefined;
  for (const [count, word] of plain.entries()) {
    const entry = word.kind === 'word' ? level.library.model(word.text) : undefined;
    if (!entry || word.kind !== 'word') continue;
    const model = catalog.resolve(entry, report);
    if (!model) return undefined;
    if (model.entry.definition.terminals.length === count) return model.entry;
    if (count > 0) candidate = { word, count, terminals: model.entry.definition.terminals };
  }
  if (candidate) {
    const { word, count, terminals } = candidate;
    report.add(
      error('N407', `'${word.text}' has ${terminals.length} nodes, not ${count}`, word.span, {
        help: [`its nodes are: ${terminals.join(' ')}`],
      }),
    );
    return undefined;
  }
  const last = plain.findLast((each): each is Word => each.kind === 'word');
  if (last) {
    report.add(unknownModel(last, level));
    return undefined;
  }
  report.add(error('N407', 'an N element has nodes and a model', name.span));
  return undefined;
}

function sortParts(
  statement: ElementStatement,
  plain: readonly Value[],
  layout: CatalogEntry,
  level: Level,
  expansion: Expansion,
): ElementParts | undefined {
  const { report } = expansion;
  const before = report.errors;
  const placed = placedModel(statement.letter, plain, level, expansion);
  const { terminals, references } = (placed?.entry ?? layout).definition;
  // Where no model is found its name is taken to stand last.
  const fewest = terminals.length - (layout.grounded ?? 0);
  const behind = plain.length - references.length - 1;
  const nodeCount = placed?.nodes ?? Math.min(terminals.length, Math.max(fewest, behind));
  const leading = plain.slice(0, nodeCount + references.length);
  const nodes = leading.filter((item): item is Word => item.kind === 'word');
  if (nodes.length < nodeCount + references.length) {
    report.add(tooFewNodes(statement, layout, leading));
    return undefined;
  }
  const reader = new TailReader(statement, layout, level, expansion);
  const late = nodes.findIndex((node) => reader.isModel(node));
  if (late > 1 && !plain.slice(leading.length).some((item) => reader.isModel(item))) {
    report.add(tooFewNodes(statement, layout, leading.slice(0, late)));
    return undefined;
  }
  const tail = statement.items.filter((item) => !leading.includes(item as Value));
  reader.read(tail);
  if (report.errors > before) {
    return undefined;
  }
  const omitted = terminals.slice(nodeCount).map(() => ({ ...nodes[0], text: '0' }));
  return {
    entry: reader.model?.entry ?? layout,
    nodes: [...nodes.slice(0, nodeCount), ...omitted],
    connected: nodeCount,
    references: nodes.slice(nodeCount),
    model: reader.model,
    parameters: reader.parameters,
  };
}

/**
 * The model behind as many nodes as it takes: devices of one letter may differ in that, and leave
 * out their last ones. Undefined if there is none; what follows finds the reason.
 */
function placedModel(
  letter: string,
  plain: readonly Value[],
  level: Level,
  { catalog, report }: Expansion,
): { readonly entry: CatalogEntry; readonly nodes: number } | undefined {
  for (let nodes = plain.length - 1; nodes > 1; nodes--) {
    const word = plain[nodes];
    const known = word.kind === 'word' ? level.library.model(word.text) : undefined;
    const entry = known && catalog.resolve(known, report)?.entry;
    if (entry?.letter !== letter) continue;
    const most = entry.definition.terminals.length;
    if (nodes <= most && nodes >= most - (entry.grounded ?? 0)) return { entry, nodes };
  }
  return undefined;
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
    error('N410', `${kindOf(letter)} has a value`, span, {
      label: 'it is missing here',
      help: [`write it behind the nodes, or as '${positional}=…'`],
    }),
  );
  return false;
}
