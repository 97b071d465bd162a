import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCsvData, type Training, trainers, type World } from '../../../src/arch/index.js';
import {
  AmplifierCircuit,
  offsetOf,
} from '../../../src/arch/cosim/amplifiers/amplifier-circuit.js';
import {
  distributionBound,
  offsetCharacteristic,
} from '../../../src/arch/cosim/amplifiers/offset-characteristic.js';
import { type ReadBin, ReadErrors } from '../../../src/arch/cosim/amplifiers/read-errors.js';

const circuits = join(import.meta.dirname, '..', '..', '..', 'circuits');
const rows = Array.from({ length: 60 }, (_, k) => {
  const pixels = Array.from({ length: 6 }, (__, p) => ((p + k) % 2 === 0 ? 9 : (k * p) % 4));
  return `${pixels.join()},${k % 2 === 0 ? 'even' : 'odd'}`;
});
const data = readCsvData('stripes', { name: 's.csv', text: `${rows.join('\n')}\n` }).data!;
const world: World = {
  data: () => ({ training: data }),
  characteristic: () => {
    throw new Error('not used');
  },
  circuit: (path) => readFileSync(join(circuits, path), 'utf8'),
};

test('an amplifier has an offset of its own, and reads beyond it rightly', () => {
  const [first, second] = [1, 2].map((run) => new AmplifierCircuit(world, 1, run));
  const offset = offsetOf(first, 7000) as number;
  expect([first.read(offset + 0.005, 7000), first.read(offset - 0.005, 7000)]).toEqual([
    true,
    false,
  ]);
  // docs/network-circuits.md: offsets have a deviation of 0.044, so that 0.3 is seven of them.
  expect([second.read(0.3, 7000), second.read(-0.3, 7000)]).toEqual([true, false]);
  expect(Math.abs(offset)).toBeLessThan(0.2);
  expect(offset).not.toBe(0);
  // Nothing is left of the reads before.
  expect(offsetOf(first, 7000)).toBe(offset);
}, 60_000);

test('offsets make the probability of a read', () => {
  const chance = offsetCharacteristic([0.03, -0.01, 0.01, -0.03]).function(undefined, {
    outside: 'clamp',
  });
  // Symmetric about zero; an eighth of the law is beyond each of the outermost of four.
  expect(chance.value(0)).toBeCloseTo(0.5, 5);
  expect(chance.value(0.03)).toBeCloseTo(7 / 8, 5);
  expect([chance.value(-1), chance.value(1)]).toEqual([0, 1]);
  // Massart: √(ln 40/(2n)) is 0.0960 for 200.
  expect(distributionBound(200)).toBeCloseTo(0.096, 4);
});

test('errors are counted by the size of the logarithm', () => {
  const errors = new ReadErrors();
  errors.add(-0.05, true, 0.2);
  errors.add(0.05, false, 0.1);
  errors.add(3, false, 0);
  const bins = errors.result(Array<number>(errors.bins).fill(0));
  const { reads, wrong, rate, predicted, interval } = bins.find(({ from }) => from === 0.04)!;
  expect([reads, wrong, rate]).toEqual([2, 1, 0.5]);
  expect(predicted).toBeCloseTo(0.15, 12);
  // Clopper and Pearson for 1 of 2: 1.26 to 98.74 % (tables).
  expect(interval[0]).toBeCloseTo(0.0126, 4);
  expect(bins.at(-1)).toMatchObject({ from: 0.2, reads: 1, wrong: 0 });
});

describe('a binarized network with circuits', () => {
  const trainer = trainers.find(({ name }) => name === 'amplifier-circuit')!;
  const own = {
    ...{ data: 'stripes', training: 40, test: 20, batch: 20, layers: [6], epochs: 2 },
    ...{ amplifiers: 4, reads: 6, readers: 1 },
  };
  const finish = (training: Training) => {
    while (training.step < training.steps) training.advance();
    return training.finish();
  };

  test('goes on with the same bits, and tells how often circuits read wrongly', () => {
    const first = trainer.start(trainer.settings.parse(own), world, 1);
    first.advance();
    const saved = structuredClone(first.save());
    const judged = first.advance().values.error;
    const whole = finish(first);
    const second = trainer.start(trainer.settings.parse(own), world, 1);
    second.restore(saved);
    expect(finish(second)).toEqual(whole);
    expect(whole.measures.circuitReads).toBe(12);
    // Four, and one reader after each of two steps; what the last one adds is judged by nobody.
    expect(whole.details.offsets).toHaveLength(6);
    // The network is judged as it was at the end of its curve, by offsets that were known then.
    expect(whole.measures.error).toBe(judged);
    const bins = whole.details.readErrors as readonly ReadBin[];
    expect(bins.reduce((sum, { reads }) => sum + reads, 0)).toBe(12);
    expect(bins.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    // Beyond 0.2, four and a half deviations, neither circuit nor characteristic errs.
    expect(bins.at(-1)!.wrong).toBe(0);
  }, 60_000);

  test('needs no circuits where amplifiers are ideal', () => {
    const settings = trainer.settings.parse({ ...own, amplifier: 'ideal' });
    expect(trainer.needs(settings).circuits).toEqual([]);
    expect(finish(trainer.start(settings, world, 1)).measures.misread).toBeUndefined();
  });
});
