import { expect, it } from 'vitest';
import { simulate } from '../../../src/solver/index.js';

/** 1 V over the switch and 1 kΩ. ngspice 39 printed these voltages for `-D ngbehavior=psa`. */
const reference = [
  9.99001e-4, 9.99001e-4, 9.99001e-4, 6.006666e-3, 0.2402531, 0.943014, 0.990099, 0.990099,
  0.990099,
];

const circuit = (cards: string) => `t\nvd d 0 1\nr1 e 0 1k\n${cards}\n.end`;

async function swept(cards: string): Promise<number[]> {
  const { analyses, diagnostics } = await simulate(circuit(cards));
  expect(diagnostics).toEqual([]);
  return [...analyses[0].dataset.get('v(e)')!.real];
}

it("PSpice's vswitch follows its control smoothly", async () => {
  const model = '.model ss vswitch(von=3 voff=1 ron=10 roff=1meg)';
  const values = await swept(`v1 c 0 0\ns1 d e c 0 ss\n${model}\n.dc v1 0 4 0.5`);
  values.forEach((value, k) => {
    expect(value / reference[k]).toBeCloseTo(1, 5);
  });
});

it("PSpice's iswitch does so with a current; on and off may be swapped", async () => {
  // Current of v1 from 4 mA to 0: closed at 1 mA, open at 3 mA, the same curve backwards.
  const model = '.model ss iswitch(ion=1m ioff=3m ron=10 roff=1meg)';
  const cards = `i1 0 c 0\nv1 c 0 0\nw1 d e v1 ss\n${model}\n.dc i1 4m 0 -0.5m`;
  (await swept(cards)).forEach((value, k) => {
    expect(value / reference[k]).toBeCloseTo(1, 5);
  });
});
