import { describe, expect, it } from 'vitest';
import { runCards } from '../../solver/elements/run-cards.js';

/** Drain at (V), card; channel noise, and correlated noise at 1 MHz and 1 THz, of ngspice 39 [V/√Hz]. */
const figures = [
  [1, '', 1.137144596e-11, 2.227575927e-12, 5.279047246e-12],
  [
    0.3,
    'rgatemod=2 xrcrg1=12 rnoic=0.5 tnoic=1e5',
    1.159399728e-11,
    2.567035811e-12,
    5.613749294e-12,
  ],
  // Drain and source have changed places.
  [-0.6, '', 1.636009147e-11, 2.146091153e-12, 8.104758952e-12],
] as const;

describe('tnoimod=2 of BSIM4', () => {
  it.each(figures)('at %d V, %s: drain and gate share a part of their noise', async (...row) => {
    const [drain, card, channel, low, high] = row;
    const [spectrum] = await runCards(
      `vd d 0 ${drain}`,
      'rg in g 200',
      'vg in 0 0.8 ac 1',
      'm1 d2 g 0 0 nm w=10u l=0.13u nf=2',
      'vx d d2 0',
      'h1 out 0 vx 1',
      'ro out 0 1',
      `.model nm nmos level=14 version=4.8.0 tnoimod=2 ${card}`,
      '.noise v(out) vg dec 1 1e6 1e12 1',
    );
    const own = spectrum.get('onoise.m1.id')!.real;
    const shared = spectrum.get('onoise.m1.corl')!.real;
    expect(own[0] / channel).toBeCloseTo(1, 8);
    expect(shared[0] / low).toBeCloseTo(1, 8);
    expect(shared.at(-1)! / high).toBeCloseTo(1, 8);
  });
});
