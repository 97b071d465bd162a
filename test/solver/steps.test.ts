import { describe, expect, test } from 'vitest';
import { measureAnalyses, simulate, simulateCircuit } from '../../src/solver/index.js';
import { parseNetlist } from '../../src/netlist/index.js';

const divider = (cards: string): string => `divider
.param r=1k
v1 in 0 1
r1 in out {r}
r2 out 0 1k
.op
${cards}
`;

/** v(out) of every step. */
async function outputs(deck: string): Promise<(number | undefined)[]> {
  const { analyses } = await simulate(deck);
  return analyses.map(({ dataset }) => dataset.get('v(out)')?.real[0]);
}

describe('.step', () => {
  // Expected values: 1k/(r + 1k).
  test.each<[string, number[]]>([
    ['.step param r list 1k 3k 4k', [0.5, 0.25, 0.2]],
    ['.step param r 1k 3k 1k', [0.5, 1 / 3, 0.25]],
    ['.step dec param r 1 100 1', [1000 / 1001, 1000 / 1010, 1000 / 1100]],
    ['.step oct param r 1k 4k 1', [0.5, 1 / 3, 0.2]],
    ['.step r2 list 1k 3k', [0.5, 0.75]],
    ['.step v1 list 2 4', [1, 2]],
    ['.step r2 list 1k 3k\n.step v1 list 1 2', [0.5, 0.75, 1, 1.5]],
    ['.data rows r v1 1k 2 3k 4 .enddata\n.step data=rows', [1, 1]],
  ])('%s', async (cards, expected) => {
    const found = await outputs(divider(cards));
    expect(found).toHaveLength(expected.length);
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 9);
    });
  });

  test('results say which step they are of', async () => {
    const { analyses } = await simulate(divider('.step param r list 1k 3k'));
    expect(analyses.map(({ step }) => step?.name)).toEqual(['r=1000', 'r=3000']);
  });

  test('measures have the parameters of their step, and what is derived from them', async () => {
    const cards = `.param twice={2*r}\n.step param r list 1k 3k\n.meas op x param='r+twice+v(out)'`;
    const { circuit, analyses } = await simulate(divider(cards));
    const rows = await measureAnalyses(circuit!, analyses);
    // r + 2r + 1k/(r + 1k)
    expect(rows.map(({ value }) => value)).toEqual([3000.5, 9000.25]);
  });

  test('temperatures are stepped', async () => {
    const deck = divider('.step temp list 27 127').replace('r2 out 0 1k', 'r2 out 0 1k tc1=0.01');
    const found = await outputs(deck);
    // 1k·(1 + 0.01·100) = 2k at 127 °C.
    expect(found[0]).toBeCloseTo(0.5, 9);
    expect(found[1]).toBeCloseTo(2 / 3, 9);
  });

  test('a step gives the same bits as a run of its own', async () => {
    const deck = (cards: string): string => `rectifier
.param c=1u
v1 in 0 sin(0 5 1k)
d1 in out dio
.model dio d(is=1e-14 rs=1 cjo=1p tt=1n)
c1 out 0 {c}
r1 out 0 10k
.tran 10u 3m
${cards}
`;
    const stepped = await simulate(deck('.step param c list 0.1u 1u 10u'));
    const single = await simulate(deck(''), { parameters: { c: 1e-6 } });
    const [of, alone] = [stepped.analyses[1].dataset, single.analyses[0].dataset];
    expect(of.get('v(out)')!.real).toEqual(alone.get('v(out)')!.real);
  });

  test('values that change the structure make a new system', async () => {
    // Without rs the diode has no internal node.
    const deck = `diode
.param rs=0
i1 0 a 1m
d1 a 0 dio
.model dio d(is=1e-14 rs={rs})
.op
.step param rs list 0 10 0
`;
    const { analyses, diagnostics } = await simulate(deck);
    expect(diagnostics).toEqual([]);
    const values = analyses.map(({ dataset }) => dataset.get('v(a)')!.real[0]);
    expect(values[2]).toBe(values[0]);
    // 10 Ω · 1 mA more.
    expect(values[1] - values[0]).toBeCloseTo(0.01, 6);
  });

  test('a step that fails is told, and the others still run', async () => {
    const deck = divider('.param g={1/r}\n.step param r list 1k 0 3k');
    const { analyses, diagnostics } = await simulate(deck);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ code: 'E301', notes: ['in the step r=0'] });
    expect(analyses.map(({ step }) => step!.index)).toEqual([0, 2]);
  });

  test('a circuit without its deck steps elements, and refuses parameters', async () => {
    const circuit = parseNetlist(divider('.step param r list 1k 2k')).circuit!;
    const stream = simulateCircuit(circuit);
    let next = await stream.next();
    while (!next.done) next = await stream.next();
    expect(next.value.diagnostics.map(({ code }) => code)).toEqual(['S115', 'S115']);
  });
});
