import { closest, type Diagnostic, error, spanPlace } from '../base/index.js';
import { parseExpression } from '../expression/index.js';
import type { Branch, Statement, SubcircuitStatement } from './ast.js';
import { type Card, cardSpan } from './cards.js';

/** A subcircuit whose `.ends` has not come yet. */
interface OpenSubcircuit {
  readonly kind: 'subcircuit';
  /** Undefined where the `.subckt` card itself is in error. */
  readonly head: Omit<SubcircuitStatement, 'statements'> | undefined;
  readonly card: Card;
  readonly outer: Statement[];
}

/** An `.if` whose `.endif` has not come yet. */
interface OpenConditional {
  readonly kind: 'if';
  readonly branches: Branch[];
  /** Of the branch that is being read; absent behind `.else`. */
  condition?: Branch['condition'];
  /** False behind `.else`. */
  mayGoOn: boolean;
  readonly card: Card;
  readonly outer: Statement[];
}

const deepestBlocks = 50;

/** The blocks of one file that are open, and the statements of the innermost one. */
export class Blocks {
  /** Where the next statement goes. */
  statements: Statement[] = [];
  readonly #open: (OpenSubcircuit | OpenConditional)[] = [];
  readonly #report: (diagnostic: Diagnostic) => void;

  constructor(report: (diagnostic: Diagnostic) => void) {
    this.#report = report;
  }

  openSubcircuit(card: Card, readHead: () => OpenSubcircuit['head']): void {
    const tooDeep = this.#open.length >= deepestBlocks;
    if (tooDeep) this.#tooDeep(card, 'subcircuits are defined');
    const head = tooDeep ? undefined : readHead();
    this.#open.push({ kind: 'subcircuit', head, card, outer: this.statements });
    this.statements = [];
  }

  /** `.ends`, with or without a name. */
  closeSubcircuit(card: Card): void {
    const open = this.#open.at(-1);
    if (open?.kind !== 'subcircuit') {
      this.#report(notOpen(card, '.ends', '.subckt', open));
      return;
    }
    this.#open.pop();
    const { head, outer } = open;
    const name = card.text.slice('.ends'.length).trim().toLowerCase();
    if (head && name !== '' && name !== head.name.text) {
      this.#report(otherName(card, name, head.name.text));
    }
    if (head) outer.push({ ...head, statements: this.statements });
    this.statements = outer;
  }

  openConditional(card: Card, from: number): void {
    if (this.#open.length >= deepestBlocks) this.#tooDeep(card, "'.if's stand");
    const condition = this.#condition(card, from);
    this.#open.push({
      kind: 'if',
      branches: [],
      ...(condition ? { condition } : {}),
      mayGoOn: true,
      card,
      outer: this.statements,
    });
    this.statements = [];
  }

  /** `.elseif condition` or `.else`. */
  nextBranch(card: Card, word: string): void {
    const open = this.#open.at(-1);
    if (open?.kind !== 'if' || !open.mayGoOn) {
      this.#report(
        open?.kind === 'if'
          ? error('N403', `this '${word}' stands behind '.else'`, cardSpan(card))
          : notOpen(card, word, '.if', open),
      );
      return;
    }
    this.#endBranch(open);
    delete open.condition;
    const condition = word === '.else' ? undefined : this.#condition(card, word.length);
    if (condition) open.condition = condition;
    open.mayGoOn = word !== '.else';
  }

  closeConditional(card: Card): void {
    const open = this.#open.at(-1);
    if (open?.kind !== 'if') {
      this.#report(notOpen(card, '.endif', '.if', open));
      return;
    }
    this.#open.pop();
    this.#endBranch(open);
    const { branches, outer } = open;
    outer.push({ kind: 'if', branches, span: cardSpan(open.card) });
    this.statements = outer;
  }

  /** The statements of the whole file; blocks that are open are reported. */
  end(): Statement[] {
    for (let open = this.#open.pop(); open; open = this.#open.pop()) {
      const [word, end] = open.kind === 'if' ? ['.if', '.endif'] : ['.subckt', '.ends'];
      this.#report(error('N403', `this '${word}' has no '${end}'`, cardSpan(open.card)));
      this.statements = open.outer;
    }
    return this.statements;
  }

  #endBranch({ branches, condition }: OpenConditional): void {
    branches.push({ ...(condition ? { condition } : {}), statements: this.statements });
    this.statements = [];
  }

  /** The expression behind `.if`; a condition that cannot be read counts as 0. */
  #condition(card: Card, from: number): Branch['condition'] {
    const text = card.text.slice(from);
    const { source, start, dialect } = card;
    const parsed = parseExpression(source, start + from, text, dialect);
    if (parsed.expression) return parsed.expression;
    this.#report(parsed.diagnostic);
    return { kind: 'number', value: 0, span: cardSpan(card, from) };
  }

  #tooDeep(card: Card, what: string): void {
    const message = `${what} inside each other more than ${deepestBlocks} deep`;
    this.#report(error('N413', message, cardSpan(card)));
  }
}

/** A card that ends a block that is not the innermost one. */
function notOpen(
  card: Card,
  word: string,
  wanted: string,
  open: OpenSubcircuit | OpenConditional | undefined,
): Diagnostic {
  if (!open) return error('N403', `this '${word}' has no '${wanted}'`, cardSpan(card));
  const [inner, end] = open.kind === 'if' ? ["an '.if'", '.endif'] : ["a '.subckt'", '.ends'];
  return error('N403', `${inner} is open where this '${word}' stands`, cardSpan(card), {
    notes: [`it began at ${spanPlace(cardSpan(open.card))}`],
    help: [`close it first: '${end}'`],
  });
}

function otherName(card: Card, name: string, open: string): Diagnostic {
  const near = closest(name, [open]);
  return error('N403', `'.ends ${name}' closes the subcircuit '${open}'`, cardSpan(card), {
    help: [
      near
        ? `write '.ends ${near}'`
        : 'subcircuits end in the order in which they began, inner ones first',
    ],
  });
}
