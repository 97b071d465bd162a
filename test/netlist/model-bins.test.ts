import { describe, expect, it } from 'vitest';
import { parseNetlist } from '../../src/netlist/index.js';

/** The card that an element gets, among bins that meet at 0.25 µm and 10 µm. */
function cardOf(element: string): string | undefined {
  const cards = [
    ['.model n.1', '0.18u', '0.25u', '1u', '10u'],
    ['.model n.2', '0.25u', '1u', '1u', '10u'],
    ['.model n.3', '0.18u', '1u', '10u', '{wide}'],
  ].map(([name, ...range]) => {
    const [lmin, lmax, wmin, wmax] = range;
    return `${name} nmos level=49 lmin=${lmin} lmax=${lmax} wmin=${wmin} wmax=${wmax}`;
  });
  const deck = ['bins', '.param wide=100u', 'v1 d 0 1', element, ...cards, '.op', '.end'];
  const { circuit } = parseNetlist(deck.join('\n'));
  return circuit?.instances.find(({ name }) => name.startsWith('m'))?.card?.name;
}

describe('bins of a model', () => {
  it.each([
    ['m1 d d 0 0 n w=2u l=0.18u', 'n.1'],
    // A bound belongs to the bin above it, however it is written.
    ['m1 d d 0 0 n w=2u l=2.5e-7', 'n.2'],
    ['m1 d d 0 0 n w=10u l=250n', 'n.3'],
    ['m1 d d 0 0 n w={4*2u} l=0.3u', 'n.2'],
    // The upper bound of the last one is its own.
    ['m1 d d 0 0 n w=100u l=1u', 'n.3'],
    // Without length and width the defaults count, 5 µm: none fits.
    ['m1 d d 0 0 n', undefined],
    // A bin may be named itself.
    ['m1 d d 0 0 n.2 w=2u l=5u', 'n.2'],
  ])('%s', (element, expected) => {
    expect(cardOf(element)).toBe(expected);
  });
});
