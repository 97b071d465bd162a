import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/waveform/index.js';
import { last, operatingPoint, runCards } from '../../solver/elements/run-cards.js';

/** A transistor whose drain current is the voltage of `out`. */
const bench = (element: string, card: string, drain: number): string[] => [
  'vg g 0 -1 ac 1',
  `vd d 0 ${drain}`,
  'h1 out 0 vd 1',
  'r1 out 0 1',
  `${element} d g 0 mod`,
  `.model mod ${card}`,
];

const shichman = ['j1', 'njf beta=1m lambda=0.1 kf=1e-15 af=1.1'] as const;
const parker = ['j1', 'njf level=2 beta=1m vst=0.05 lfgam=0.05 delta=0.5 kf=1e-15 af=1.1'] as const;
const statz = ['z1', 'nmf kf=1e-15 af=1.1'] as const;

/** gm, gds [S], channel and flicker noise at 1 kHz [A/√Hz], as ngspice 39 prints them. */
const figures = [
  [shichman, 0.5, 1.05e-3, 1.125e-3, 3.406353812e-12, 1.963079147e-11],
  [shichman, 3, 2.6e-3, 1e-4, 5.360209694e-12, 2.58624012e-11],
  [shichman, -0.6, -1.272e-3, 3.548e-3, 3.749200459e-12, 2.952138679e-11],
  [parker, 0.5, 9.562614142e-4, 1.054978261e-3, 3.250748882e-12, 1.969859301e-11],
  [parker, 3, 2.258773062e-3, 1.210502926e-4, 4.996103259e-12, 2.730137556e-11],
  [parker, -0.6, -1.1506567e-3, 3.131976067e-3, 3.565890406e-12, 2.875746133e-11],
  [statz, 0.5, 2.394258163e-3, 1.709401709e-3, 5.143758785e-12, 2.644006823e-11],
  [statz, 3, 3.402366864e-3, 0, 6.131767453e-12, 3.207732627e-11],
  [statz, -0.6, -3.55062089e-3, 6.664134405e-3, 6.263935222e-12, 4.381561145e-11],
] as const;

function first(dataset: Dataset, column: string): number {
  return dataset.get(column)!.real[0];
}

describe('transistors with a junction gate', () => {
  it.each(figures)(
    '%s at %d V: conductances and noise',
    async (device, drain, gm, gds, id, flicker) => {
      const [element, card] = device;
      const cards = bench(element, card, drain);
      const value = await operatingPoint(...cards, `.save @${element}[gm] @${element}[gds]`);
      expect(value(`@${element}[gm]`) / gm).toBeCloseTo(1, 7);
      expect(Math.abs(value(`@${element}[gds]`) - gds)).toBeLessThan(1e-7 * gds + 2e-12);
      const [spectrum] = await runCards(...cards, '.noise v(out) vg lin 1 1k 1k 1');
      expect(first(spectrum, `onoise_${element}_id`) / id).toBeCloseTo(1, 6);
      expect(first(spectrum, `onoise_${element}_1overf`) / flicker).toBeCloseTo(1, 6);
    },
  );

  it('has traps that follow the drain as one pole', async () => {
    // With a sharp knee (z) i = β·vgst², vgst = 1 − lfgam·vtrap − hfgam·(vgd − vtrap) with vgd = −1 − vd: before and
    // long after the step of vd from 2 V to 4 V there is lfgam = 0.1, right after it hfgam = 0.
    const beta = 1e-3;
    const [transient] = await runCards(
      'vg g 0 -1',
      'vd d 0 pwl(0 2 1u 2 1.0001u 4)',
      'h1 out 0 vd -1',
      'r1 out 0 1',
      'j1 d g 0 slow',
      '.model slow njf level=2 beta=1m xi=1e9 z=1e-4 lfgam=0.1 hfgam=0 taug=1u',
      '.options reltol=1e-6',
      '.tran 10n 6u 0 10n',
    );
    const time = transient.columns[0].real;
    const out = transient.get('v(out)')!.real;
    time.forEach((t, i) => {
      if (t <= 1.0001e-6) return;
      const trap = -5 + 2 * Math.exp(-(t - 1.00005e-6) / 1e-6);
      const expected = beta * (1 - 0.1 * trap) ** 2;
      expect(Math.abs(out[i] / expected - 1)).toBeLessThan(3e-5);
    });
    expect(last(transient, 'time')).toBeCloseTo(6e-6, 12);
  });

  it('refuses a built-in potential below the threshold', async () => {
    await expect(
      operatingPoint('v1 d 0 1', 'j1 d 0 0 odd', '.model odd njf level=2 vto=2 pb=1'),
    ).rejects.toThrow(/pinch-off potential.*must be above zero/);
  });

  it('gives the transconductance of a bipolar transistor at a fixed collector', async () => {
    // ngspice 39, in saturation and out of it.
    const value = await operatingPoint(
      ...['vb b 0 0.7', 'vc c 0 0.1', 'vd d 0 0.5', 'q1 c b 0 qm', 'q2 d b 0 qm'],
      '.model qm npn vaf=20 ikf=1m',
      '.save @q1[gm] @q1[go] @q2[gm] @q2[go]',
    );
    expect(value('@q1[gm]') / 1.877079145e-3).toBeCloseTo(1, 7);
    expect(value('@q2[gm]') / 1.956805604e-3).toBeCloseTo(1, 7);
    expect(value('@q1[go]') / 4.488358341e-5).toBeCloseTo(1, 6);
  });
});
