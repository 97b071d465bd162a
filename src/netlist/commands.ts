import {
  closest,
  type Diagnostic,
  error,
  parseQuantity,
  type Span,
  warning,
} from '../base/index.js';
import {
  dialectNames,
  dialects,
  literal,
  operation,
  translatedNumber,
} from '../expression/index.js';
import type { Assignment, Item, Statement, Value, Word } from './ast.js';
import { readItems } from './card-items.js';
import { type Card, cardSpan, firstWord } from './cards.js';
import { readWithFunctions } from './definitions.js';
import { ownOptions } from './option-packages.js';
import { unwrapped } from './parse-element.js';
import { parseFourier } from './parse-fourier.js';
import { parseFunction } from './parse-function.js';
import { parseMeasure } from './parse-measure.js';
import { parseNodeValues, parseOutputs } from './parse-outputs.js';
import { parseCorner, parseMonteCarlo } from './parse-monte-carlo.js';
import { parseData, parseStep } from './parse-step.js';

/** Reads one kind of command card; undefined after an error. `from` is where its arguments start. */
type CommandReader = (card: Card, from: number, diagnostics: Diagnostic[]) => Statement | undefined;

/**
 * Every command that is one card, one line each. Blocks (`.subckt`), files (`.include`) and `.end`
 * concern several cards: `parse-deck.ts` has them.
 */
const commands: Readonly<Record<string, CommandReader>> = {
  '.param': parseParameters,
  '.params': parseParameters,
  '.parameters': parseParameters,
  '.global_param': parseParameters,
  '.csparam': parseParameters,
  '.func': parseFunction,
  '.function': parseFunction,
  '.model': parseModel,
  '.op': analysis('op'),
  '.dc': analysis('dc'),
  '.ac': analysis('ac'),
  '.tran': parseTransient,
  '.noise': signalAnalysis('noise'),
  '.tf': signalAnalysis('tf'),
  '.sens': signalAnalysis('sens'),
  '.pz': analysis('pz'),
  '.ic': (card, from, diagnostics) => parseNodeValues(card, 'ic', from, diagnostics),
  '.nodeset': (card, from, diagnostics) => parseNodeValues(card, 'nodeset', from, diagnostics),
  '.options': parseOptions,
  '.option': parseOptions,
  '.opt': parseOptions,
  '.temp': parseTemperatures,
  '.save': (card, from, diagnostics) => parseOutputs(card, 'save', from, diagnostics),
  '.probe': parseProbe,
  '.print': (card, from, diagnostics) => parseOutputs(card, 'print', from, diagnostics),
  '.step': parseStep,
  '.mc': parseMonteCarlo,
  '.corner': parseCorner,
  '.data': (card, _, diagnostics) => parseData(card, diagnostics),
  '.meas': parseMeasure,
  '.measure': parseMeasure,
  '.four': parseFourier,
  '.fourier': parseFourier,
  '.global': parseGlobal,
  '.title': (card, from) => ({
    kind: 'title',
    text: card.text.slice(from).trim(),
    span: cardSpan(card),
  }),
};

/** Commands of later versions. */
const later = new Set(['.disto', ...['.sp', '.pss', '.hb', '.alter', '.preprocess']]);

/** What comes near to a command of later versions. */
const instead: Readonly<Record<string, string>> = {
  '.disto': "'.four' tells the harmonics of a '.tran', at the amplitude that its sources have",
};

/** Commands whose loss changes no result. */
const ignored: Readonly<Record<string, string>> = {
  '.plot': "use '.print', or '--plot' on the command line",
  '.backanno': 'pins are known by their nodes',
  '.width': 'results are written at full precision, whatever the width of the page',
};

const blocks = [
  ...['.subckt', '.ends', '.include', '.inc', '.lib', '.endl', '.end', '.control', '.endc'],
  ...['.if', '.elseif', '.else', '.endif', '.enddata'],
];

/** Reads a card that starts with a dot, other than blocks and files. */
export function parseCommand(card: Card, diagnostics: Diagnostic[]): Statement | undefined {
  const word = firstWord(card);
  const reader = Object.hasOwn(commands, word) ? commands[word] : undefined;
  if (reader) return reader(card, word.length, diagnostics);
  diagnostics.push(unreadCommand(card, word));
  return undefined;
}

function unreadCommand(card: Card, word: string): Diagnostic {
  const span = cardSpan(card, 0, word.length);
  if (word in ignored) {
    return warning('N503', `'${word}' has no effect here`, span, { help: [ignored[word]] });
  }
  if (later.has(word)) {
    const help = instead[word] as string | undefined;
    return error('N501', `'${word}' is not supported yet`, span, help ? { help: [help] } : {});
  }
  if (word === '.endl') return error('N403', "this '.endl' has no '.lib'", span);
  if (word === '.enddata') return error('N403', "this '.enddata' has no '.data'", span);
  if (word === '.endc') return error('N403', "this '.endc' has no '.control'", span);
  const meant = closest(word, [...Object.keys(commands), ...later, ...blocks]);
  return error('N202', `unknown command '${word}'`, span, {
    help: [
      meant
        ? `did you mean '${meant}'?`
        : `there are: ${[...Object.keys(commands), ...blocks].sort().join(' ')}`,
    ],
  });
}

function parseParameters(
  card: Card,
  from: number,
  diagnostics: Diagnostic[],
): Statement | undefined {
  const before = diagnostics.length;
  const { definitions, functions } = readWithFunctions(card, from, diagnostics);
  if (definitions.length + functions.length > 0) {
    return { kind: 'param', definitions, functions, span: cardSpan(card) };
  }
  if (diagnostics.length === before) {
    diagnostics.push(
      error('N401', "this '.param' defines nothing", cardSpan(card), {
        help: ["such as '.param width=2u length={width/2}'"],
      }),
    );
  }
  return undefined;
}

function parseModel(card: Card, from: number, diagnostics: Diagnostic[]): Statement | undefined {
  const read = readItems(card, from, diagnostics);
  if (!read) return undefined;
  const [name, type, ...items] = unwrapped(read);
  if (name?.kind !== 'word' || type?.kind !== 'word') {
    diagnostics.push(
      error('N401', "a '.model' has a name and a type", cardSpan(card), {
        help: ["such as '.model fast d(is=1e-14 rs=10)'"],
      }),
    );
    return undefined;
  }
  if (type.text.startsWith('ako:')) {
    diagnostics.push(
      error('N507', "models 'a kind of' another one are not supported", type.span, {
        help: [`copy the parameters of '${type.text.slice('ako:'.length)}' to this card`],
      }),
    );
    return undefined;
  }
  if (!onlySettings(items, diagnostics)) return undefined;
  return { kind: 'model', name, type, items, span: cardSpan(card) };
}

/** Whether items are `name=value` or flags; reports the first that is not. */
function onlySettings(
  items: readonly Item[],
  diagnostics: Diagnostic[],
): items is readonly (Assignment | Word)[] {
  const wrong = items.find((item) => item.kind !== 'assignment' && item.kind !== 'word');
  if (wrong) diagnostics.push(error('N401', "'name=value' is expected here", wrong.span));
  return !wrong;
}

function onlyValues(items: readonly Item[], diagnostics: Diagnostic[]): items is readonly Value[] {
  const wrong = items.find((item) => item.kind !== 'braced' && item.kind !== 'word');
  if (wrong) diagnostics.push(error('N401', 'a value or a word is expected here', wrong.span));
  return !wrong;
}

/** An analysis that looks at signals: `v(out)`, `v(a,b)` and `i(v1)` are words on its card. */
function signalAnalysis(name: string): CommandReader {
  return analysis(name, (item) => {
    const isSignal = item.kind === 'group' && (item.name?.text === 'v' || item.name?.text === 'i');
    if (!isSignal || !item.items.every((inner) => inner.kind === 'word')) return item;
    const text = `${item.name.text}(${item.items.map((inner) => inner.text).join(',')})`;
    return { kind: 'word', text, span: item.span };
  });
}

function analysis(name: string, asWord = (item: Item): Item => item): CommandReader {
  return (card, from, diagnostics) => {
    const items = readItems(card, from, diagnostics)?.map(asWord);
    const sweep = items?.find((item) => item.kind === 'word' && item.text === 'sweep');
    if (sweep) {
      diagnostics.push(
        error('N501', "'sweep' on the card of an analysis is not supported", sweep.span, {
          help: ["use a card of its own: '.step param r 1k 10k 1k' or '.step data=name'"],
        }),
      );
      return undefined;
    }
    if (!items || !onlyValues(items, diagnostics)) return undefined;
    return { kind: 'analysis', name, arguments: items, span: cardSpan(card) };
  };
}

/**
 * LTspice takes a single time on `.tran` as the stop time, and its relatives take a first time of 0
 * as a step of their own choice: a hundredth of the stop time here.
 */
function parseTransient(
  card: Card,
  from: number,
  diagnostics: Diagnostic[],
): Statement | undefined {
  const statement = analysis('tran')(card, from, diagnostics);
  if (statement?.kind !== 'analysis') return statement;
  const { arguments: values } = statement;
  const isTime = (value: Value | undefined): boolean =>
    value?.kind === 'braced' || (value !== undefined && parseQuantity(value.text) !== undefined);
  const { zeroStep, lonelyTime } = card.dialect;
  const [first, second, ...rest] = values;
  if (isTime(first) && !isTime(second) && lonelyTime === 'stop time') {
    return { ...statement, arguments: [hundredth(first, card), ...values] };
  }
  const isZero = first?.kind === 'word' && parseQuantity(first.text) === 0;
  if (isZero && isTime(second) && zeroStep === 'any step') {
    return { ...statement, arguments: [hundredth(second, card), second, ...rest] };
  }
  return statement;
}

function hundredth(value: Value, { dialect }: Card): Value {
  const { span } = value;
  const written =
    value.kind === 'braced'
      ? value.expression
      : literal(parseQuantity(translatedNumber(value.text, dialect)) ?? NaN, span);
  return { kind: 'braced', expression: operation('/', written, literal(100, span), span), span };
}

function parseOptions(card: Card, from: number, diagnostics: Diagnostic[]): Statement | undefined {
  const items = readItems(card, from, diagnostics);
  if (!items || !onlySettings(items, diagnostics)) return undefined;
  const settings: readonly (Assignment | Word)[] = items;
  const others = settings.filter((item) => !isDialect(item, diagnostics));
  const scale = others.find((item) => item.kind === 'assignment' && item.name.text === 'scale');
  if (scale) diagnostics.push(scaled(scale.span));
  const own = ownOptions(others, diagnostics);
  if (own.length === 0 && items.length > 0) return undefined;
  return { kind: 'options', items: own, span: cardSpan(card) };
}

/** `dialect=…` has been heeded before the cards were read. */
function isDialect(item: Assignment | Word, diagnostics: Diagnostic[]): boolean {
  if (item.kind !== 'assignment' || item.name.text !== 'dialect') return false;
  const [value] = item.values;
  const name = value.kind === 'word' ? value.text : '';
  if (!Object.hasOwn(dialects, name)) {
    const meant = closest(name, dialectNames);
    diagnostics.push(
      error('N506', `there is no dialect '${name}'`, value.span, {
        help: [meant ? `did you mean '${meant}'?` : `there are: ${dialectNames.join(', ')}`],
      }),
    );
  }
  return true;
}

/** HSPICE and ngspice multiply lengths and widths with it: what ignores it is wrong by far. */
function scaled(span: Span): Diagnostic {
  return error('N508', "'scale' of element sizes is not supported", span, {
    help: ["write sizes in metres: 'w=2u', or 'w={2*scale}' with a parameter 'scale'"],
  });
}

function parseTemperatures(
  card: Card,
  from: number,
  diagnostics: Diagnostic[],
): Statement | undefined {
  const values = readItems(card, from, diagnostics);
  if (!values || !onlyValues(values, diagnostics)) return undefined;
  if (values.length > 0) return { kind: 'temp', values, span: cardSpan(card) };
  diagnostics.push(error('N401', "this '.temp' has no temperature", cardSpan(card)));
  return undefined;
}

/** `.probe` alone asks for everything, which is saved anyway; with quantities it is a `.save`. */
function parseProbe(card: Card, from: number, diagnostics: Diagnostic[]): Statement | undefined {
  if (/^[\w/]*\s*$/.test(card.text.slice(from))) {
    const help = ['everything is saved unless a .save says otherwise'];
    const span = cardSpan(card);
    diagnostics.push(
      warning('N503', "'.probe' without quantities has no effect here", span, { help }),
    );
    return undefined;
  }
  return parseOutputs(card, 'save', from, diagnostics);
}

function parseGlobal(card: Card, from: number, diagnostics: Diagnostic[]): Statement | undefined {
  const nodes = readItems(card, from, diagnostics);
  if (!nodes || !onlyValues(nodes, diagnostics)) return undefined;
  const words = nodes.filter((node) => node.kind === 'word');
  return { kind: 'global', nodes: words, span: cardSpan(card) };
}
