import { closest, formatQuantity, type Parameter, type ParameterTable } from '../../base/index.js';
import type { CatalogEntry } from '../../devices/index.js';
import type { Arguments, Command } from '../command.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';
import { textTable } from '../text-table.js';
import { UsageError } from '../usage-error.js';

/** `oxspice models [name]`: the catalogue of devices, or what the parameters of one mean. */
export const models: Command = {
  name: 'models',
  positionals: '[name]',
  describe: 'List the device models, or the parameters of one',
  options: {},
  examples: [['$0 models team', 'parameters of the TEAM memristor']],
  async execute(given: Arguments, terminal: Terminal): Promise<ExitCode> {
    const { catalog } = await import('../../devices/index.js');
    const name = given.name as string | undefined;
    terminal.out(name === undefined ? listOf(catalog) : sheetOf(find(catalog, name)));
    return exitCodes.ok.code;
  },
};

function listOf(catalog: readonly CatalogEntry[]): string {
  const rows = catalog.map((entry) => [
    entry.definition.name,
    elementForm(entry),
    entry.definition.title,
  ]);
  return `${textTable(rows)}\n  oxspice models <name> shows the parameters of one.\n`;
}

function find(catalog: readonly CatalogEntry[], name: string): CatalogEntry {
  const wanted = name.toLowerCase();
  const found = catalog.find(
    ({ definition, letter, cards }) =>
      definition.name === wanted || letter === wanted || cards.some(({ type }) => type === wanted),
  );
  if (found) return found;
  const names = catalog.flatMap(({ definition, cards }) => [
    definition.name,
    ...cards.map(({ type }) => type),
  ]);
  const near = closest(wanted, names);
  throw new UsageError('C004', `there is no model '${name}'`, [
    near === undefined ? "'oxspice models' lists them" : `did you mean '${near}'?`,
  ]);
}

/** Elements whose value suffices: `R1 a b 1k`. */
const valueWithoutCard = new Set(['r', 'c', 'l']);

/** How an element with this model is written; what may be left out stands in brackets. */
export function elementForm({
  definition,
  letter,
  positional,
  cards,
  grounded = 0,
}: CatalogEntry): string {
  const { terminals } = definition;
  const cardOptional = letter !== undefined && valueWithoutCard.has(letter);
  const parts = [
    `${(letter ?? 'n').toUpperCase()}…`,
    ...terminals.map((name, k) => (k < terminals.length - grounded ? name : `[${name}]`)),
    ...definition.references.map((name) => `<${name}>`),
    ...(cards.length === 0 ? [] : [cardOptional ? '[card]' : '<card>']),
    ...(positional === undefined
      ? []
      : [cards.length === 0 ? `<${positional}>` : `[${positional}]`]),
  ];
  return parts.join(' ');
}

function sheetOf(entry: CatalogEntry): string {
  const { definition, cards } = entry;
  const parts = [`${definition.name}: ${definition.title}\n\n  ${elementForm(entry)}\n`];
  for (const { type, levels } of cards)
    parts.push(`  .model <card> ${type}(…)${levels ? ` level ${levels.join(', ')}` : ''}\n`);
  parts.push(section('On the .model card or the element', definition.parameters));
  parts.push(section('On the element', definition.instance));
  const states = Object.entries(definition.states).map(([name, { unit, doc }]) => [
    name,
    unit,
    doc,
  ]);
  if (states.length > 0) parts.push(`\nStates\n${textTable(states)}`);
  const aliases = Object.entries(definition.aliases).map(([alias, name]) => `${alias} = ${name}`);
  if (aliases.length > 0) parts.push(`\nOther names\n  ${aliases.join(', ')}\n`);
  return parts.join('');
}

function section(title: string, table: ParameterTable): string {
  const rows = Object.entries(table).map(([name, parameter]) => [
    name,
    defaultOf(parameter),
    parameter.range.text,
    parameter.doc,
  ]);
  return rows.length === 0 ? '' : `\n${title}\n${textTable(rows, [false, true])}`;
}

/** A default as people read it; a dash where there is none. */
export function defaultOf({ kind, default: value, unit }: Parameter): string {
  if (Number.isNaN(value)) return unit ? `- ${unit}` : '-';
  return kind === 'real' && unit !== '' && value !== 0
    ? formatQuantity(value, unit)
    : `${value}${unit ? ` ${unit}` : ''}`;
}
