import { describe, expect, test } from 'vitest';
import { renderDiagnostic } from '../../../src/base/index.js';
import { readTrainingExperiment } from '../../../src/arch/experiments/index.js';

const head = '"title": "t", "trainer": "online-gradient", "seeds": 3';
const full = '"settings": { "data": "iris", "training": 90, "test": 60, "samples": 180 }';
const read = (text: string, changes = {}): ReturnType<typeof readTrainingExperiment> =>
  readTrainingExperiment({ name: 'own.json', text }, changes);

test('variants and seeds become jobs, seeds innermost', () => {
  const text = `{ ${head}, ${full}, "variants": { "slow": { "learningRate": 0.01 }, "fast": {} } }`;
  const { experiment } = read(text);
  const jobs = experiment!.jobs();
  expect(jobs.length).toBe(6);
  const runs = [...jobs].map((job) => experiment!.runOf(job));
  expect(runs.map(({ variant, seed }) => `${variant.name} ${seed}`)).toEqual(
    ['slow', 'fast'].flatMap((name) => [1, 2, 3].map((seed) => `${name} ${seed}`)),
  );
  expect(runs[0].variant.settings).toMatchObject({ learningRate: 0.01, data: 'iris' });
  // The default of the trainer.
  expect(runs[5].variant.settings).toMatchObject({ learningRate: 0.1 });
});

test('the fingerprint knows settings but not the number of seeds', () => {
  const of = (changes: object): string =>
    read(`{ ${head}, ${full} }`, changes).experiment!.fingerprint;
  expect(of({ seeds: 9 })).toBe(of({}));
  expect(of({ settings: { learningRate: 0.2 } })).not.toBe(of({}));
});

describe('mistakes are told at their place', () => {
  test.each([
    ['{ "title": "t" }', /'trainer'/],
    [
      `{ ${head.replace('online', 'on-line')}, ${full} }`,
      /A120.*no trainer 'on-line-gradient'[^]*did you mean 'online-gradient'/,
    ],
    [`{ ${head}, "settings": { "data": "iris", "training": 90, "test": 60 } }`, /'samples'[^]*\^/],
    [
      `{ ${head}, ${full},\n  "variants": { "a": { "learningrate": 1 } } }`,
      /no setting 'learningrate'.*\n *--> own\.json:2:24[^]*did you mean 'learningRate'/,
    ],
    [
      `{ ${head}, ${full},\n  "variants": { "a": { "learningRate": -1 } } }`,
      /'learningRate'.*\n *--> own\.json:2:40/,
    ],
  ])('%s', (text, pattern) => {
    const { experiment, diagnostics } = read(text);
    expect(experiment).toBeUndefined();
    expect(diagnostics.map((each) => renderDiagnostic(each)).join('\n')).toMatch(pattern);
  });
});
