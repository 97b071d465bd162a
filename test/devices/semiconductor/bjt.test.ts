import { describe, expect, it } from 'vitest';
import { operatingPoint } from '../../solver/elements/run-cards.js';

describe('bipolar transistor with two saturation currents', () => {
  it('scales them with areas and temperature as ngspice', async () => {
    const current = await operatingPoint(
      ...['vc c 0 0.1', 'vb b 0 0.65', 've e 0 0.5', 'v1 c c1 0', 'v2 c c2 0'],
      'q1 c1 b e 0 n1 area=4 areab=3',
      'q2 c2 b e 0 n2 area=4 areac=2',
      '.model n1 npn ibe=2e-15 ibc=3e-15 br=2 nf=1.02 nr=1.05',
      '.model n2 npn ibe=2e-15 ibc=3e-15 br=2 nf=1.02 nr=1.05 subs=-1',
      '.options temp=80 reltol=1e-9',
    );
    // ngspice 39, same cards.
    expect(current('i(v1)') / -0.0002959998156436733).toBeCloseTo(1, 8);
    expect(current('i(v2)') / -0.00019733291477216062).toBeCloseTo(1, 8);
    expect(current('i(vb)') / -0.00016444485475693748).toBeCloseTo(1, 8);
  });

  it('and with them that of the substrate', async () => {
    const current = await operatingPoint(
      ...['vc c 0 0', 'vs s 0 0.5', 'v1 s s1 0', 'v2 s s2 0'],
      'q1 c 0 0 s1 n1 area=4 areab=3 areac=2',
      'q2 c 0 0 s2 n2 area=4 areab=3 areac=2',
      '.model n1 npn iss=1e-15 ibe=2e-15 ibc=2e-15 nr=1.1 ns=1.13',
      '.model n2 npn iss=1e-15 ibe=2e-15 ibc=2e-15 nr=1.1 ns=1.13 subs=-1',
      '.options temp=80 reltol=1e-9',
    );
    // ngspice 39, same cards.
    expect(current('i(v1)') / 0.000002244145024030451).toBeCloseTo(1, 8);
    expect(current('i(v2)') / 2.130723449348006e-12).toBeCloseTo(1, 8);
  });
});
