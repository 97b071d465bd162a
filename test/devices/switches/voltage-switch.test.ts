import { describe, expect, it } from 'vitest';
import { currentSwitch } from '../../../src/devices/switches/current-switch.js';
import { voltageSwitch } from '../../../src/devices/switches/voltage-switch.js';
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
