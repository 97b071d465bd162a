import { expect, test } from 'vitest';
import { capture } from './captured-terminal.js';

test.each([
  ['grid --inputs -1 --outputs 2', 2, 'C162'],
  ['grid --inputs 2.5 --outputs 2', 2, 'C162'],
  ['network --layers 2.5,3', 2, 'C161'],
  ['network --layers 4', 2, 'C161'],
  ['network --layers 4,x', 2, 'C163'],
  ['grid --inputs 3 --outputs 2 --values 1,2', 1, 'A407'],
  ['array-2t2r --rows -1 --columns 2', 1, 'A420'],
  ['gird', 2, 'C160'],
  ['grid --inputs 3 --outputs 2 --samples none.json', 2, 'C167'],
  ['layer --inputs 3 --outputs 2 --rows 3', 2, 'C167'],
  ['network --layers 4,3 --inputs 4', 2, 'C167'],
  ['array-2t2r --rows 2 --columns 2 --values 1,1', 2, 'C167'],
])('oxspice generate %s: a mistake, not a bug', async (words, expected, message) => {
  const { code, err } = await capture(['generate', ...words.split(' ')]);
  expect([code, err.slice(0, 11)]).toEqual([expected, `error[${message}]`]);
});

test('a deck of a grid comes on standard output', async () => {
  const { code, out } = await capture(['generate', 'grid', '--inputs', '3', '--outputs', '2']);
  expect(code).toBe(0);
  expect(out).toMatch(/\.end\n$/);
});
