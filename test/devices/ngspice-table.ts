import { readFileSync } from 'node:fs';
import { parseQuantity } from '../../src/base/index.js';
import type { ModelDefinition } from '../../src/devices/language/model.js';

/** A deck of `test/devices/ngspice/` and the table that ngspice 39 wrote from it. */
export interface NgspiceTable {
  /** Columns by their names, such as `@d1[id]`. */
  readonly columns: ReadonlyMap<string, readonly number[]>;
  readonly instances: readonly DeckInstance[];
}

export interface DeckInstance {
  readonly name: string;
  /** The card's type, such as `nmos`. */
  readonly type: string;
  /** Parameters of the card and of the instance, by the names that stand in the deck. */
  readonly card: ReadonlyMap<string, number>;
  readonly parameters: ReadonlyMap<string, number>;
}

/** Reads `<name>.cir` and `<name>.txt`; instances are the lines that begin with `letter`. */
export function ngspiceTable(name: string, letter: string, nodes: number): NgspiceTable {
  const file = (extension: string): string =>
    readFileSync(new URL(`ngspice/${name}.${extension}`, import.meta.url), 'utf8');
  const lines = file('cir').split('\n');
  const cards = new Map(
    lines
      .map((line) => line.split(/\s+/))
      .filter(([first]) => first === '.model')
      .map(([, card, type, ...rest]) => [card, { type, values: assignments(rest.map(asFlag)) }]),
  );
  const instances = lines
    .slice(1)
    .map((line) => line.split(/\s+/))
    .filter(([first]) => first.startsWith(letter) && /\d/.test(first))
    .map((words): DeckInstance => {
      const card = cards.get(words[nodes + 1])!;
      const parameters = assignments(words.slice(nodes + 2));
      return { name: words[0], type: card.type, card: card.values, parameters };
    });
  return { columns: readColumns(file('txt')), instances };
}

/** Parameters by the model's own names. */
export function renamed(
  definition: ModelDefinition,
  values: ReadonlyMap<string, number>,
): Record<string, number> {
  return Object.fromEntries(
    [...values].map(([name, value]) => [definition.aliases[name] ?? name, value]),
  );
}

/** Columns of a further table that the same deck wrote, `<name>.txt`. */
export function tableColumns(name: string): ReadonlyMap<string, readonly number[]> {
  return readColumns(readFileSync(new URL(`ngspice/${name}.txt`, import.meta.url), 'utf8'));
}

/** A word alone is a flag: `pchan` means `pchan=1`. */
function asFlag(word: string): string {
  return /^[a-z]+$/.test(word) ? `${word}=1` : word;
}

function assignments(words: readonly string[]): Map<string, number> {
  return new Map(
    words
      .filter((word) => word.includes('='))
      .map((word) => word.split('='))
      .map(([key, value]) => [key, parseQuantity(value)!]),
  );
}

function readColumns(text: string): Map<string, number[]> {
  const [head, ...rows] = text.trim().split('\n');
  const names = head.trim().split(/\s+/);
  const numbers = rows.map((row) => row.trim().split(/\s+/).map(Number));
  return new Map(names.map((column, i) => [column, numbers.map((row) => row[i])]));
}
