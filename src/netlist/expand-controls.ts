import { error, parseQuantity, type Span } from '../base/index.js';
import type {
  AnalysisStatement,
  NodeValueStatement,
  OptionStatement,
  Statement,
  TemperatureStatement,
  Value,
  Word,
} from './ast.js';
import type { AnalysisCard, CardArgument, NodeValue, OptionValue } from './circuit.js';
import type { Expansion } from './expansion.js';
import { type Level, mentionNode } from './level.js';
import { printExpression } from '../expression/index.js';
import { tryValue, valueOf } from './scope.js';

/** What the deck says about the run, apart from outputs. */
export interface Controls {
  readonly analyses: AnalysisCard[];
  readonly initialConditions: NodeValue[];
  readonly nodesets: NodeValue[];
  readonly options: Map<string, OptionValue>;
  readonly temperatures: number[];
}

export function emptyControls(): Controls {
  return {
    analyses: [],
    initialConditions: [],
    nodesets: [],
    options: new Map(),
    temperatures: [],
  };
}

/** Evaluates one statement into `controls`; kinds that are no controls are left to others. */
export function expandControl(
  statement: Statement,
  level: Level,
  controls: Controls,
  expansion: Expansion,
): void {
  switch (statement.kind) {
    case 'analysis':
      controls.analyses.push(analysisCard(statement, level, expansion));
      break;
    case 'ic':
      nodeValues(statement, level, controls.initialConditions, expansion);
      break;
    case 'nodeset':
      nodeValues(statement, level, controls.nodesets, expansion);
      break;
    case 'options':
      setOptions(statement, level, controls.options, expansion);
      break;
    case 'temp':
      level.scope.withoutTemperature(() => {
        setTemperatures(statement, level, controls.temperatures, expansion);
      });
      break;
    case 'global':
      for (const { text } of statement.nodes) expansion.globals.add(text);
      break;
    default:
  }
}

/**
 * A word that is both a keyword and a parameter (`.dc vdd 0 5 1` with a parameter `vdd`) keeps its
 * text and has a value too: the analysis decides which one it needs.
 */
function analysisCard(
  { name, arguments: values, span }: AnalysisStatement,
  level: Level,
  expansion: Expansion,
): AnalysisCard {
  const cardArguments = values.map((value): CardArgument => {
    const text = value.kind === 'word' ? value.text : printExpression(value.expression);
    const found = tryValue(value, level.scope);
    const number = found === undefined ? undefined : expansion.report.number(found);
    return { text, ...(number === undefined ? {} : { value: number }), span: value.span };
  });
  return { name, arguments: cardArguments, span };
}

function nodeValues(
  { entries }: NodeValueStatement,
  level: Level,
  into: NodeValue[],
  expansion: Expansion,
): void {
  const { nodes, globals, report } = expansion;
  for (const { node: word, value, span } of entries) {
    const node = mentionNode(word.text, level, nodes, globals);
    expansion.readNodes.push({ node, span: word.span });
    const number = report.number(valueOf(value, level.scope));
    if (node === 0) report.add(error('N308', 'ground is always at 0 V', word.span));
    else if (number !== undefined) into.push({ node, value: number, span });
  }
}

function setOptions(
  { items }: OptionStatement,
  level: Level,
  into: Map<string, OptionValue>,
  expansion: Expansion,
): void {
  for (const item of items) {
    if (item.kind === 'word') into.set(item.text, { value: 1, span: item.span });
    else {
      const value = optionValue(item.values[0], level, expansion);
      if (value !== undefined) into.set(item.name.text, { value, span: item.span });
    }
  }
}

function optionValue(
  value: Value,
  level: Level,
  expansion: Expansion,
): number | string | undefined {
  if (value.kind === 'word') {
    return parseQuantity(value.text) ?? optionWord(value, level, expansion);
  }
  return expansion.report.number(valueOf(value, level.scope));
}

function optionWord(word: Word, level: Level, expansion: Expansion): number | string | undefined {
  const parameter = level.scope.lookup(word.text);
  return parameter === undefined ? word.text : expansion.report.number(parameter);
}

function setTemperatures(
  { values }: TemperatureStatement,
  level: Level,
  into: number[],
  expansion: Expansion,
): void {
  for (const value of values) {
    const number = expansion.report.number(valueOf(value, level.scope));
    if (number === undefined) continue;
    if (number > -273.15) into.push(number);
    else expansion.report.add(belowZero(value.span));
  }
}

function belowZero(span: Span) {
  return error('N304', 'a temperature lies above -273.15 °C', span);
}
