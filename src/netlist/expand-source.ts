import { error } from '../base/index.js';
import type { Assignment, ElementStatement, Word } from './ast.js';
import { kindOf, tooFewNodes } from './element-messages.js';
import type { Expansion } from './expansion.js';
import { type Level, multiply } from './level.js';
import { assign, commonParameters, type ParameterValues } from './parameter-values.js';
import { readSource } from './source-reader.js';

/** Makes an instance of a V or I element; errors are reported and leave it out. */
export function expandSource(
  statement: ElementStatement,
  level: Level,
  expansion: Expansion,
): void {
  const { letter, name, items, span } = statement;
  const { report } = expansion;
  const entry = expansion.catalog.ofLetter(letter);
  if (!entry) {
    report.add(error('N502', `${kindOf(letter)} is not supported yet`, name.span));
    return;
  }
  const [p, n, ...rest] = items;
  if (p?.kind !== 'word' || n?.kind !== 'word') {
    const given = [p, n].filter((item): item is Word => item?.kind === 'word');
    report.add(tooFewNodes(statement, entry, given));
    return;
  }
  const others: Assignment[] = [];
  const before = report.errors;
  const source = readSource(rest, level.scope, report, others);
  const parameters: ParameterValues = new Map();
  const tables = [entry.definition.instance, letter === 'i' ? commonParameters : {}];
  const lookup = { tables, aliases: entry.definition.aliases, device: kindOf(letter) };
  for (const other of others) assign(other, lookup, level.scope, parameters, report, 'error');
  if (!source || report.errors > before) return;
  multiply(parameters, level);
  expansion.add(
    {
      name: level.prefix + name.text,
      definition: entry.definition,
      nodes: expansion.connect([p, n], level),
      parameters,
      references: [],
      source,
      span,
    },
    name.span,
  );
}
