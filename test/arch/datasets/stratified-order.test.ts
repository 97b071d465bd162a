import { expect, test } from 'vitest';
import { stratifiedOrder } from '../../../src/arch/datasets/index.js';

// One class after the other, of unequal size.
const labels = Uint8Array.from({ length: 130 }, (_, k) => (k < 80 ? 0 : k < 120 ? 1 : 2));
const data = { labels, count: 130, classes: ['a', 'b', 'c'] };

test('all samples are there, and any number of the first has its share of each class', () => {
  const order = stratifiedOrder(data, 5);
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 130 }, (_, k) => k));
  const counts = [0, 0, 0];
  order.forEach((index, k) => {
    counts[labels[index]]++;
    [80, 40, 10].forEach((size, label) => {
      expect(Math.abs(counts[label] - ((k + 1) * size) / 130)).toBeLessThanOrEqual(1);
    });
  });
});

test('the order is one of the seed', () => {
  expect(stratifiedOrder(data, 5)).toEqual(stratifiedOrder(data, 5));
  expect(stratifiedOrder(data, 6)).not.toEqual(stratifiedOrder(data, 5));
});
