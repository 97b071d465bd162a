import { describe, expect, it } from 'vitest';
import { operatingPoint, runCards } from './run-cards.js';

describe('R element', () => {
  it('has another resistance for small signals, with its temperature and scale', async () => {
    const cards = [
      'v1 in 0 dc 2 ac 1',
      'r0 in a 1k',
      'r1 a 0 1k ac=3k tc1=1m temp=127',
      'r2 in b 1k',
      'r3 b 0 2k ac=500 m=2 scale=1.5',
    ];
    // 1.1k and 3.3k at 127 °C; 1.5k and 375 Ω side by side.
    const value = await operatingPoint(...cards);
    expect(value('v(a)')).toBeCloseTo((2 * 1.1) / 2.1, 9);
    expect(value('v(b)')).toBeCloseTo((2 * 1.5) / 2.5, 9);
    const [ac] = await runCards(...cards, '.ac lin 2 1k 2k');
    for (const i of [0, 1]) {
      expect(ac.get('v(a)')!.real[i]).toBeCloseTo(3.3 / 4.3, 9);
      expect(ac.get('v(b)')!.real[i]).toBeCloseTo(375 / 1375, 9);
    }
    const [transient] = await runCards(...cards, '.tran 1u 10u');
    expect(transient.get('v(b)')!.real.at(-1)).toBeCloseTo(1.2, 9);
  });

  /** At 10 Hz, as ngspice 39 prints them [V/√Hz]. */
  it.each([
    ['rmod 1k', 'kf=1e-12 af=1.5', 8.89139705e-7],
    ['rmod 1k', 'kf=1e-12 af=1.5 ef=0.8', 1.119360569e-6],
    ['rmod 1k l=10u w=2u', 'kf=1e-22 af=2', 3.535533906e-7],
    ['rmod 1k l=10u', 'kf=1e-22 af=2', 1.58113883e-7],
    ['rmod l=10u w=2u', 'rsh=200 kf=1e-22 af=2 lf=1.2 wf=0.9', 5.801048632e-7],
    ['rmod l=10u w=2u', 'rsh=200 kf=1e-22 af=2 short=0.5u narrow=0.1u', 3.928371007e-7],
    ['rmod l=10u w=2u m=2', 'rsh=200 kf=1e-22 af=2 short=0.5u narrow=0.1u', 2.469135802e-7],
  ])('%s with %s has flicker noise', async (instance, card, expected) => {
    const [spectrum] = await runCards(
      'v1 in 0 dc 2 ac 1',
      'r0 in a 1k noisy=0',
      `r1 a 0 ${instance}`,
      `.model rmod r ${card}`,
      '.noise v(a) v1 lin 1 10 10 1',
    );
    expect(spectrum.get('onoise_r1_1overf')!.real[0] / expected).toBeCloseTo(1, 6);
  });
});
