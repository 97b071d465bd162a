import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Check, Figure } from './figure.js';

/** A set of figures, drawn by a command. */
export interface FigureSet {
  readonly title: string;
  readonly figures: readonly ((seed: number) => Figure | Promise<Figure>)[];
  /** What stands above and behind the table, in Markdown. */
  readonly before?: string;
  readonly behind?: string;
}

/** What is expected to be infinite is a lower bound of 10: a kurtosis. */
function holds({ ours, expected, within }: Check): boolean {
  return expected === Infinity ? ours > 10 : Math.abs(ours - expected) <= within;
}

function rangeOf({ expected, within }: Check): string {
  if (expected === Infinity) return '> 10';
  const [middle, half] = [expected, within].map((value) => Number(value.toPrecision(4)));
  return `${middle} ± ${half}`;
}

/**
 * Draws all figures into a folder, with a table of our numbers beside those expected as README.md
 * and numbers.json; the process ends with 1 where a number is out of its range.
 */
export async function reportFigures(set: FigureSet, folder: string, seed: number): Promise<void> {
  const { title, figures, before = '', behind = '' } = set;
  const target = resolve(folder);
  mkdirSync(target, { recursive: true });
  const rows: Check[] = [];
  for (const draw of figures) {
    const { pictures, checks } = await draw(seed);
    rows.push(...checks);
    for (const [name, svg] of Object.entries(pictures))
      writeFileSync(join(target, `${name}.svg`), svg);
  }
  const table = rows.map((row) => {
    const { what, ours, source } = row;
    const cells = [what, Number(ours.toPrecision(4)), rangeOf(row), source];
    return `| ${cells.join(' | ')} | ${holds(row) ? 'yes' : 'NO'} |`;
  });
  const head = '| number | ours | expected | source | holds |\n|---|---|---|---|---|';
  const parts = [`# ${title}, seed ${seed}`, before, `${head}\n${table.join('\n')}`, behind];
  const text = `${parts.filter((part) => part !== '').join('\n\n')}\n`;
  writeFileSync(join(target, 'README.md'), text);
  writeFileSync(join(target, 'numbers.json'), JSON.stringify({ seed, rows }, null, 2) + '\n');
  process.stdout.write(text);
  process.exitCode = rows.every(holds) ? 0 : 1;
}
