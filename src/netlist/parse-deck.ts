import { type Diagnostic, error, type Source, type Span } from '../base/index.js';
import { type Dialect, type DialectName, dialects, ngspice } from '../expression/index.js';
import type { Deck, Statement, SubcircuitStatement } from './ast.js';
import { Blocks } from './blocks.js';
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
import { hasSections, sectionCards } from './library-sections.js';
import { parseElement, unwrapped, withoutParams } from './parse-element.js';

/**
 * Finds the text of a file that a deck names. `path` is as the deck has it, and relative to the
 * file `from`, which names it; undefined if there is no such file.
 */
export type SourceReader = (path: string, from: Source) => Source | undefined;

const deepestInclude = 50;

/**
 * Parses a deck card by card. What cannot be read is reported and left out; the deck is incomplete
 * if that may have been elements. `dialect` overrides what the deck says itself.
 */
export function parseDeck(
  source: Source,
  reader: SourceReader | undefined,
  dialect: DialectName | undefined,
  diagnostics: Diagnostic[],
): Deck {
  const title = titleLine(source);
  const parser = new DeckParser(reader, dialect && dialects[dialect], diagnostics);
  const statements = parser.file({ source }, afterTitle(source), ngspice);
  const renamed = statements.findLast((statement) => statement.kind === 'title');
  return { source, title: renamed?.text ?? title.text, statements, complete: parser.complete };
}

/** A file that is being read, or a section of one. */
interface OpenFile {
  readonly source: Source;
  readonly section?: string | undefined;
}

class DeckParser {
  readonly #reader: SourceReader | undefined;
  readonly #dialect: Dialect | undefined;
  readonly #diagnostics: Diagnostic[];
  complete = true;
  /** Files that are being read, outermost first. */
  readonly #files: OpenFile[] = [];

  constructor(
    reader: SourceReader | undefined,
    dialect: Dialect | undefined,
    diagnostics: Diagnostic[],
  ) {
    this.#reader = reader;
    this.#dialect = dialect;
    this.#diagnostics = diagnostics;
  }

  /** A file without a dialect of its own has that of the file that includes it. */
  file(file: OpenFile, from: number, outer: Dialect, asked?: Card): Statement[] {
    const { source, section } = file;
    this.#files.push(file);
    const dialect = this.#dialect ?? ownDialect(source) ?? outer;
    const before = this.#diagnostics.length;
    const lines = readCards(source, from, dialect, this.#diagnostics);
    const cards = withTables(withoutControl(lines, this.#diagnostics), this.#diagnostics);
    const span = asked && cardSpan(asked);
    const chosen =
      section !== undefined || hasSections(source)
        ? sectionCards(cards, section, span, this.#diagnostics)
        : cards;
    const blocks = new Blocks((diagnostic) => {
      this.#report(diagnostic);
    });
    for (const card of chosen) this.#card(card, blocks);
    if (this.#diagnostics.slice(before).some(({ code }) => code === 'N424')) this.complete = false;
    this.#files.pop();
    return blocks.end();
  }

  #report(diagnostic: Diagnostic): void {
    this.complete = false;
    this.#diagnostics.push(diagnostic);
  }

  #card(card: Card, blocks: Blocks): void {
    const word = card.text.startsWith('.') ? firstWord(card) : '';
    switch (word) {
      case '.subckt':
        blocks.openSubcircuit(card, () => this.#subcircuitHead(card));
        return;
      case '.ends':
        blocks.closeSubcircuit(card);
        return;
      case '.if':
        blocks.openConditional(card, word.length);
        return;
      case '.elseif':
      case '.elif':
      case '.else':
        blocks.nextBranch(card, word);
        return;
      case '.endif':
        blocks.closeConditional(card);
        return;
      default: {
        const statement = this.#statement(card, word);
        if (statement) blocks.statements.push(statement);
      }
    }
  }

  #statement(card: Card, word: string): Statement | undefined {
    if (word === '.include' || word === '.inc' || word === '.incl' || word === '.lib') {
      return this.#include(card, word);
    }
    if (word !== '') return parseCommand(card, this.#diagnostics);
    const element = parseElement(card, this.#diagnostics, (path, at) => this.#open(path, at.span));
    if (!element) this.complete = false;
    return element;
  }

  /** `.include path`, `.lib path section` and PSpice's `.lib path`. */
  #include(card: Card, word: string): Statement | undefined {
    const span = cardSpan(card);
    const { path, section } = pathOf(card.text.slice(word.length), word === '.lib');
    if (path === '') {
      this.#report(error('N401', `this '${word}' names no file`, span));
      return undefined;
    }
    const source = this.#open(path, span);
    if (!source) return undefined;
    const circle = this.#files.findIndex(
      (file) => file.source.name === source.name && file.section === section,
    );
    if (circle >= 0 || this.#files.length > deepestInclude) {
      const open = [...this.#files.slice(Math.max(circle, 0)), { source, section }];
      const chain = open.map((file) => [file.source.name, file.section].filter(Boolean).join(' '));
      this.#report(
        error('N406', `the file '${path}' includes itself`, span, { notes: [chain.join(' → ')] }),
      );
      return undefined;
    }
    const statements = this.file({ source, section }, 0, card.dialect, card);
    return { kind: 'include', path, ...(section ? { section } : {}), statements, span };
  }

  /** The file of a path; reports why there is none. */
  #open(path: string, span: Span): Source | undefined {
    const including = this.#files[this.#files.length - 1].source;
    const source = this.#read(path, including);
    if (source) return source;
    const help = this.#reader
      ? `'${path}' is looked for beside '${including.name}'`
      : 'files cannot be read here: pass a reader';
    this.#report(error('N203', `cannot read the file '${path}'`, span, { help: [help] }));
    return undefined;
  }

  /** Beside the including file, else beside the deck, as ngspice 39 does. */
  #read(path: string, including: Source): Source | undefined {
    const deck = this.#files[0].source;
    return (
      this.#reader?.(path, including) ??
      (including === deck ? undefined : this.#reader?.(path, deck))
    );
  }

  #subcircuitHead(card: Card): Omit<SubcircuitStatement, 'statements'> | undefined {
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
    const optional = ports.find(({ text }) => text === 'optional:' || text === 'text:');
    if (optional) {
      this.#report(
        error('N501', `'${optional.text}' of PSpice is not supported`, optional.span, {
          help: ['make these nodes ordinary ones, and connect them where the subcircuit is used'],
        }),
      );
      return undefined;
    }
    const wrong = rest.find((item) => item.kind !== 'word' && item.kind !== 'assignment');
    const late = ports.find((port) => parameters[0] && port.span.start > parameters[0].span.start);
    if (wrong ?? late) {
      this.#report(error('N401', "'name=value' is expected here", (wrong ?? late)?.span));
      return undefined;
    }
    return { kind: 'subcircuit', name, ports, parameters, span };
  }
}

/** A path with or without quotes, and the section of a library behind it. */
function pathOf(text: string, isLibrary: boolean): { path: string; section?: string | undefined } {
  const trimmed = text.trim();
  const quoted = /^(["'])(.*?)\1\s*(\S*)$/.exec(trimmed);
  if (quoted) return { path: quoted[2], section: isLibrary ? sectionOf(quoted[3]) : undefined };
  if (!isLibrary) return { path: trimmed };
  const [path, ...rest] = trimmed.split(/\s+/);
  return { path, section: sectionOf(rest.join(' ')) };
}

function sectionOf(text: string): string | undefined {
  const name = text.replace(/^["'](.*)["']$/, '$1').toLowerCase();
  return name === '' ? undefined : name;
}

const dialectOption = /^[ \t]*\.opt(?:ions?)?\b[^\n]*?\bdialect[ \t]*=[ \t]*["']?(\w+)/im;

/** What `.options dialect=…` of a file says; read before its cards. */
function ownDialect(source: Source): Dialect | undefined {
  const name = dialectOption.exec(source.text)?.[1].toLowerCase();
  return name !== undefined && Object.hasOwn(dialects, name)
    ? dialects[name as DialectName]
    : undefined;
}
