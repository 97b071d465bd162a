import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/solver/index.js';

/** 1 V over 1 kΩ·(1 + T/100) and 1 kΩ: v(b) = 1/(2 + T/100). */
const divider = `temperature in parameters
.param rise={1+temper/100}
v1 a 0 1
r1 a b {1k*rise}
x1 b half
.subckt half n f={rise-temper/100}
r1 n 0 {1k*f}
.ends
`;

async function voltages(...cards: readonly string[]): Promise<number[]> {
  const text = `${divider}${cards.join('\n')}\n.end`;
  const { analyses, diagnostics } = await simulate(text);
  expect(diagnostics).toEqual([]);
  return analyses.flatMap(({ dataset }) => [...dataset.get('v(b)')!.real]);
}

const expected = (celsius: number): number => 1 / (2 + celsius / 100);

describe('temper in parameters', () => {
  // Each value is the divider's closed form.
  it.each<[string, readonly number[], readonly string[]]>([
    ['is 27 °C', [27], ['.op']],
    ['is that of .options', [50], ['.options temp=50', '.op']],
    ['is that of .temp', [60], ['.options temp=50', '.temp 60', '.op']],
    ['has a value for each of several temperatures', [0, 50, 100], ['.temp 0 50 100', '.op']],
    ['follows .step temp', [-40, 85], ['.op', '.step temp list -40 85']],
    ['follows .dc temp', [0, 50, 100], ['.dc temp 0 100 50']],
  ])('%s', async (_, temperatures, cards) => {
    const values = await voltages(...cards);
    expect(values).toHaveLength(temperatures.length);
    temperatures.forEach((celsius, k) => {
      expect(values[k]).toBeCloseTo(expected(celsius), 9);
    });
  });

  it('keeps its place in steps and sweeps of other things', async () => {
    // Outer loop: temperature; inner one: 1 V and 2 V.
    const swept = await voltages('.dc v1 1 2 1 temp 0 100 100');
    const wanted = [0, 100].flatMap((celsius) => [1, 2].map((v) => v * expected(celsius)));
    swept.forEach((value, k) => {
      expect(value).toBeCloseTo(wanted[k], 9);
    });
    const stepped = await voltages('.temp 0 100', '.op', '.step v1 list 1 2');
    const order = [1, 2].flatMap((v) => [0, 100].map((celsius) => v * expected(celsius)));
    stepped.forEach((value, k) => {
      expect(value).toBeCloseTo(order[k], 9);
    });
  });

  it('is also called temp, unless a parameter has that name', async () => {
    const cards = ['v1 a 0 1', '.temp 50', '.op'];
    const value = async (...more: string[]) => {
      const deck = ['t', ...cards, ...more, 'r1 a b 1k', 'r2 b 0 {1k*temp/50}'].join('\n');
      return (await simulate(deck)).analyses[0].dataset.get('v(b)')!.real[0];
    };
    expect(await value()).toBeCloseTo(1 / 2, 9);
    expect(await value('.param temp=150')).toBeCloseTo(3 / 4, 9);
  });

  it('does not depend on itself', async () => {
    const { diagnostics } = await simulate('t\nv1 a 0 1\nr1 a 0 1\n.temp {temper+3}\n.op');
    expect(diagnostics.map(({ code }) => code)).toEqual(['E401']);
  });
});

it('tc1 and tc2 of elements with expressions count from tnom, as those with numbers', async () => {
  const deck = (value: string) =>
    `t\ni1 0 a 1m\nr1 a 0 ${value} tc1=10m tc2=1m\n.options tnom=50\n.temp 60\n.op`;
  for (const value of ['1k', "R='1k*(1+0*v(a))'"]) {
    const { analyses } = await simulate(deck(value));
    // 1 mA through 1 kΩ·(1 + 0.01·10 + 0.001·10²), 10 K above tnom.
    expect(analyses[0].dataset.get('v(a)')!.real[0]).toBeCloseTo(1.2, 9);
  }
});
