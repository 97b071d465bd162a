/** From the items of a `.meas` card to a measure with its signals, conditions and settings. */
import {
  closest,
  type Diagnostic,
  error,
  type ParameterTable,
  type Span,
} from '../../base/index.js';
import { optionalReal } from '../../base/index.js';
import { edgeTable } from './edges.js';
import { measures } from './list.js';
import type { Measure } from './measure.js';
import type { MeasureCardForm, MeasureItemForm, OperandForm } from './measure-card.js';

/** A keyword with what stands behind it, up to the next keyword. */
export interface Clause {
  readonly keyword: string;
  readonly operands: readonly OperandForm[];
  /** `v(out)=0.5`. */
  readonly condition?: { readonly left: OperandForm; readonly right: OperandForm };
  readonly settings: ReadonlyMap<string, OperandForm>;
  readonly span: Span;
}

export interface BoundMeasure {
  readonly card: MeasureCardForm;
  readonly measure: Measure;
  /** That of the measure itself first. */
  readonly clauses: readonly Clause[];
}

const windowTable: ParameterTable = {
  from: optionalReal('', 'begin of the window; default: that of the analysis'),
  to: optionalReal('', 'end of the window; default: that of the analysis'),
  td: optionalReal('', 'begin of the window, as from'),
};

const placeTable: ParameterTable = { at: optionalReal('', 'a place of the scale') };

const eventTable: ParameterTable = {
  ...placeTable,
  ...edgeTable,
  val: optionalReal('', 'the level that is passed'),
};

/** Of every measure. */
const commonTable: ParameterTable = {
  default_val: optionalReal('', 'the value of a measure that fails'),
  atleast: optionalReal('', 'smallest value that passes, in many runs'),
  atmost: optionalReal('', 'largest value that passes, in many runs'),
};

/** Settings of optimizers and of printing that change no value. */
export const idleSettings: ReadonlySet<string> = new Set([
  ...['goal', 'weight', 'precision', 'print', 'measdgt', 'output'],
]);

/** What may be set in a clause. */
export function tableOf(measure: Measure, keyword: string): ParameterTable {
  if (keyword === 'trig' || keyword === 'targ') return { ...eventTable, ...commonTable };
  if (keyword === 'when') return { ...edgeTable, ...placeTable, ...commonTable };
  switch (measure.form) {
    case 'window':
      return { ...windowTable, ...measure.table, ...commonTable };
    case 'point':
      return { ...placeTable, ...edgeTable, ...commonTable };
    default:
      return commonTable;
  }
}

const secondary = new Set(['when', 'trig', 'targ']);

function measureOf(word: string): Measure | undefined {
  return measures.find(({ name, aliases = [] }) => name === word || aliases.includes(word));
}

/** Reads a card; a diagnostic if it does not say what to measure. */
export function bindMeasure(card: MeasureCardForm): BoundMeasure | Diagnostic {
  const clauses = clausesOf(card.items);
  const [first] = clauses;
  const measure =
    first &&
    (measureOf(first.keyword) ?? (first.keyword === 'targ' ? measureOf('trig') : undefined));
  if (!measure) return unknownMeasure(card);
  const bound = { card, measure, clauses };
  return misfit(bound) ?? bound;
}

/** Words that are settings also when a blank stands for their `=` (`from 1u to 2u`). */
const spacedSettings = new Set(['from', 'to', 'at', 'td', 'val', 'rise', 'fall', 'cross']);

interface GrowingClause {
  readonly keyword: string;
  readonly operands: OperandForm[];
  condition?: NonNullable<Clause['condition']>;
  readonly settings: Map<string, OperandForm>;
  readonly span: Span;
}

function clausesOf(items: readonly MeasureItemForm[]): Clause[] {
  const clauses: GrowingClause[] = [];
  const open = (keyword: string, span: Span): void => {
    clauses.push({ keyword, operands: [], settings: new Map(), span });
  };
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    const clause = clauses.at(-1);
    if (item.kind === 'operand') {
      const next = items[i + 1];
      const isFirst = clause === undefined;
      if (isFirst || secondary.has(item.text)) open(item.text, item.span);
      else if (spacedSettings.has(item.text) && next?.kind === 'operand') {
        clause.settings.set(item.text, next);
        i++;
      } else clause.operands.push(item);
    } else if (item.kind === 'equation') {
      if (clause) clause.condition = { left: item.left, right: item.right };
    } else if (measureOf(item.name)?.form === 'expression') {
      open(item.name, item.value.span);
      clauses.at(-1)!.operands.push(item.value);
    } else if (clause) clause.settings.set(item.name, item.value);
  }
  return clauses;
}

function unknownMeasure({ items, span }: MeasureCardForm): Diagnostic {
  const names = measures.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  const [first] = items;
  const word = first?.kind === 'operand' ? first.text : '';
  const near = closest(word, names);
  const message = word ? `there is no measure '${word}'` : 'this card does not say what to measure';
  return error('W601', message, first?.kind === 'operand' ? first.span : span, {
    help: [near ? `did you mean '${near}'?` : `there are: ${names.join(', ')}`],
  });
}

/** What is missing from a card or too much on it. */
function misfit({ card, measure, clauses }: BoundMeasure): Diagnostic | undefined {
  for (const { keyword, settings } of clauses) {
    const table = tableOf(measure, keyword);
    for (const [name, { span }] of settings) {
      if (Object.hasOwn(table, name) || idleSettings.has(name)) continue;
      const near = closest(name, Object.keys(table));
      return wrong(measure, `'${keyword}' has no setting '${name}'`, span, near);
    }
  }
  const [first, ...more] = clauses;
  const lack = (what: string): Diagnostic => wrong(measure, what, card.span);
  const operands = first.operands.length;
  if (measure.form === 'window') {
    if (operands !== measure.signals)
      return lack(`'${measure.name}' measures ${signalCount(measure.signals)}, not ${operands}`);
  } else if (measure.form === 'point') {
    const reads = measure.reads ? 1 : 0;
    if (operands !== reads)
      return lack(
        `'${measure.name}' reads ${reads === 1 ? 'one signal' : 'no signal'} before its condition`,
      );
    const event = measure.reads ? more.find(({ keyword }) => keyword === 'when') : first;
    if (event ? !event.condition : !first.settings.has('at') && card.analysis !== 'op')
      return lack(`'${measure.name}' lacks ${measure.reads ? 'at=… or ' : ''}a condition`);
  } else if (measure.form === 'delay') {
    const [trigger, target] = ['trig', 'targ'].map((word) =>
      clauses.find(({ keyword }) => keyword === word),
    );
    if (!trigger || !target) return lack(`'${trigger ? 'targ' : 'trig'}' is missing`);
  } else if (operands !== 1) return lack(`'${measure.name}' takes one expression`);
  return events(clauses)
    .filter(
      ({ settings, condition, operands: own }) =>
        !settings.has('at') && !condition && !(own.length === 1 && settings.has('val')),
    )
    .map(({ keyword, span }) =>
      wrong(measure, `'${keyword}' needs a signal and val=…, or at=…`, span),
    )[0];
}

/** The clauses that say when. */
function events(clauses: readonly Clause[]): Clause[] {
  return clauses.filter(({ keyword }) => keyword === 'trig' || keyword === 'targ');
}

function signalCount(count: 1 | 2): string {
  return count === 1 ? 'one signal' : 'two signals';
}

function wrong(measure: Measure, message: string, span: Span, near?: string): Diagnostic {
  return error('W602', message, span, {
    help: [near ? `did you mean '${near}'?` : `usage: ${measure.usage}`],
  });
}
