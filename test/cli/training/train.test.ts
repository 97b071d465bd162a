import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capture, folderWith } from '../captured-terminal.js';

const experiment = `{
  "title": "Small", "trainer": "online-gradient", "seeds": 3,
  "settings": { "data": "iris", "training": 90, "test": 60, "samples": 180 },
  "variants": { "slow": { "learningRate": 0.01 }, "fast": {} },
  "paper": { "source": "none", "rows": { "fast": { "error": { "mean": 99 } } } }
}`;

test('the same results on one thread and two, and nothing is done twice', async () => {
  const folder = folderWith({ 'small.json': experiment });
  const at = (name: string): string => join(folder, name);
  const one = await capture(['train', at('small.json'), '-o', at('one'), '--threads', '1']);
  expect([one.code, one.err]).toEqual([0, '']);
  const two = await capture(['train', at('small.json'), '-o', at('two'), '--threads', '2']);
  expect([two.code, two.err]).toEqual([0, '']);
  for (const file of ['runs.csv', 'runs.json', 'results.json', 'curve.error.svg'])
    expect(readFileSync(at(`two/${file}`), 'utf8'), file).toBe(
      readFileSync(at(`one/${file}`), 'utf8'),
    );
  expect(one.out).toMatch(/fast +error +% +3 .* no\n/);
  const again = await capture(['train', at('small.json'), '-o', at('one'), '--seeds', '2']);
  expect(again.out).toContain('4 of them are done already');
});

test('a setting from the command line counts, and what it does not take is told', async () => {
  const folder = folderWith({ 'small.json': experiment });
  const file = join(folder, 'small.json');
  const args = ['train', file, '-o', join(folder, 'out'), '--threads', '1', '--seed', '7'];
  const { code } = await capture([...args, '--set', 'samples=90']);
  expect(code).toBe(0);
  const { seed, curve } = JSON.parse(
    readFileSync(join(folder, 'out', 'fast.seed-7.json'), 'utf8'),
  ) as { seed: number; curve: { error: number[] } };
  expect([seed, curve.error.length]).toEqual([7, 1]);
  const wrong = await capture([...args, '--epochs', '3']);
  expect(wrong.code).toBe(1);
  expect(wrong.err).toMatch(/A003.*no setting 'epochs'/);
});
