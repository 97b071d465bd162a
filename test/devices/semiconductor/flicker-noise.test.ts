import { describe, expect, it } from 'vitest';
import { runCards } from '../../solver/elements/run-cards.js';

/** What ngspice 39 has at 1 kHz for these cards [A/√Hz]. */
const figures = {
  // m devices count as one of m times the width: with af=1 their number has no effect.
  m1: 2.0477189008789948e-8,
  m2: 2.0477188981487026e-8,
  m3: 3.0620539657904252e-9,
  m4: 4.0298896425751225e-9,
} as const;

describe('flicker noise', () => {
  it('of MOS transistors in parallel is as in ngspice', async () => {
    const [spectrum] = await runCards(
      ...['vg g 0 1.5 ac 1', 'vd1 d1 0 2', 'vd2 d2 0 2', 'vd3 d3 0 2', 'vd4 d4 0 2'],
      'm1 d1 g 0 0 ma w=10u l=1u',
      'm2 d2 g 0 0 ma w=10u l=1u m=3',
      'm3 d3 g 0 0 mb w=10u l=1u',
      'm4 d4 g 0 0 mb w=10u l=1u m=3',
      ...['h1 o1 0 vd1 1', 'h2 o2 o1 vd2 1', 'h3 o3 o2 vd3 1', 'h4 o o3 vd4 1'],
      '.model ma nmos level=1 kp=100u vto=0.5 tox=10n kf=1e-25',
      '.model mb nmos level=1 kp=100u vto=0.5 tox=10n kf=1e-25 af=1.5',
      '.noise v(o) vg lin 1 1k 1k 1',
    );
    for (const [device, expected] of Object.entries(figures))
      expect(spectrum.get(`onoise_${device}_1overf`)!.real[0] / expected, device).toBeCloseTo(1, 7);
  });

  it('of level 3 in parallel takes the current of all and the width of one', async () => {
    const [spectrum] = await runCards(
      ...['vg g 0 1.5 ac 1', 'vd1 d1 0 2', 'vd2 d2 0 2'],
      'm1 d1 g 0 0 ma w=10u l=2u',
      'm2 d2 g 0 0 ma w=10u l=2u m=3',
      ...['h1 o1 0 vd1 1', 'h2 o o1 vd2 1'],
      '.model ma nmos level=3 vto=0.7 kp=1e-4 tox=20n kf=1e-25 af=1.2',
      '.noise v(o) vg lin 1 10k 10k 1',
    );
    // ngspice 39 [A²/Hz].
    const figures = { m1: 4.6724498978937634e-18, m2: 1.7461846030210463e-17 };
    for (const [device, expected] of Object.entries(figures))
      expect(spectrum.get(`onoise_${device}_1overf`)!.real[0] ** 2 / expected).toBeCloseTo(1, 7);
  });

  it('of level 3 knows of wd and ld, but not of xl and xw', async () => {
    const [spectrum] = await runCards(
      ...['vg g 0 2', 'vd d 0 3', 'vx x 0 0 ac 1', 'm1 d g 0 0 mm w=5u l=2u', 'h1 o1 0 vd 1'],
      'e1 o o1 x 0 1',
      '.model mm nmos level=3 vto=0.6 kf=1e-26 xl=-0.1u xw=0.2u wd=0.1u ld=0.15u',
      '.noise v(o) vx lin 1 1k 1k 1',
    );
    // ngspice 39 [A/√Hz].
    expect(spectrum.get('onoise_m1_1overf')!.real[0] / 2.5536494095872704e-8).toBeCloseTo(1, 7);
  });

  it('of JFETs and MESFETs is that of the current of the drain, with its junction', async () => {
    // ngspice 39: cut off, all that flows is gmin·10 V; kf·(1e-11 A)^af at 1 kHz.
    const [spectrum] = await runCards(
      ...['vg g 0 -2', 'vd1 d1 0 8', 'vd2 d2 0 8', 'vx x 0 0 ac 1'],
      'j1 d1 g 0 jm',
      'z1 d2 g 0 zm',
      ...['h1 o1 0 vd1 1', 'h2 o2 o1 vd2 1', 'e1 o o2 x 0 1'],
      '.model jm njf vto=-1 is=1e-30 kf=1e-14',
      '.model zm nmf vto=-1 is=1e-30 kf=1e-14',
      '.noise v(o) vx lin 1 1k 1k 1',
    );
    for (const device of ['j1', 'z1']) {
      const density = spectrum.get(`onoise_${device}_1overf`)!.real[0] ** 2;
      expect(density / ((1e-14 * 1e-11) / 1e3), device).toBeCloseTo(1, 6);
    }
  });

  it('of MESFETs in parallel is that of one of so many times the area', async () => {
    const [spectrum] = await runCards(
      ...['vg g 0 -0.5', 'vd d 0 2', 'vx x 0 0 ac 1', 'z1 d g 0 zm m=3', 'h1 o1 0 vd 1'],
      ...['e1 o o1 x 0 1', '.model zm nmf vto=-1.5 kf=1e-14 af=0.85'],
      '.noise v(o) vx lin 1 1k 1k 1',
    );
    // ngspice 39 [A/√Hz].
    expect(spectrum.get('onoise_z1_1overf')!.real[0] / 3.5356975882808754e-10).toBeCloseTo(1, 7);
  });
});
