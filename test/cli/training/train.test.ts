import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { serialize } from 'node:v8';
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

const split = `{ "title": "Large", "trainer": "online-gradient", "seeds": 20,
  "settings": { "data": "iris", "training": 140, "test": 60, "samples": 10 },
  "variants": { "slow": { "learningRate": 0.01 }, "fast": {} } }`;
const deep = `{ "title": "Deep", "trainer": "deep-network", "seeds": 1,
  "settings": { "data": "digits", "task": "classify", "layers": [10], "epochs": [1], "test": 100 } }`;

test.each([
  // 50 flowers of each class; 140 and 60 take 47 + 20 of the first.
  ['more samples than there are', split, [], /A002.*take 67 of each class.*'setosa'[^]*:2:45/],
  ['more than digits has', deep, [], /A002.*'digits' has 1797 samples to learn from, not 5000/],
  [
    'none left to judge',
    deep,
    ['training=1797'],
    /A002.*'digits' has 0 samples left that can judge/,
  ],
  ['a gain without V_OxRAM', deep, ['training=9', 'gain=2'], /A002.*'gain' is of V_OxRAM/],
  [
    'gains of other layers',
    deep,
    ['training=9', 'neurons=oxram', 'gain=[1,2]'],
    /A002.*for each of the layers/,
  ],
  // Neither value stands in the file.
  [
    'a text for a number',
    deep,
    ['training=9', 'learningRate=abc'],
    /A002.*'learningRate': .*expected/,
  ],
  ['a text in a list', deep, ['training=9', 'layers=[4,"a"]'], /A002.*'layers\[1\]': .*expected/],
])('%s: told once, before anything runs', async (_, text, set, message) => {
  const folder = folderWith({ 'own.json': text });
  const settings = set.flatMap((each) => ['--set', each]);
  const { code, err } = await capture([
    'train',
    join(folder, 'own.json'),
    '-o',
    join(folder, 'out'),
    ...settings,
  ]);
  expect(code).toBe(1);
  expect(err).toMatch(message);
  expect(err.match(/error/g)).toHaveLength(1);
});

test('what was given as an option is not looked for in the file', async () => {
  const folder = folderWith({ 'small.json': experiment });
  const args = ['train', join(folder, 'small.json'), '-o', join(folder, 'out')];
  const { err } = await capture([...args, '--set', 'lerningRate=3']);
  expect(err).toMatch(/A003.*'lerningRate'[^]*given as an option[^]*did you mean 'learningRate'/);
  expect(err).not.toContain('small.json');
});

test('a .csv file of the command line is seen from where it is typed', async () => {
  const rows = Array.from({ length: 20 }, (_, k) => `${k % 2},${k},${k % 2 ? 'odd' : 'even'}`);
  const folder = folderWith({ 'own.csv': rows.join('\n'), 'small.json': experiment });
  const from = relative(process.cwd(), join(folder, 'own.csv'));
  const sizes = ['--set', 'training=10', '--set', 'test=10', '--seed', '1', '--threads', '1'];
  const out = join(folder, 'out');
  const { code, err } = await capture([
    'train',
    join(folder, 'small.json'),
    '-o',
    out,
    '--data',
    from,
    ...sizes,
  ]);
  expect([code, err]).toEqual([0, '']);
  const { classes } = JSON.parse(readFileSync(join(out, 'fast.seed-1.json'), 'utf8')) as {
    classes: string[];
  };
  expect(classes).toEqual(['even', 'odd']);
});

test('runs of other seeds stay, and --no-resume takes no checkpoint', async () => {
  const folder = folderWith({ 'small.json': experiment });
  const out = join(folder, 'out');
  const args = ['train', join(folder, 'small.json'), '-o', out, '--threads', '1'];
  await capture([...args, '--seeds', '2']);
  const other = await capture([...args, '--seed', '0']);
  expect(other.out).not.toContain('done');
  const all = await capture([...args, '--seeds', '2']);
  expect(all.out).toContain('4 of them are done already');
  expect((await capture([...args, '--seed', '0'])).out).toContain('2 of them are done already');
  // The table is of all of them, whatever was asked last.
  const table = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as {
    seeds: number;
    rows: { seeds: number; values: { seed: number; value: number }[] }[];
  };
  expect(table.seeds).toBe(3);
  expect(table.rows.map(({ seeds }) => seeds)).toEqual(table.rows.map(() => 3));
  expect(table.rows[0].values.map(({ seed }) => seed)).toEqual([0, 1, 2]);
  // A checkpoint that says that all is done, with no learning curve.
  const of = JSON.parse(readFileSync(join(out, 'ledger.jsonl'), 'utf8').split('\n')[0]) as {
    of: string;
  };
  const state = { step: 2, weights: new Float64Array(15) };
  const checkpoint = serialize({ fingerprint: of.of, state, reports: [], seconds: 0 });
  writeFileSync(join(out, 'fast.seed-1.checkpoint'), checkpoint);
  await capture([...args, '--seeds', '2', '--no-resume']);
  const { curve } = JSON.parse(readFileSync(join(out, 'fast.seed-1.json'), 'utf8')) as {
    curve: object;
  };
  expect(curve).toHaveProperty('error');
  expect((await capture([...args, '--seed', '2', '--seeds', '2'])).err).toContain('C151');
});

test('a characteristic of something else is refused', async () => {
  const folder = folderWith({
    'divider.cir': 'divider\nv1 in 0 1\nr1 in out 1k\nr2 out 0 1k\n.end\n',
    'grid.json': `{ "title": "Grid", "trainer": "synapse-grid", "seeds": 3,
      "settings": { "data": "iris", "training": 90, "test": 60, "samples": 9,
        "synapse": { "read": "divider.characteristic.json", "write": "divider.characteristic.json" } } }`,
  });
  const deck = join(folder, 'divider.cir');
  await capture([
    'characterize',
    deck,
    '--input',
    'v1=0:1',
    '--output',
    'v(out)',
    '-o',
    folder,
    '-q',
  ]);
  const { code, err } = await capture([
    'train',
    join(folder, 'grid.json'),
    '-o',
    join(folder, 'out'),
  ]);
  expect(code).toBe(1);
  expect(err).toMatch(/A002.*current of u, state, and 'divider' is one of v\(out\) of v1[^]*:3:20/);
});

test('an experiment that is not there is called one', async () => {
  const folder = folderWith({ 'small.json': experiment });
  const { code, err } = await capture(['train', join(folder, 'smal.json')]);
  expect(code).toBe(1);
  expect(err).toMatch(
    /C101.*cannot read the experiment '.*smal\.json'[^]*did you mean '.*small\.json'/,
  );
});

test('figures are drawn of the first seed of each variant, and the report has them', async () => {
  const digits = `{
    "title": "Digits", "trainer": "deep-network", "seeds": 2,
    "settings": { "data": "digits", "training": 200, "test": 100, "task": "classify",
      "layers": [10], "epochs": [2], "readout": { "epochs": 2 } },
    "variants": { "soft": {}, "codes": { "weights": "oxram" },
      "images, 5 %": { "task": "denoise" } }
  }`;
  const folder = folderWith({ 'digits.json': digits });
  const out = join(folder, 'results', 'digits');
  const file = join(folder, 'digits.json');
  const trained = await capture(['train', file, '-o', out, '--threads', '1']);
  expect([trained.code, trained.err]).toEqual([0, '']);
  const { figures } = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as {
    figures: { variant: string; seed: number; file: string }[];
  };
  const namesOf = (variant: string): string[] =>
    figures
      .filter((each) => each.variant === variant && each.seed === 1)
      .map(({ file }) => file.replace(/^figure\..*\.([^.]+)\.svg$/, '$1'));
  const weights = ['weights-1', 'weights-1-histogram'];
  expect(namesOf('soft')).toEqual(['confusion', ...weights]);
  expect(namesOf('codes')).toEqual(['confusion', ...weights, 'switching', 'switching-bits']);
  expect(namesOf('images, 5 %')).toEqual(['images', 'densities', ...weights]);
  for (const { file } of figures)
    expect(readFileSync(join(out, file), 'utf8'), file).toMatch(/^<svg /);
  // Only files of the first seed hold what is drawn.
  const held = (seed: number): unknown =>
    (JSON.parse(readFileSync(join(out, `soft.seed-${seed}.json`), 'utf8')) as { figures?: unknown })
      .figures;
  expect([held(1) === undefined, held(2)]).toEqual([false, undefined]);
  await capture(['report', join(folder, 'results')]);
  const page = readFileSync(join(folder, 'results', 'report', 'other-experiments.html'), 'utf8');
  expect(page).toContain('<summary>Figures of codes, seed 1</summary>');
  expect(page).toContain('src="../digits/figure.images%2C%205%20%25.images.svg" alt="Images');
});
