import { expect, test } from 'vitest';
import { closest } from '../../src/base/index.js';

test.each([
  ['taem', 'team'], // two neighbours swapped
  ['lowr', 'lower'], // a letter left out
  ['plott', 'plot'], // a letter too many
  ['formet', 'format'], // a wrong letter
  ['RUN', 'run'],
  ['xyz', undefined], // nothing is near
  ['abcd', undefined], // two changes away from 'abxy', too far for four letters
])("closest to '%s' is '%s'", (word, expected) => {
  expect(closest(word, ['team', 'lower', 'plot', 'format', 'run', 'abxy'])).toBe(expected);
});
