import { error } from '../base/index.js';
import type { Deck, ParameterStatement, Statement, SubcircuitStatement } from './ast.js';
import { analysisVariables } from '../expression/index.js';
import type { Report } from './report.js';

/** What is wrong with a statement by itself, whatever the rest of the deck says. */
type Check<K extends Statement['kind']> = (
  statement: Extract<Statement, { kind: K }>,
  report: Report,
) => void;

/** The checks of each kind of statement. A new check is one function and one entry. */
const checks: { readonly [K in Statement['kind']]?: readonly Check<K>[] } = {
  subcircuit: [portsDiffer, onlyParts],
  param: [namesAreFree],
};

const deckWide = new Set([
  'analysis',
  'options',
  'temp',
  'save',
  'print',
  'step',
  'monteCarlo',
  'corner',
  'data',
  'measure',
  'fourier',
  'title',
]);

export function checkDeck(deck: Deck, report: Report): void {
  checkStatements(deck.statements, report);
}

function checkStatements(statements: readonly Statement[], report: Report): void {
  for (const statement of statements) {
    const list = checks[statement.kind] as readonly Check<Statement['kind']>[] | undefined;
    for (const check of list ?? []) check(statement, report);
    if (statement.kind === 'subcircuit' || statement.kind === 'include') {
      checkStatements(statement.statements, report);
    } else if (statement.kind === 'if') {
      for (const branch of statement.branches) checkStatements(branch.statements, report);
    }
  }
}

function portsDiffer({ ports }: SubcircuitStatement, report: Report): void {
  const seen = new Set<string>();
  for (const { text, span } of ports) {
    if (seen.has(text)) report.add(error('N414', `the node '${text}' is listed twice`, span));
    if (text === '0' || text === 'gnd') {
      report.add(error('N414', 'ground is known everywhere and cannot be a node here', span));
    }
    seen.add(text);
  }
}

/** Analyses, options and outputs concern the whole deck. */
function onlyParts({ statements }: SubcircuitStatement, report: Report): void {
  for (const { kind, span } of statements) {
    if (!deckWide.has(kind)) continue;
    report.add(
      error('N415', 'this card concerns the whole deck, not a subcircuit', span, {
        help: ["move it behind '.ends'"],
      }),
    );
  }
}

function namesAreFree({ definitions }: ParameterStatement, report: Report): void {
  for (const { name } of definitions) {
    if (!(name.text in analysisVariables)) continue;
    const message = `'${name.text}' cannot be a parameter`;
    const label = `it is the ${analysisVariables[name.text]}`;
    report.add(error('N416', message, name.span, { label }));
  }
}
