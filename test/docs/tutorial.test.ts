import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { capture, folderWith } from '../cli/captured-terminal.js';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/tutorial.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))].map(([, text]) => text);

/** A command of the page, its files and folders in `folder`. */
function argumentsOf(command: string, folder: string): string[] {
  const [program, ...words] = command.trim().split(' ');
  expect(program).toBe('oxspice');
  const inFolder = words.map((word, k) =>
    /\.(cir|json)$/.test(word) || words[k - 1] === '-o' ? join(folder, word) : word,
  );
  // Two threads would only compete with other tests.
  return words[0] === 'train' || words[0] === 'cosim' ? [...inFolder, '--threads', '1'] : inFolder;
}

test('the commands of docs/tutorial.md do what the page says', async () => {
  const folder = folderWith({ 'pulse.cir': blocks('spice')[0], 'iris.json': blocks('json')[0] });
  const outputs: string[] = [];
  for (const command of blocks('sh')) {
    const args = argumentsOf(command, folder);
    if (args[0] === 'run') args.push('-o', join(folder, 'pulse.out'));
    const { code, out, err } = await capture(args);
    expect([code, err], command).toEqual([0, '']);
    outputs.push(out);
  }
  const [run, characterize, , , compared] = outputs;
  for (const line of blocks('text')[0].trim().split('\n')) expect(run).toContain(line.trim());
  // 2 % of ±9.5 µs.
  expect(characterize).toMatch(/width +381\.\d n +2 %/);
  // Every file that the page names is there.
  const named = [...page.matchAll(/`((?:pulse\.out|trained|waveforms|compared)\/[\w.-]+)`/g)];
  expect(named.length).toBeGreaterThan(4);
  for (const [, file] of named) expect(existsSync(join(folder, file)), file).toBe(true);
  const { reports } = JSON.parse(readFileSync(join(folder, 'compared/fidelity.json'), 'utf8')) as {
    reports: [
      {
        error: { difference: { mean: number } };
        blocks: { read: { rms: number; scale: number } };
        trajectory: { difference: number; moved: number }[];
        predictions: { errors: number[] }[];
      },
    ];
  };
  const [{ error, blocks: parts, trajectory, predictions }] = reports;
  expect(error.difference.mean).toBe(0);
  expect(parts.read.rms / parts.read.scale).toBeCloseTo(0.07, 2);
  const last = trajectory.at(-1)!;
  expect(last.difference / last.moved).toBeLessThan(0.01);
  expect(predictions.map(({ errors }) => errors.length)).toEqual([5, 5]);
  expect(compared).toMatch(/[12] of 2 inside/);
}, 120_000);
