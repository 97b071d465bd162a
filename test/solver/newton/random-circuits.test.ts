import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/solver/index.js';
import { tolerancesOf } from '../../../src/solver/verification.js';
import { randomCircuits } from './random-circuits.js';

const perFamily = 10;

describe('random well-posed circuits', () => {
  it.each(randomCircuits(perFamily).map(({ name, deck }) => [name, deck] as const))(
    'have an operating point: %s',
    async (_, deck) => {
      const { analyses, diagnostics } = await simulate(deck, { verify: true });
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      const [{ completed, verification }] = analyses;
      expect(completed).toBe(true);
      // Currents added up by kernels of their own, in multiples of reltol, abstol and vntol.
      expect(verification!.points).toBe(1);
      expect(tolerancesOf(verification!.currents)).toBeLessThan(1);
    },
  );

  it('are many, and the same every time', () => {
    const [first, second] = [randomCircuits(perFamily), randomCircuits(perFamily)];
    expect(first.length).toBeGreaterThanOrEqual(100);
    expect(new Set(first.map(({ deck }) => deck)).size).toBe(first.length);
    expect(second).toEqual(first);
  });
});

interface IllPosed {
  readonly what: string;
  readonly cards: string;
  readonly code: string;
  /** What the message must name. */
  readonly names: RegExp;
}

const illPosed: readonly IllPosed[] = [
  {
    what: 'sources that contradict each other',
    cards: 'v1 a 0 1\nv2 a 0 2\nr1 a 0 1',
    code: 'S221',
    names: /'v2', 'v1'/,
  },
  {
    what: 'an inductor across a source',
    cards: 'v1 a 0 1\nl1 a 0 1m',
    code: 'S221',
    names: /'l1', 'v1'/,
  },
  {
    what: 'currents without a way back',
    cards: 'i1 0 a 1m\ni2 a 0 2m',
    code: 'S212',
    names: /-1\.000 mA flows into node v\(a\)/,
  },
  {
    what: 'a current into a capacitor',
    cards: 'i1 0 a 1m\nc1 a 0 1n',
    code: 'S212',
    names: /v\(a\)/,
  },
  {
    what: 'an island',
    cards: 'v1 a 0 1\nr0 a 0 1\nr1 b c 1k\nd1 b c dx\n.model dx d',
    code: 'S211',
    names: /v\(b\), v\(c\)/,
  },
  {
    what: 'an amplifier that feeds itself with gain 1',
    cards: 'e1 o 0 o 0 1\nr1 o 0 1k',
    code: 'S303',
    names: /v\(o\), i\(e1\)/,
  },
  {
    what: 'a voltage that is itself and one more',
    cards: 'v1 i 0 1\nb1 o 0 v=v(o)+v(i)\nr1 o 0 1k',
    code: 'S303',
    names: /v\(o\)/,
  },
  {
    what: 'a source held by another through its gain',
    cards: 'v1 a 0 1\ne1 a 0 b 0 2\nr1 b 0 1k',
    code: 'S303',
    names: /i\(v1\), i\(e1\)/,
  },
  {
    what: 'a negative conductance that cancels a load',
    cards: 'i1 0 a 1m\nr1 a 0 1k\ng1 a 0 a 0 -1m',
    code: 'S303',
    names: /v\(a\)/,
  },
  {
    what: 'a gate that nothing drives and no charge holds',
    cards: 'v1 a 0 1\nr0 a d 1k\nm1 d g 0 0 mn\n.model mn nmos(level=1 vto=1)',
    code: 'S303',
    names: /v\(g\)/,
  },
  {
    what: 'more current than a device can carry',
    cards: 'i1 0 a 2m\nb1 a 0 i=1m*tanh(v(a))',
    code: 'S301',
    names: /v\(a\)/,
  },
  {
    what: 'a current that is never zero',
    cards: 'b1 a 0 i=1m+v(a)*v(a)\nr1 a 0 1e9',
    code: 'S301',
    names: /v\(a\)/,
  },
  {
    what: 'a comparator that contradicts itself',
    cards: 'b1 o 0 v=v(o)>0.5?0:1\nr1 o 0 1k',
    code: 'S301',
    names: /b1/,
  },
  {
    what: 'a logarithm of a negative voltage',
    cards: 'v1 a 0 -1\nb1 o 0 v=ln(v(a))\nr1 o 0 1k',
    code: 'S301',
    names: /i\(b1\) is not a finite number/,
  },
  {
    what: 'switches that do not come to rest',
    cards: 'v1 a 0 1\nr1 a o 1k\ns1 o 0 o 0 sw\n.model sw sw(vt=0.5 ron=1 roff=1meg)',
    code: 'S302',
    names: /do not come to rest/,
  },
];

describe('ill-posed circuits', () => {
  it.each(illPosed)('are refused with the reason: $what', async ({ cards, code, names }) => {
    const { analyses, diagnostics } = await simulate(`ill-posed\n${cards}\n.op\n.end\n`);
    expect(analyses[0]?.completed).toBe(false);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map((found) => found.code)).toEqual([code]);
    expect(errors[0].message).toMatch(names);
  });
});
