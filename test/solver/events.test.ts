import { describe, expect, it } from 'vitest';
import { voltageSwitch } from '../../src/devices/switches/voltage-switch.js';
import { FlatCircuit, run } from './flat-circuit.js';

describe('switches at t = 0 with uic', () => {
  it('take the position that their control calls for', () => {
    const circuit = new FlatCircuit()
      .v('v1', 'c 0', 5)
      .v('v2', 's 0', 1)
      .r('r1', 's o', 1e3)
      .add('s1', voltageSwitch, 'o 0 c 0', { vt: 2.5, ron: 1 });
    const o = run(circuit, 'tran 1u 100u uic').dataset.get('v(o)')!.real;
    // 1 V·1/1001, from the first point on.
    expect(o[0]).toBeCloseTo(1 / 1001, 9);
    expect(o.at(-1)).toBeCloseTo(1 / 1001, 9);
  });

  it('are refused where each position calls for the other', () => {
    // Open: o at 1 V closes the switch; closed: o near 0 V opens it.
    const circuit = new FlatCircuit()
      .v('v1', 's 0', 1)
      .r('r1', 's o', 1e3)
      .add('s1', voltageSwitch, 'o 0 o 0', { vt: 0.5, ron: 1 });
    expect(run(circuit, 'tran 1u 100u uic').problem?.code).toBe('S302');
  });
});
