import { describe, expect, it } from 'vitest';
import { currentSwitch } from '../../../src/devices/switches/current-switch.js';
import { voltageSwitch } from '../../../src/devices/switches/voltage-switch.js';
import { runCards } from '../../solver/elements/run-cards.js';
import { SingleInstance } from '../single-instance.js';

/** The control of the ngspice deck below: straight lines between these points. */
const points = [
  [0, -3],
  [6, 3],
  [12, -3],
  [14, 0.2],
  [15, -3],
  [16, 3],
  [17, -0.2],
  [18, 3],
];

function control(t: number): number {
  const k = Math.min(
    points.findIndex(([time], i) => i > 0 && time >= t),
    points.length - 1,
  );
  const [[t0, v0], [t1, v1]] = [points[k - 1], points[k]];
  return v0 + ((v1 - v0) * (t - t0)) / (t1 - t0);
}

/** Times at which the switch changes, walking through its events as the solver does. */
function switchings(device: SingleInstance, drive: (value: number) => void): number[] {
  const { model, memory } = device;
  const held = model.instanceSlots.findIndex((slot) => slot.kind === 'held');
  const values = (t: number): number[] => {
    drive(control(t));
    model.kernels.evaluateEvents!(memory);
    return model.events.map(({ slot }) => memory.instance[slot]);
  };
  let before = values(0);
  model.events.forEach(({ kind }, k) => {
    if (kind === 'above' && before[k] > 0) model.kernels.fire!(memory, k, 0);
  });
  const times: number[] = [];
  const steps = 18_000;
  for (let i = 1; i <= steps; i++) {
    const t = (18 * i) / steps;
    const now = values(t);
    const was = memory.instance[held];
    model.events.forEach(({ direction }, k) => {
      if (direction * before[k] <= 0 && direction * now[k] > 0) model.kernels.fire!(memory, k, 0);
    });
    if (memory.instance[held] !== was) times.push(t);
    before = now;
  }
  return times;
}

// ngspice 39, `vc c 0 pwl(0 -3 6 3 12 -3 14 0.2 15 -3 16 3 17 -0.2 18 3)`, `sw vt=0.5 vh=…`, .tran 1m
// 18 0 1m: times at which v = 0.5 over a divider passes; ngspice is late by up to one step of 1 ms.
const expected = [
  ['vh > 0', 1, [4.5, 9.5, 15.75]],
  ['vh = 0', 0, [3.5, 8.5, 15.583, 16.781, 17.219]],
  ['vh < 0', -1, [2.5, 7.5, 13.5625, 14.219, 15.417, 16.469, 17.531]],
] as const;

describe.each(expected)('%s', (_, hysteresis, times) => {
  it('switches a voltage switch when ngspice does', () => {
    const device = new SingleInstance(voltageSwitch, { card: { vt: 0.5, vh: hysteresis } });
    const found = switchings(device, (v) => {
      device.set({ cp: v, cn: 0 });
    });
    expect(found.length).toBe(times.length);
    found.forEach((t, i) => {
      expect(Math.abs(t - times[i])).toBeLessThan(2.5e-3);
    });
  });

  it('switches a current switch likewise', () => {
    const device = new SingleInstance(currentSwitch, { card: { it: 0.5, ih: hysteresis } });
    const found = switchings(device, (v) => {
      device.set({ control: v });
    });
    expect(found.length).toBe(times.length);
  });
});

describe('a switch', () => {
  const current = (instance: Record<string, number>): number => {
    const device = new SingleInstance(voltageSwitch, { card: { ron: 2, roff: 1e6 }, instance });
    device.set({ p: 1, n: 0, cp: 0, cn: 0 });
    device.evaluate();
    return device.f(0);
  };

  it('starts open, or closed where it is told to', () => {
    expect(current({})).toBe(1e-6);
    expect(current({ on: 1 })).toBe(0.5);
    expect(current({ off: 1 })).toBe(1e-6);
  });
});

describe('a switch with vh < 0', () => {
  const cards = [
    ...['vin in 0 1', 'vc c 0 0', 'rc c 0 1k', 'r1 in a 1k', 'r2 in b 1k'],
    's1 a 0 c 0 early',
    'w1 b 0 vc wearly',
    '.model early sw(vt=0.25 vh=-1.1 ron=10 roff=1meg)',
    '.model wearly csw(it=-0.25m ih=-1.1m ron=10 roff=1meg)',
  ];

  // ngspice 39: the voltage enters the band from −0.85 V to 1.35 V, the current −vc/1k likewise.
  it.each([
    ['rising', '.dc vc -2.05 2 0.1', { a: [-0.85, 2], b: [-2.05, -0.85] }],
    ['falling', '.dc vc 2.05 -2 -0.1', { a: [2.05, 1.35], b: [1.35, -2] }],
  ])('changes where its control enters the band, %s', async (_, sweep, closed) => {
    const [dataset] = await runCards(...cards, sweep);
    const control = dataset.get('v(v-sweep)')!.real;
    for (const [node, [from, to]] of Object.entries(closed)) {
      const found = [...control].filter((_, k) => dataset.get(`v(${node})`)!.real[k] < 0.5);
      expect(Math.abs(found[0] - from), node).toBeLessThan(0.11);
      expect(Math.abs(found.at(-1)! - to), node).toBeLessThan(0.11);
    }
  });

  it('is closed where an operating point lies within the band', async () => {
    const [dataset] = await runCards(...cards, '.op');
    expect(dataset.get('v(a)')!.real[0]).toBeCloseTo(10 / 1010, 12);
    expect(dataset.get('v(b)')!.real[0]).toBeCloseTo(10 / 1010, 12);
  });
});
