import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCsvData, type Training, trainers, type World } from '../../../src/arch/index.js';

// Two clouds of twelve samples: a grid of two rows and two columns, and a bias.
const cloud = Array.from({ length: 24 }, (_, k) => {
  const side = k % 2 === 0 ? 1 : -1;
  return `${side + 0.7 * Math.sin(3 * k)},${-side + 0.7 * Math.cos(5 * k)},${side > 0 ? 'a' : 'b'}`;
});
const text = `x,y,class\n${cloud.join('\n')}\n`;
const clouds = readCsvData('clouds', { name: 'clouds.csv', text }).data!;
const circuits = join(import.meta.dirname, '..', '..', '..', 'circuits');

/** Has the clouds as data, and the circuits that come with the program. */
export const world: World = {
  data: () => ({ training: clouds }),
  characteristic: () => {
    throw new Error('not used');
  },
  circuit: (path) => readFileSync(join(circuits, path), 'utf8'),
};

export const trainer = trainers.find(({ name }) => name === 'synapse-circuit')!;

const base = { data: 'clouds', training: 12, test: 12, samples: 12, reportEvery: 3 };

export const settingsOf = (own: object): unknown => trainer.settings.parse({ ...base, ...own });

/** A training on the clouds, twelve samples of three a step unless said otherwise. */
export const start = (own: object, seed = 1): Training =>
  trainer.start(settingsOf(own), world, seed);

/** Goes on to the end. */
export const finish = (training: Training) => {
  while (training.step < training.steps) training.advance();
  return training.finish();
};
