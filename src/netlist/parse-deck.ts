import { closest, type Diagnostic, error, type Source } from '../base/index.js';
import type { Deck, Statement, SubcircuitStatement } from './ast.js';
import { readItems } from './card-items.js';
import {
  afterTitle,
  type Card,
  cardSpan,
  firstWord,
  readCards,
  titleLine,
  withoutControl,
  withTables,
} from './cards.js';
import { parseCommand } from './commands.js';
import { parseElement, unwrapped, withoutParams } from './parse-element.js';

/**
 * Finds the text of a file that a deck names. `path` is as the deck has it, and relative to the
 * file `from`, which names it; undefined if there is no such file.
 */
export type SourceReader = (path: string, from: Source) => Source | undefined;

const deepestInclude = 50;
const deepestSubcircuit = 50;

/**
 * Parses a deck card by card. What cannot be read is reported and left out; the deck is incomplete
 * if that may have been elements.
 */
export function parseDeck(
  source: Source,
  reader: SourceReader | undefined,
  diagnostics: Diagnostic[],
): Deck {
  const title = titleLine(source);
  const parser = new DeckParser(reader, diagnostics);
  const statements = parser.file(source, afterTitle(source));
  const renamed = statements.findLast((statement) => statement.kind === 'title');
  return { source, title: renamed?.text ?? title.text, statements, complete: parser.complete };
}

/** A subcircuit whose `.ends` has not come yet. */
interface OpenSubcircuit {
  /** Undefined where the `.subckt` card itself is in error. */
  readonly head: Omit<SubcircuitStatement, 'statements'> | undefined;
  readonly card: Card;
  readonly outer: Statement[];
}

class DeckParser {
  readonly #reader: SourceReader | undefined;
  readonly #diagnostics: Diagnostic[];
  complete = true;
  /** Files that are being read, outermost first. */
  readonly #files: Source[] = [];

  constructor(reader: SourceReader | undefined, diagnostics: Diagnostic[]) {
    this.#reader = reader;
    this.#diagnostics = diagnostics;
  }

  file(source: Source, from: number): Statement[] {
    this.#files.push(source);
    const open: OpenSubcircuit[] = [];
    let statements: Statement[] = [];
    const lines = readCards(source, from, this.#diagnostics);
    const cards = withTables(withoutControl(lines, this.#diagnostics), this.#diagnostics);
    for (const card of cards) {
      const word = card.text.startsWith('.') ? firstWord(card) : '';
      if (word === '.subckt') {
        const head =
          open.length < deepestSubcircuit ? this.#subcircuitHead(card) : this.#tooDeep(card);
        open.push({ head, card, outer: statements });
        statements = [];
      } else if (word === '.ends') {
        statements = this.#closeSubcircuit(card, open.pop(), statements);
      } else {
        const statement = this.#statement(card, word);
        if (statement) statements.push(statement);
      }
    }
    while (open.length > 0) {
      const unclosed = open.pop() as OpenSubcircuit;
      this.#report(error('N403', "this '.subckt' has no '.ends'", cardSpan(unclosed.card)));
      statements = unclosed.outer;
    }
    this.#files.pop();
    return statements;
  }

  #report(diagnostic: Diagnostic): void {
    this.complete = false;
    this.#diagnostics.push(diagnostic);
  }

  #statement(card: Card, word: string): Statement | undefined {
    if (word === '.include' || word === '.inc') return this.#include(card, word.length);
    if (word !== '') return parseCommand(card, this.#diagnostics);
    const element = parseElement(card, this.#diagnostics);
    if (!element) this.complete = false;
    return element;
  }

  #include(card: Card, from: number): Statement | undefined {
    const span = cardSpan(card);
    const path = card.text
      .slice(from)
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2');
    if (path === '') {
      this.#report(error('N401', "this '.include' names no file", span));
      return undefined;
    }
    const including = this.#files[this.#files.length - 1];
    const source = this.#reader?.(path, including);
    if (!source) {
      const help = this.#reader
        ? `'${path}' is looked for beside '${including.name}'`
        : 'files cannot be read here: pass a reader';
      this.#report(error('N203', `cannot read the file '${path}'`, span, { help: [help] }));
      return undefined;
    }
    const circle = this.#files.findIndex(({ name }) => name === source.name);
    if (circle >= 0 || this.#files.length > deepestInclude) {
      const chain = [...this.#files.slice(Math.max(circle, 0)), source].map(({ name }) => name);
      this.#report(
        error('N406', `the file '${path}' includes itself`, span, { notes: [chain.join(' → ')] }),
      );
      return undefined;
    }
    return { kind: 'include', path, statements: this.file(source, 0), span };
  }

  #tooDeep(card: Card): OpenSubcircuit['head'] {
    const message = `subcircuits are defined inside each other more than ${deepestSubcircuit} deep`;
    this.#report(error('N413', message, cardSpan(card)));
    return undefined;
  }

  #subcircuitHead(card: Card): OpenSubcircuit['head'] {
    const read = readItems(withoutParams(card), '.subckt'.length, this.#diagnostics);
    if (!read) return undefined;
    const span = cardSpan(card);
    const [name, ...rest] = unwrapped(read);
    if (name?.kind !== 'word') {
      this.#report(
        error('N401', "a '.subckt' has a name and nodes", span, {
          help: ["such as '.subckt inverter in out vdd params: width=2u'"],
        }),
      );
      return undefined;
    }
    const parameters = rest.filter((item) => item.kind === 'assignment');
    const ports = rest.filter((item) => item.kind === 'word');
    const wrong = rest.find((item) => item.kind !== 'word' && item.kind !== 'assignment');
    const late = ports.find((port) => parameters[0] && port.span.start > parameters[0].span.start);
    if (wrong ?? late) {
      this.#report(error('N401', "'name=value' is expected here", (wrong ?? late)?.span));
      return undefined;
    }
    return { kind: 'subcircuit', name, ports, parameters, span };
  }

  #closeSubcircuit(
    card: Card,
    open: OpenSubcircuit | undefined,
    statements: Statement[],
  ): Statement[] {
    if (!open) {
      this.#report(error('N403', "this '.ends' has no '.subckt'", cardSpan(card)));
      return statements;
    }
    const { head, outer } = open;
    const name = card.text.slice('.ends'.length).trim().toLowerCase();
    if (head && name !== '' && name !== head.name.text) {
      const near = closest(name, [head.name.text]);
      this.#report(
        error('N403', `'.ends ${name}' closes the subcircuit '${head.name.text}'`, cardSpan(card), {
          help: [
            near
              ? `write '.ends ${near}'`
              : 'subcircuits end in the order in which they began, inner ones first',
          ],
        }),
      );
    }
    if (head) outer.push({ ...head, statements });
    return outer;
  }
}
