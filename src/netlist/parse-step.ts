import { type Diagnostic, error } from '../base/index.js';
import type {
  DataStatement,
  Item,
  StepSpacing,
  StepStatement,
  StepTargetWords,
  Value,
  Word,
} from './ast.js';
import { readItems } from './card-items.js';
import { type Card, cardSpan } from './cards.js';
import { parseQuantity } from '../base/index.js';

const spacings = new Set(['lin', 'dec', 'oct', 'list']);

/** Model types that PSpice and LTspice write before `name(parameter)`. */
const modelTypes = new Set([
  ...[
    'res',
    'cap',
    'ind',
    'core',
    'd',
    'npn',
    'pnp',
    'lpnp',
    'njf',
    'pjf',
    'nmos',
    'pmos',
    'vdmos',
  ],
  ...['vswitch', 'iswitch', 'sw', 'csw', 'nigbt', 'gasfet'],
]);

const usage = [
  "such as '.step param r 1k 10k 1k', '.step dec param r 1 10k 3', '.step r1 list 1k 2k'",
  "or '.step temp 0 100 25', '.step data=name'",
];

/**
 * Reads `.step` as ngspice's relatives write it:
 *
 *     .step [lin|dec|oct] what start stop increment-or-points        PSpice, LTspice, Xyce
 *     .step what list v1 v2 …        .step what dec points start stop        HSPICE's order
 *     .step data=name                                                 Xyce
 *
 * where `what` is `param name`, `temp`, a name, `@r1[r]`, `d1:is` (Xyce) or `type model(parameter)`
 * (PSpice).
 */
export function parseStep(
  card: Card,
  from: number,
  diagnostics: Diagnostic[],
): StepStatement | undefined {
  const items = readItems(card, from, diagnostics);
  if (!items) return undefined;
  const reader = new StepReader(items);
  const statement = reader.read();
  if (statement) return { ...statement, span: cardSpan(card) };
  const at = reader.stoppedAt;
  diagnostics.push(
    at
      ? error('N417', "a '.step' has something else here", at.span, { help: usage })
      : error('N417', "this '.step' is incomplete", cardSpan(card), { help: usage }),
  );
  return undefined;
}

class StepReader {
  #position = 0;
  readonly #items: readonly Item[];

  constructor(items: readonly Item[]) {
    this.#items = items;
  }

  /** The item that did not fit; undefined at the card's end. */
  get stoppedAt(): Item | undefined {
    return this.#items[this.#position];
  }

  read(): Omit<StepStatement, 'span'> | undefined {
    const first = this.#items[0];
    if (first?.kind === 'assignment' && first.name.text === 'data' && this.#items.length === 1) {
      return { kind: 'step', spacing: 'data', values: first.values.slice(0, 1) };
    }
    const before = this.#spacing();
    const target = this.#target();
    if (!target) return undefined;
    const behind = before === undefined ? this.#spacing() : undefined;
    const values = this.#values();
    if (!values) return undefined;
    if (before === 'list' || behind === 'list') {
      return values.length > 0 ? { kind: 'step', spacing: 'list', target, values } : undefined;
    }
    if (values.length > 3) this.#position = this.#items.indexOf(values[3]);
    if (values.length !== 3) return undefined;
    const [a, b, c] = values;
    const logarithmic = behind === 'dec' || behind === 'oct';
    const ordered = logarithmic ? [b, c, a] : values;
    return { kind: 'step', spacing: before ?? behind ?? 'lin', target, values: ordered };
  }

  #spacing(): StepSpacing | undefined {
    const item = this.#items[this.#position];
    if (item?.kind !== 'word' || !spacings.has(item.text)) return undefined;
    this.#position++;
    return item.text as StepSpacing;
  }

  #target(): StepTargetWords | undefined {
    const first = this.#items[this.#position];
    const second = this.#items[this.#position + 1];
    if (first?.kind === 'word' && first.text === 'param' && second?.kind === 'word') {
      this.#position += 2;
      return { isParameter: true, name: second };
    }
    const typed = first?.kind === 'word' && modelTypes.has(first.text) && second?.kind === 'group';
    if (typed) this.#position++;
    const target = targetOf(typed ? second : first);
    if (target) this.#position++;
    return target;
  }

  #values(): Value[] | undefined {
    const values: Value[] = [];
    for (; this.#position < this.#items.length; this.#position++) {
      const item = this.#items[this.#position];
      if (item.kind !== 'word' && item.kind !== 'braced') return undefined;
      values.push(item);
    }
    return values;
  }
}

/** `r1`, `@r1[r]`, `r1:r` or `dmod(is)`. */
function targetOf(item: Item | undefined): StepTargetWords | undefined {
  if (item?.kind === 'word') return wordTarget(item);
  const [inner] = item?.kind === 'group' ? item.items : [];
  if (item?.kind !== 'group' || !item.name || inner?.kind !== 'word') return undefined;
  return item.items.length === 1
    ? { isParameter: false, name: item.name, parameter: inner }
    : undefined;
}

const twoParts = /^@([^[\]]+)\[([^[\]]+)\]$|^(.+):([^:]+)$/;

function wordTarget(word: Word): StepTargetWords | undefined {
  if (parseQuantity(word.text) !== undefined) return undefined;
  const match = twoParts.exec(word.text);
  if (!match) return { isParameter: false, name: word };
  const [, atName, atParameter, name = atName, parameter = atParameter] = match;
  const part = (text: string): Word => ({ ...word, text });
  return { isParameter: false, name: part(name.replaceAll(':', '.')), parameter: part(parameter) };
}

/**
 * Reads `.data name column … value …` up to `.enddata`, as HSPICE and Xyce have it: the columns end
 * at the first number.
 */
export function parseData(card: Card, diagnostics: Diagnostic[]): DataStatement | undefined {
  const items = readItems(card, '.data'.length, diagnostics);
  if (!items) return undefined;
  const span = cardSpan(card);
  const wrong = items.find((item) => item.kind === 'assignment');
  const [name, ...rest] = items;
  const isValue = (item: Item): boolean =>
    item.kind === 'braced' || (item.kind === 'word' && parseQuantity(item.text) !== undefined);
  const count = rest.findIndex(isValue);
  const columns = rest.slice(0, Math.max(count, 0)).map(targetOf);
  const values = rest.slice(columns.length);
  if (wrong || name?.kind !== 'word' || columns.length === 0 || !allThere(columns)) {
    diagnostics.push(
      dataForm("a '.data' has a name, columns and rows of values", wrong?.span ?? span),
    );
    return undefined;
  }
  const odd = values.find((item) => item.kind !== 'word' && item.kind !== 'braced');
  if (odd ?? values.length % columns.length !== 0) {
    const message = odd
      ? 'a value is expected here'
      : `${values.length} values do not fill rows of ${columns.length}`;
    diagnostics.push(dataForm(message, odd?.span ?? span));
    return undefined;
  }
  return { kind: 'data', name, columns, values: values as Value[], span };
}

function allThere<T>(list: readonly (T | undefined)[]): list is readonly T[] {
  return list.every((item) => item !== undefined);
}

function dataForm(message: string, span: StepStatement['span']): Diagnostic {
  return error('N418', message, span, {
    help: ["such as '.data corners r c 1k 1n 2k 1n .enddata'"],
  });
}
