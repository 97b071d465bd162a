import { describe, expect, it } from 'vitest';
import { operatingPoint, runCards } from '../../solver/elements/run-cards.js';

/**
 * Transconductance [S] of transistors with velocity saturation: differences of the currents that
 * ngspice 39 gives 10 µV above and below. What it prints as gm is 9.58648e-5, 6.76958e-5 and 3.42178e-4.
 */
const saturated = 'vto=0.5 kp=60u gamma=0.3 phi=0.65 tox=30n vmax=50k theta=0.05 nfs=1e11';
const fast =
  'vto=0.6 nsub=3e16 tox=15n uo=500 vmax=150k xj=0.15u nfs=2e11 theta=0.1 eta=0.05 kappa=0.5';

describe('level 3 in velocity saturation', () => {
  it.each([
    [saturated, 2.5, 1, 0, 1.04948e-4],
    [saturated, 1.2, 3, 0, 7.09479e-5],
    [fast, 2.5, 3, -1.5, 3.57905e-4],
  ])('%s at vgs=%d vds=%d vbs=%d', async (card, vgs, vds, vbs, gm) => {
    const value = await operatingPoint(
      ...[`vg g 0 ${vgs}`, `vd d 0 ${vds}`, `vb b 0 ${vbs}`, 'm1 d g 0 b mm w=5u l=1.5u'],
      `.model mm nmos level=3 ${card}`,
      '.save @m1[gm]',
    );
    expect(value('@m1[gm]') / gm).toBeCloseTo(1, 5);
  });
});

describe('level 3 without current', () => {
  it('has the noise of its resistance', async () => {
    const [spectrum] = await runCards(
      ...['vg g 0 1.15643', 'vd d 0 0 ac 1', 'm1 d g 0 0 mm w=5.66203u l=14.1989u nrd=0.25 m=3'],
      '.model mm nmos level=3 vto=0.431904 rd=31.1303 rs=7.38298 tox=38.9n u0=570.394 nsub=1.01806e15 nfs=1.49744e11',
      'h1 o 0 vd 1',
      '.noise v(o) vd lin 1 1k 1k 1',
    );
    // ngspice 39 [A/√Hz].
    expect(spectrum.get('onoise_m1_rd')!.real[0] / 1.8191138208404473e-14).toBeCloseTo(1, 6);
  });
});
