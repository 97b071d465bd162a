import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  characterize,
  characterizeSchema,
  type CharacterizeResult,
  type TransferCharacteristic,
} from '../../../src/arch/index.js';
import { openDeck } from '../../../src/arch/characterize/characterize.js';
import { Grid } from '../../../src/arch/characterize/grid.js';
import { randomPoint } from '../../../src/arch/characterize/random-points.js';
import { normalProbability, normalQuantile } from '../../../src/base/index.js';

const spec = (settings: object): ReturnType<typeof characterizeSchema.parse> =>
  characterizeSchema.parse(settings);

async function characteristicOf(deck: string, settings: object): Promise<TransferCharacteristic> {
  const { characteristic, diagnostics } = await characterize(deck, spec(settings));
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  return characteristic!;
}

async function failureOf(deck: string, settings: object): Promise<CharacterizeResult> {
  const result = await characterize(deck, spec(settings));
  expect(result.characteristic).toBeUndefined();
  return result;
}

function figure({ data }: TransferCharacteristic, row: number, name: string): number | null {
  const [{ columns, rows }] = data.figures;
  return rows[row][columns.findIndex((column) => column.name === name)];
}

/** One pole at 1/(2πRC) = 159.155 Hz for 1 kΩ. */
const lowPass = `RC low-pass
.param r=1k
v1 in 0 dc 1 ac 1 pulse(0 1 0 1n 1n 1 2)
r1 in out {r}
c1 out 0 1u
`;
const pole = (r: number): number => 1 / (2 * Math.PI * r * 1e-6);

describe('small signals', () => {
  const settings = {
    kind: 'ac',
    inputs: [
      { name: 'frequency', from: 1, to: '100k', scale: 'logarithmic' },
      { name: 'r', unit: 'Ω', from: 500, to: '2k', scale: 'logarithmic', at: [1000] },
    ],
    outputs: [{ name: 'gain', of: 'vdb(out)' }, 'vp(out)'],
    verify: { points: 200 },
  };

  test('gain and phase of a low-pass hold their bound at 1000 points of the closed form', async () => {
    const low = await characteristicOf(lowPass, settings);
    const [gain, phase] = [low.function('gain'), low.function('vp(out)')];
    const grid = new Grid(low.inputs);
    for (let k = 0; k < 1000; k++) {
      const [f, r] = randomPoint(grid, 77, k);
      const ratio = f / pole(r);
      const exact = -10 * Math.log10(1 + ratio ** 2);
      expect(Math.abs(gain.value(f, r) - exact)).toBeLessThan(gain.output.bound.absolute);
      expect(Math.abs(phase.value(f, r) + Math.atan(ratio))).toBeLessThan(
        phase.output.bound.absolute,
      );
    }
    expect(gain.output.bound).toMatchObject({ met: true });
    expect(gain.output.unit).toBe('dB');
    // The tolerance, 0.1 % of 62 dB, over the slope there, 10 dB a decade: 1.4 % at most.
    expect(Math.abs(figure(low, 0, 'bandwidth')! / pole(1000) - 1)).toBeLessThan(0.014);
    expect(low.data.figures[0].rows).toHaveLength(1);
  });
});

describe('operating points', () => {
  const inverter = readFileSync('circuits/digital/inverter.cir', 'utf8');
  const settings = {
    kind: 'dc',
    inputs: [
      { name: 'v(in)', from: 0, to: 1.8 },
      { name: 'temp', values: [-40, 27, 125] },
    ],
    outputs: ['v(out)', { name: 'i(vdd)', tolerance: '2u' }],
    verify: { points: 200 },
  };

  test('an inverter holds its bound at 1000 points, and has its gain and threshold', async () => {
    const made = await characteristicOf(inverter, settings);
    const { experiment } = openDeck(inverter, spec(settings), {});
    const grid = new Grid(made.inputs);
    const points = Array.from({ length: 1000 }, (_, k) => randomPoint(grid, 78, k));
    const { sampler } = experiment!;
    for (const group of sampler.groups(points)) {
      const asked = group.map((place) => points[place]);
      const { samples } = (await sampler.sample(asked, 'build'))!;
      samples.forEach((sample, k) => {
        const [vin, temp] = asked[k];
        const of = (name: string) => made.function(name, { fixed: { temp } });
        if (!('values' in sample)) throw new Error(sample.problem);
        expect(Math.abs(of('v(out)').value(vin) - sample.values[0])).toBeLessThan(
          made.output('v(out)').bound.absolute,
        );
        expect(Math.abs(of('i(vdd)').value(vin) - sample.values[1])).toBeLessThan(2e-6);
      });
    }
    // circuits/digital/inverter.cir has the formulas: 92.89 at vdd/2, at 27 °C.
    expect(figure(made, 1, 'switches at')).toBeCloseTo(0.9, 4);
    expect(figure(made, 1, 'gain')! / -92.89).toBeGreaterThan(0.97);
    expect(figure(made, 1, 'gain')! / -92.89).toBeLessThan(1.03);
    expect(made.output('i(vdd)').bound.absolute).toBe(2e-6);
    const along = made.function('v(out)', { fixed: { temp: 27 } });
    let before = Infinity;
    for (let k = 0; k <= 1000; k++) {
      const now = along.value((1.8 * k) / 1000);
      expect(now).toBeLessThanOrEqual(before + 1e-12);
      before = now;
    }
  });

  test('elements, model cards, parameters and cases are inputs', async () => {
    const divider = `divider
.param scale=1
.model rmod res(r=1)
vin in 0 2
r1 in out rmod {2*scale}
r2 out 0 1
`;
    const made = await characteristicOf(divider, {
      kind: 'dc',
      inputs: [
        { name: 'rmod(r)', from: 1, to: 2 },
        { name: 'lower', sets: 'r2', from: 1, to: 2 },
        { name: 'corner', cases: { slow: { scale: 1, vin: 2 }, fast: { scale: 0.5, vin: 3 } } },
      ],
      outputs: ['v(out)'],
      tolerance: 1e-4,
      verify: { points: 100 },
    });
    const slow = made.function('v(out)', { fixed: { corner: 'slow' } });
    const fast = made.function('v(out)', { fixed: { corner: 'fast' } });
    // An element's own value is 2·scale, the card's r scales nothing: 2·R2/(R1 + R2).
    expect(slow.value(1.3, 1.7)).toBeCloseTo((2 * 1.7) / (2 + 1.7), 3);
    expect(fast.value(1.3, 1.7)).toBeCloseTo((3 * 1.7) / (1 + 1.7), 3);
  });
});

test("the deck's corners are an input, by their names", async () => {
  const deck = `${lowPass}.corner slow r=2k v1=1
.corner fast r=500 v1=3
`;
  const made = await characteristicOf(deck, {
    kind: 'dc',
    inputs: [{ name: 'temp', from: 0, to: 100 }, { name: 'corner' }],
    outputs: ['v(out)'],
    verify: { points: 10 },
  });
  expect(made.inputs[1]).toMatchObject({ values: [0, 1], labels: ['slow', 'fast'] });
  // No current flows: the output is the input.
  for (const [corner, volts] of [
    ['slow', 1],
    ['fast', 3],
  ] as const)
    expect(made.function('v(out)', { fixed: { corner } }).value(27)).toBeCloseTo(volts, 9);
  const { diagnostics } = await failureOf(lowPass, {
    kind: 'dc',
    inputs: [{ name: 'corner' }],
    outputs: ['v(out)'],
  });
  expect(diagnostics[0].code).toBe('A209');
});

describe('measures', () => {
  test('a time constant against its resistance is a straight line', async () => {
    const deck = `${lowPass}.tran 10u 5m\n.meas tran t63 when v(out)={1-exp(-1)}\n`;
    const made = await characteristicOf(deck, {
      kind: 'measure',
      inputs: [{ name: 'r', from: 500, to: '2k' }],
      outputs: ['t63'],
      tolerance: 2e-3,
      verify: { points: 20 },
    });
    expect(made.output().unit).toBe('s');
    // τ = RC; the transient itself is good to about 0.1 %.
    expect(made.function().value(1234) / 1.234e-3).toBeCloseTo(1, 2);
    expect(figure(made, 0, 'line slope')! / 1e-6).toBeCloseTo(1, 2);
    expect(figure(made, 0, 'line R²')).toBeGreaterThan(0.9999);
  });

  test('a circuit that has no value somewhere says where and why', async () => {
    const deck = `${lowPass}.tran 10u 5m\n.meas tran t63 when v(out)=0.632\n`;
    const { diagnostics } = await failureOf(deck, {
      kind: 'measure',
      inputs: [{ name: 'r', from: 500, to: '100k' }],
      outputs: ['t63'],
    });
    expect(diagnostics[0].code).toBe('A207');
    expect(diagnostics[0].message).toMatch(/gives no value at r = /);
    expect(diagnostics[0].notes?.[0]).toBe("the measure 't63' has no value:");
  });
});

describe('random circuits', () => {
  const noisy = `comparator with an offset
.param off={agauss(0,0.1,1)}
vin in 0 0
voff out in {off}
rload out 0 1k
.op
.meas op vout param='v(out)'
`;

  test('the probability of an event, with its interval and its logistic fit', async () => {
    const made = await characteristicOf(noisy, {
      kind: 'probability',
      inputs: [{ name: 'vin', from: -0.3, to: 0.3, points: 7 }],
      event: { measure: 'vout', above: 0 },
      runs: 120,
      verify: { points: 4 },
    });
    const output = made.output();
    expect(output.kind).toBe('probability');
    const [input] = made.inputs;
    if (input.kind !== 'continuous') throw new Error('it is');
    // P(vin + off > 0) = Φ(vin/0.1); the intervals have 95 %, so that of seven all hold in 70 %:
    // 99.99 % takes twice their width.
    input.knots.forEach((vin, k) => {
      const exact = normalProbability(vin / 0.1);
      const { low, high } = output.trials!;
      const width = high[k] - low[k];
      expect(exact).toBeGreaterThan(low[k] - width / 2);
      expect(exact).toBeLessThan(high[k] + width / 2);
    });
    // The bound of a table of estimates holds their scatter: √(0.25/120) = 0.046 for one sigma.
    expect(output.bound.absolute).toBeGreaterThan(0.02);
    expect(output.bound.absolute).toBeLessThan(0.35);
    // The logistic function nearest to Φ(z) has the slope 1.70; seven estimates scatter around it.
    expect(figure(made, 0, 'logistic slope')! * 0.1).toBeGreaterThan(1.2);
    expect(figure(made, 0, 'logistic slope')! * 0.1).toBeLessThan(2.2);
    expect(figure(made, 0, 'logistic R²')).toBeGreaterThan(0.98);
    expect(made.data.provenance.runs).toBe(11 * 120);
  });

  test('quantiles are a function of the input and a probability', async () => {
    const made = await characteristicOf(noisy, {
      kind: 'quantiles',
      inputs: [{ name: 'vin', from: -1, to: 1, points: 3 }],
      outputs: ['vout'],
      runs: 150,
      verify: { points: 2 },
    });
    const quantile = made.function('vout');
    expect(quantile.inputs.map(({ name }) => name)).toEqual(['vin', 'probability']);
    for (const p of [0.1, 0.5, 0.9])
      // One sigma of a quantile of 150 normal numbers is 0.014 at most here.
      expect(Math.abs(quantile.value(0.5, p) - 0.5 - 0.1 * normalQuantile(p))).toBeLessThan(0.056);
  });

  test('the same seed gives the same file, another one does not', async () => {
    const settings = {
      kind: 'probability',
      inputs: [{ name: 'vin', from: -0.3, to: 0.3, points: 3 }],
      event: { measure: 'vout', below: 0 },
      runs: 20,
      verify: { points: 3 },
    };
    const [first, second, other] = await Promise.all(
      [settings, settings, { ...settings, seed: 5 }].map((each) => characteristicOf(noisy, each)),
    );
    expect(second.data).toEqual(first.data);
    expect(other.output().values).not.toEqual(first.output().values);
  });
});

describe('what is known of a characteristic', () => {
  const settings = {
    kind: 'dc',
    inputs: [{ name: 'v1', from: 0, to: 1 }],
    outputs: ['v(out)'],
    refine: false,
    verify: { points: 10 },
  };
  const hashOf = async (deck: string): Promise<string> =>
    (await characteristicOf(deck, settings)).circuitHash;

  test('the hash is that of the circuit, not of its text', async () => {
    const own = await hashOf(lowPass);
    expect(own).toMatch(/^[0-9a-f]{64}$/);
    expect(await hashOf(lowPass.replace('r1 in', '* a comment\nr1  in'))).toBe(own);
    expect(await hashOf(lowPass.replace('1u', '1.1u'))).not.toBe(own);
    expect(await hashOf(`${lowPass}.options reltol=1e-4\n`)).not.toBe(own);
  });

  test('an error that is greater than what was asked for is told', async () => {
    const step = 'step\nvin in 0 0\nb1 out 0 v=v(in)>0.3 ? 1 : 0\nr1 out 0 1\n';
    const jumps = spec({
      ...settings,
      inputs: [{ name: 'vin', from: 0, to: 1 }],
      refine: true,
      budget: 60,
    });
    const { characteristic, diagnostics } = await characterize(step, jumps);
    const { bound, verification } = characteristic!.output();
    expect(bound.absolute).toBeGreaterThanOrEqual(verification.max);
    expect(bound.met).toBe(diagnostics.length === 0);
    if (!bound.met) expect(diagnostics[0].code).toBe('A208');
  });

  test.each([
    [{ inputs: [{ name: 'v2', from: 0, to: 1 }] }, 'A202', /nothing called 'v2'/],
    [{ outputs: ['v(out'] }, 'A203', /'v\(out' cannot be read/],
    [{ outputs: ['v(ou)'] }, 'S123', /there is no node 'ou'/],
    [{ outputs: ['ln(v(out)-10)'] }, 'A207', /gives no value at v1 = 0 V/],
    [{ kind: 'measure', outputs: ['t1'] }, 'A204', /no measure 't1': it has none/],
    [
      { inputs: [{ name: 'c', cases: { a: { r: 1 }, b: { v1: 1 } } }] },
      'A201',
      /the case 'b' of 'c' does not set what 'a' sets: r, v1/,
    ],
  ])('%j is refused', async (change, code, message) => {
    const { diagnostics } = await failureOf(lowPass, { ...settings, ...change });
    expect(diagnostics[0].code).toBe(code);
    expect(diagnostics[0].message).toMatch(message);
  });
});
