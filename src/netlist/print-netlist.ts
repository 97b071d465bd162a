import { printExpression } from '../expression/index.js';
import type {
  BehaviouralStatement,
  Branch,
  Deck,
  Definition,
  FunctionDefinition,
  Item,
  MeasureEntry,
  OperandText,
  Statement,
  StepStatement,
  StepTargetWords,
} from './ast.js';

/**
 * Canonical text of a deck: one card a line, lower case, expressions in braces, comments left out.
 * It parses to an equal deck.
 */
export function printNetlist(deck: Deck): string {
  return [deck.title, ...deck.statements.flatMap((each) => printStatement(each)), '.end', ''].join(
    '\n',
  );
}

/** The lines of a statement; a subcircuit has several. */
export function printStatement(statement: Statement): readonly string[] {
  switch (statement.kind) {
    case 'element':
      return [line(statement.name.text, ...statement.items.map(printItem))];
    case 'behavioural': {
      const nodes = statement.nodes.map(({ text }) => text);
      const drive = `${driveName(statement)}={${printExpression(statement.expression)}}`;
      return [
        line(statement.name.text, ...nodes, drive, ...statement.parameters.map(printDefinition)),
      ];
    }
    case 'model':
      return [
        line('.model', statement.name.text, statement.type.text, ...statement.items.map(printItem)),
      ];
    case 'param':
      return [
        line(
          '.param',
          ...statement.definitions.map(printDefinition),
          ...statement.functions.map(printFunction),
        ),
      ];
    case 'subcircuit': {
      const { name, ports, parameters, statements } = statement;
      const head = line(
        '.subckt',
        name.text,
        ...ports.map(printItem),
        ...parameters.map(printItem),
      );
      return [head, ...statements.flatMap(printStatement), line('.ends', name.text)];
    }
    case 'include': {
      const { path, section } = statement;
      return [section ? line('.lib', `"${path}"`, section) : line('.include', `"${path}"`)];
    }
    case 'if':
      return [...statement.branches.flatMap(printBranch), '.endif'];
    case 'analysis':
      return [line(`.${statement.name}`, ...statement.arguments.map(printItem))];
    case 'ic':
    case 'nodeset':
      return [
        line(
          `.${statement.kind}`,
          ...statement.entries.map(({ node, value }) => `v(${node.text})=${printItem(value)}`),
        ),
      ];
    case 'options':
      return [line('.options', ...statement.items.map(printItem))];
    case 'temp':
      return [line('.temp', ...statement.values.map(printItem))];
    case 'save':
    case 'print': {
      const analysis = statement.analysis ? [statement.analysis.text] : [];
      return [line(`.${statement.kind}`, ...analysis, ...statement.items.map(({ text }) => text))];
    }
    case 'fourier': {
      const { frequency, harmonics, items } = statement;
      const texts = items.map(({ text }) => text);
      return [line('.four', `{${printExpression(frequency)}}`, String(harmonics), ...texts)];
    }
    case 'global':
      return [line('.global', ...statement.nodes.map(printItem))];
    case 'step':
      return [line('.step', ...stepParts(statement))];
    case 'monteCarlo': {
      const seed = statement.seed ? [`seed=${printItem(statement.seed)}`] : [];
      return [line('.mc', printItem(statement.runs), ...seed)];
    }
    case 'corner':
      return [line('.corner', statement.name.text, ...statement.settings.map(printItem))];
    case 'data': {
      const columns = statement.columns.map(printTarget);
      const values = statement.values.map(printItem);
      return [line('.data', statement.name.text, ...columns, ...values, '.enddata')];
    }
    case 'measure': {
      const { analysis, name, entries } = statement;
      return [
        line('.meas', ...(analysis ? [analysis.text] : []), name.text, ...entries.map(printEntry)),
      ];
    }
    case 'title':
      return [line('.title', statement.text)];
  }
}

/** B elements say what they drive; of others the letter does. */
function driveName({ name, drives }: BehaviouralStatement): string {
  if (!name.text.startsWith('b')) return 'value';
  return drives === 'voltage' ? 'v' : 'i';
}

function line(...parts: readonly string[]): string {
  return parts.join(' ');
}

function printFunction({ name, parameters, body }: FunctionDefinition): string {
  const names = parameters.map(({ text }) => text).join(',');
  return `${name.text}(${names})={${printExpression(body)}}`;
}

function printBranch({ condition, statements }: Branch, index: number): string[] {
  const card = !condition ? '.else' : index === 0 ? '.if' : '.elseif';
  const head = condition ? line(card, `{${printExpression(condition)}}`) : card;
  return [head, ...statements.flatMap(printStatement)];
}

function stepParts({ spacing, target, values }: StepStatement): string[] {
  const printed = values.map(printItem);
  if (!target) return [`data=${printed.join('')}`];
  return spacing === 'list'
    ? [printTarget(target), 'list', ...printed]
    : [spacing, printTarget(target), ...printed];
}

function printTarget({ isParameter, name, parameter }: StepTargetWords): string {
  if (parameter) return `${name.text}(${parameter.text})`;
  return isParameter ? `param ${name.text}` : name.text;
}

function printEntry(entry: MeasureEntry): string {
  switch (entry.kind) {
    case 'operand':
      return printOperand(entry);
    case 'setting':
      return `${entry.name.text}=${printOperand(entry.value)}`;
    case 'equation':
      return `${printOperand(entry.left)}=${printOperand(entry.right)}`;
  }
}

/** A keyword stays bare. */
function printOperand({ expression }: OperandText): string {
  const printed = printExpression(expression);
  return expression.kind === 'name' ? printed : `{${printed}}`;
}

function printDefinition({ name, expression }: Definition): string {
  return `${name.text}={${printExpression(expression)}}`;
}

function printItem(item: Item): string {
  switch (item.kind) {
    case 'word':
      return /[\s={}()',;$]|^$|\/\//.test(item.text) ? `"${item.text}"` : item.text;
    case 'braced':
      return `{${printExpression(item.expression)}}`;
    case 'assignment':
      return `${item.name.text}=${item.values.map(printItem).join(',')}`;
    case 'group':
      return `${item.name?.text ?? ''}(${item.items.map(printItem).join(' ')})`;
  }
}
