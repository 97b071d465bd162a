import { type Diagnostic, error } from '../base/index.js';
import type { BehaviouralStatement, ElementStatement, Item, Statement, Word } from './ast.js';
import { readItems } from './card-items.js';
import { type Card, cardSpan } from './cards.js';
import { readDefinitions } from './definitions.js';
import { type OpenFile, plainPwl } from './parse-pwl.js';
import { parseXyceDevice } from './parse-xyce-device.js';
import { controlForm, parseControlledSource } from './parse-controlled-source.js';

/** First letters of elements. */
const letters = Array.from('rclktovidmnswefghbxqjz');

/** Elements of SPICE that are known and come later. */
const later: Readonly<Record<string, string>> = {
  a: 'digital and XSPICE code models (A elements)',
  p: 'coupled lines (P elements)',
  u: 'RC lines (U elements)',
};

/** Reads a card that starts with a letter; undefined after an error. `open` finds files of `pwl`. */
export function parseElement(
  card: Card,
  diagnostics: Diagnostic[],
  open: OpenFile,
): Statement | undefined {
  const nameEnd = wordEnd(card.text, 0);
  const letter = card.text[0].toLowerCase();
  const span = cardSpan(card);
  const name = wordAt(card, 0, nameEnd);
  if (letter === 'y') return parseXyceDevice(card, diagnostics);
  if (!letters.includes(letter)) {
    diagnostics.push(unknownElement(name, letter));
    return undefined;
  }
  const form = 'efgh'.includes(letter) ? controlForm(card, nameEnd) : undefined;
  if (form) return parseControlledSource(card, name, form, diagnostics);
  if (letter === 'b') return parseBehavioural(card, name, nameEnd, diagnostics);
  if (letter === 'v' || letter === 'i') return parseSource(card, name, diagnostics, open);
  const items = readItems(letter === 'x' ? withoutParams(card) : card, nameEnd, diagnostics);
  return items && { kind: 'element', letter, name, items: unwrapped(items), span };
}

function parseSource(
  card: Card,
  name: Word,
  diagnostics: Diagnostic[],
  open: OpenFile,
): ElementStatement | undefined {
  const hasPwl = /[\s)]pwl\b/i.test(card.text);
  const written = hasPwl ? withQuotedPath(card) : card;
  const read = readItems(written, name.text.length, diagnostics);
  const items = read && hasPwl ? plainPwl(read, written, open, diagnostics) : read;
  if (!items) return undefined;
  const letter = name.text[0];
  return { kind: 'element', letter, name, items: unwrapped(items), span: cardSpan(card) };
}

/** HSPICE has the path in single quotes, between which expressions stand otherwise. */
function withQuotedPath(card: Card): Card {
  const text = card.text.replace(/\b((?:pwl)?file\s*=?\s*)'([^']*)'/gi, '$1"$2"');
  return text === card.text ? card : { ...card, text };
}

function unknownElement(name: Word, letter: string): Diagnostic {
  if (letter in later) {
    return error('N502', `${later[letter]} are not supported yet`, name.span);
  }
  return error('N201', `'${name.text}' is no element and no command`, name.span, {
    help: [
      `elements start with one of ${letters.join(' ').toUpperCase()}, commands with '.', comments with '*'`,
    ],
  });
}

/** Blanks out the word `params:`, which other simulators put before the parameters. */
export function withoutParams(card: Card): Card {
  if (!/\sparams:/i.test(card.text)) return card;
  return { ...card, text: card.text.replace(/\sparams:/gi, (found) => ' '.repeat(found.length)) };
}

const delimiter = /[\s=(){}',]/;

function wordEnd(text: string, from: number): number {
  const found = text.slice(from).search(delimiter);
  return found < 0 ? text.length : from + found;
}

/** What stands between two positions of a card. */
export function wordAt(card: Card, from: number, to: number): Word {
  return {
    kind: 'word',
    text: card.text.slice(from, to).toLowerCase(),
    span: cardSpan(card, from, to),
  };
}

/** Names that parentheses behind them belong to; other parentheses only group nodes. */
const functionNames = new Set([
  ...[
    'pulse',
    'sin',
    'exp',
    'pwl',
    'sffm',
    'am',
    'trnoise',
    'trrandom',
    'pat',
    'external',
    'wavefile',
  ],
]);

/** `E1 a 0 (b,c) 2` means `E1 a 0 b c 2`: takes parentheses away that belong to no function. */
export function unwrapped(items: readonly Item[]): readonly Item[] {
  if (!items.some((item) => item.kind === 'group')) return items;
  return items.flatMap((item): readonly Item[] => {
    if (item.kind !== 'group') return [item];
    if (item.name && functionNames.has(item.name.text)) return [item];
    return [...(item.name ? [item.name] : []), ...unwrapped(item.items)];
  });
}

const nodeList = /^[\s,(]*([^\s=(){}',]+)[\s,]+([^\s=(){}',]+)[\s,)]*/;

function parseBehavioural(
  card: Card,
  name: Word,
  from: number,
  diagnostics: Diagnostic[],
): BehaviouralStatement | undefined {
  const match = nodeList.exec(card.text.slice(from));
  if (!match) {
    diagnostics.push(behaviouralForm(card, "a B element has two nodes and then 'v=…' or 'i=…'"));
    return undefined;
  }
  const first = from + match[0].indexOf(match[1]);
  const second = from + match[0].indexOf(match[2], first - from + match[1].length);
  const nodes = [
    wordAt(card, first, first + match[1].length),
    wordAt(card, second, second + match[2].length),
  ];
  const rest = from + match[0].length;
  if (!/^[vi]\s*=|\s[vi]\s*=/i.test(card.text.slice(rest))) {
    diagnostics.push(behaviouralForm(card, "this B element lacks 'v=…' or 'i=…'"));
    return undefined;
  }
  const before = diagnostics.length;
  const definitions = readDefinitions(card, rest, diagnostics);
  if (diagnostics.length > before) return undefined;
  const drives = definitions.filter(({ name: { text } }) => text === 'v' || text === 'i');
  if (drives.length !== 1) {
    const what = "a B element has one of 'v=…' and 'i=…'";
    diagnostics.push(behaviouralForm(card, what));
    return undefined;
  }
  const [drive] = drives;
  return {
    kind: 'behavioural',
    name,
    nodes,
    drives: drive.name.text === 'v' ? 'voltage' : 'current',
    expression: drive.expression,
    parameters: definitions.filter((definition) => definition !== drive),
    span: cardSpan(card),
  };
}

function behaviouralForm(card: Card, message: string): Diagnostic {
  return error('N405', message, cardSpan(card), { help: ["such as 'B1 out 0 v=2*v(in)'"] });
}
