import { type Diagnostic, error, parseQuantity, type Source } from '../base/index.js';
import { literal, operation } from '../expression/index.js';
import type { Assignment, Group, Item, Value, Word } from './ast.js';
import { type Card, cardSpan } from './cards.js';
import { expressionOf } from './scope.js';
import { readWaveformFile } from './waveform-file.js';

/** Finds a file that a card names; reports why there is none. */
export type OpenFile = (path: string, at: Word) => Source | undefined;

/**
 * Writes all that other simulators have for `pwl` with ngspice's `pwl(t1 v1 t2 v2 … r=time)`:
 *
 *     pwl (0,0) (1n,5)                     pairs in parentheses                 PSpice
 *     pwl(0 0 +1n 5)                       times from the one before on         PSpice, LTspice
 *     pwl(file="a.csv")  pwl file a.csv    points in a file; also pwlfile=      all but ngspice
 *     pwl repeat for 3 (0 0 1n 5) endrepeat, repeat forever …                   PSpice, LTspice
 *     time_scale_factor=1n value_scale_factor=2, tsf=, vsf=                     PSpice, LTspice
 *
 * Undefined after an error.
 */
export function plainPwl(
  items: readonly Item[],
  card: Card,
  open: OpenFile,
  diagnostics: Diagnostic[],
): readonly Item[] | undefined {
  const at = items.findIndex(isPwl);
  if (at < 0) return items;
  const first = items[at];
  const end = endOfPwl(items, at);
  const inner = first.kind === 'group' ? first.items : [];
  const name = first.kind === 'group' ? first.name! : (first as Word);
  const parts = [...inner, ...items.slice(at + 1, end)];
  const stream = parts.flatMap(flat);
  if (!parts.some(({ kind }) => kind === 'group') && !isSpecial(stream, card)) return items;
  const reader = new PwlReader(card, open, diagnostics);
  const points = reader.read(stream, name);
  if (!points) return undefined;
  const group: Group = { kind: 'group', name, items: points, span: first.span };
  return [...items.slice(0, at), group, ...items.slice(end)];
}

function isPwl(item: Item): boolean {
  if (item.kind === 'group') return item.name?.text === 'pwl';
  return item.kind === 'word' && item.text === 'pwl';
}

const settings = new Set([
  ...['td', 'r', 'file', 'pwlfile'],
  ...['time_scale_factor', 'value_scale_factor', 'tsf', 'vsf'],
]);
const words = new Set(['file', 'pwlfile', 'repeat', 'for', 'forever', 'endrepeat']);
const others = new Set(['dc', 'ac', 'pulse', 'sin', 'exp', 'sffm', 'am', 'trnoise', 'trrandom']);

/** Where what belongs to a `pwl` ends. Behind `pwl(…)` a plain word is none of it. */
function endOfPwl(items: readonly Item[], at: number): number {
  let open = items[at].kind === 'word';
  for (let i = at + 1; i < items.length; i++) {
    const item = items[i];
    if (item.kind === 'assignment' && !settings.has(item.name.text)) return i;
    if (item.kind === 'group' && item.name && others.has(item.name.text)) return i;
    if (item.kind === 'word' && others.has(item.text)) return i;
    if (item.kind === 'word' && words.has(item.text)) open = true;
    if ((item.kind === 'word' || item.kind === 'braced') && !open) return i;
  }
  return items.length;
}

/** Parentheses inside a `pwl` only group: `for 3 (0 0)` is read as a group named 3. */
function flat(item: Item): readonly (Value | Assignment)[] {
  if (item.kind !== 'group') return [item];
  return [...(item.name ? [item.name] : []), ...item.items.flatMap(flat)];
}

type Part = Value | Assignment;

function isSpecial(stream: readonly Part[], { dialect }: Card): boolean {
  return stream.some(
    (part) =>
      (part.kind === 'assignment' && part.name.text !== 'td' && part.name.text !== 'r') ||
      (part.kind === 'word' &&
        (words.has(part.text) || (dialect.signedTime === 'relative' && part.text[0] === '+'))),
  );
}

/** Pairs of time and value, one after the other. */
type Points = Value[];

class PwlReader {
  readonly #card: Card;
  readonly #open: OpenFile;
  readonly #diagnostics: Diagnostic[];
  #stream: readonly Part[] = [];
  #position = 0;
  readonly #settings = new Map<string, Assignment>();
  /** Where the points begin that repeat for ever. */
  #forever: Value | undefined;

  constructor(card: Card, open: OpenFile, diagnostics: Diagnostic[]) {
    this.#card = card;
    this.#open = open;
    this.#diagnostics = diagnostics;
  }

  read(stream: readonly Part[], name: Word): Item[] | undefined {
    const before = this.#diagnostics.length;
    this.#stream = stream;
    const points = this.#block(false);
    if (this.#diagnostics.length > before) return undefined;
    if (points.length === 0) {
      this.#refuse("this 'pwl' has no points", name);
      return undefined;
    }
    const time = this.#scale(['time_scale_factor', 'tsf']);
    const value = this.#scale(['value_scale_factor', 'vsf']);
    const scaled = (each: Value, factor: Value | undefined) =>
      factor ? combined('*', each, factor) : each;
    const items: Item[] = points.map((each, i) => scaled(each, i % 2 === 0 ? time : value));
    const { span } = name;
    const setting = (key: string, to: Value): Assignment => ({
      kind: 'assignment',
      name: { kind: 'word', text: key, span },
      values: [to],
      span,
    });
    const repeat = this.#forever ?? this.#settings.get('r')?.values[0];
    if (repeat) items.push(setting('r', scaled(repeat, time)));
    const delay = this.#settings.get('td');
    if (delay) items.push(delay);
    return items;
  }

  #scale(names: readonly string[]): Value | undefined {
    const found = names.find((name) => this.#settings.has(name));
    return found === undefined ? undefined : this.#settings.get(found)?.values[0];
  }

  /** Points up to the end, or to `endrepeat`; their times count from the begin of the block. */
  #block(repeated: boolean): Points {
    const points: Points = [];
    while (this.#position < this.#stream.length) {
      const part = this.#stream[this.#position++];
      if (part.kind === 'word' && part.text === 'endrepeat') {
        if (!repeated) this.#refuse("there is no 'repeat' for this", part);
        return points;
      }
      if (this.#forever) {
        this.#refuse("nothing can follow what is repeated 'forever'", part);
        return points;
      }
      this.#part(part, points);
    }
    if (repeated) this.#refuse("a 'repeat' has no 'endrepeat'", this.#stream[0]);
    return points;
  }

  #part(part: Part, points: Points): void {
    if (part.kind === 'assignment') {
      const { name } = part;
      if (name.text === 'file' || name.text === 'pwlfile') this.#file(part.values[0], name, points);
      else if (settings.has(name.text)) this.#settings.set(name.text, part);
      else this.#refuse(`'pwl' has no '${name.text}='`, name);
    } else if (part.kind === 'word' && (part.text === 'file' || part.text === 'pwlfile')) {
      const path = this.#stream[this.#position++];
      this.#file(path?.kind === 'assignment' ? undefined : path, part, points);
    } else if (part.kind === 'word' && part.text === 'repeat') this.#repeat(part, points);
    else points.push(points.length % 2 === 0 ? this.#time(part, points.at(-2)) : part);
  }

  #time(time: Value, previous: Value | undefined): Value {
    const relative =
      this.#card.dialect.signedTime === 'relative' && time.kind === 'word' && time.text[0] === '+';
    return relative && previous ? combined('+', previous, time) : time;
  }

  #file(path: Value | undefined, at: Word, points: Points): void {
    if (path?.kind !== 'word') {
      this.#refuse(`the name of a file stands behind '${at.text}'`, path ?? at);
      return;
    }
    const { start, end } = path.span;
    // Words are lower case, names of files are what was written.
    const written = this.#card.text.slice(start - this.#card.start, end - this.#card.start);
    const source = this.#open(written.replace(/^"(.*)"$/, '$1'), path);
    if (!source) return;
    const base = points.at(-2);
    const read = readWaveformFile(source, this.#card.dialect, this.#diagnostics) ?? [];
    for (let i = 0; i < read.length; i += 2) {
      const time = this.#time(read[i], points.at(-2));
      points.push(base && time === read[i] ? combined('+', base, time) : time, read[i + 1]);
    }
  }

  /** `repeat for n …` and `repeat forever …`, up to `endrepeat`. */
  #repeat(at: Word, points: Points): void {
    const how = this.#stream[this.#position++];
    const endless = how?.kind === 'word' && how.text === 'forever';
    const written = endless ? undefined : this.#stream[this.#position++];
    const count = written?.kind === 'word' ? parseQuantity(written.text) : undefined;
    if (!endless && (how?.kind !== 'word' || how.text !== 'for' || count === undefined)) {
      this.#refuse("'repeat' is followed by 'for' and a number, or by 'forever'", at);
      return;
    }
    const block = this.#block(true);
    if (block.length === 0 || block.length % 2 !== 0) return;
    const times = endless || count === -1 ? 1 : Math.trunc(count!);
    if (times * block.length > mostPoints) {
      this.#refuse(`these are more than ${mostPoints} points`, at);
      return;
    }
    const from = points.at(-2);
    let base = from;
    for (let k = 0; k < times; k++) {
      const start = base;
      for (let i = 0; i < block.length; i += 2) {
        points.push(start ? combined('+', start, block[i]) : block[i], block[i + 1]);
      }
      base = points.at(-2);
    }
    if (endless || count === -1) this.#forever = from ?? block[0];
  }

  #refuse(message: string, { span }: Part): void {
    const help = ['pwl(t1 v1 t2 v2 …) td=delay r=time, or pwl(file="points.csv")'];
    this.#diagnostics.push(error('N307', message, span ?? cardSpan(this.#card), { help }));
  }
}

const mostPoints = 1_000_000;

/** Numbers are computed at once, so that long rows of times do not become deep expressions. */
function combined(operator: '+' | '*', a: Value, b: Value): Value {
  const [left, right] = [a, b].map((each) =>
    each.kind === 'word' ? parseQuantity(each.text) : undefined,
  );
  const { span } = b;
  if (left !== undefined && right !== undefined) {
    return { kind: 'word', text: String(operator === '+' ? left + right : left * right), span };
  }
  const operand = (each: Value, value: number | undefined) =>
    value === undefined ? expressionOf(each) : literal(value, each.span);
  const expression = operation(operator, operand(a, left), operand(b, right), span);
  return { kind: 'braced', expression, span };
}
