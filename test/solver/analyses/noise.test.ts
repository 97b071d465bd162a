import { describe, expect, it } from 'vitest';
import { measureAnalyses, simulate } from '../../../src/solver/index.js';
import type { Dataset } from '../../../src/waveform/index.js';
import { runCards } from '../elements/run-cards.js';

const k = 1.38064852e-23; // J/K, as in ngspice 39
const q = 1.6021766208e-19; // C
const room = 300.15; // K

/** The value of a column at its first point. */
function first(dataset: Dataset, name: string): number {
  const column = dataset.get(name);
  if (!column) throw new Error(`no column '${name}'`);
  return column.real[0];
}

describe('.noise', () => {
  it('gives a resistor 4kTR, warmer by its dtemp', async () => {
    const [spectrum] = await runCards(
      'v1 in 0 ac 1',
      'r1 in a 1k temp=200',
      'r2 0 b 1k dtemp=100',
      'r3 a 0 1e15',
      'r4 b 0 1e15',
      '.noise v(a,b) v1 lin 1 1k 1k 1',
    );
    // Nyquist: 4kTR each; 127 °C is 400.15 K. ngspice 39 leaves temp out of noise, and so do we.
    expect(first(spectrum, 'onoise_r1_thermal')).toBeCloseTo(Math.sqrt(4 * k * room * 1e3), 17);
    expect(first(spectrum, 'onoise_r2')).toBeCloseTo(Math.sqrt(4 * k * 400.15 * 1e3), 17);
    const all = Math.sqrt(4 * k * (room + 400.15) * 1e3);
    expect(first(spectrum, 'onoise_spectrum') / all).toBeCloseTo(1, 9);
  });

  it('integrates the noise of RC to kT/C, whatever R', async () => {
    for (const r of ['100', '10k', '1meg']) {
      const [, totals] = await runCards(
        'v1 in 0 ac 1',
        `r1 in out ${r}`,
        'c1 out 0 1p',
        '.noise v(out) v1 dec 100 1 1e15',
      );
      // kT/C, Nyquist. Beyond 1e15 Hz there is 1e-4 of it with 100 Ω, and power laws between
      // 100 points per decade leave less than 1e-4.
      expect(first(totals, 'onoise_total') ** 2 / ((k * room) / 1e-12)).toBeCloseTo(1, 3);
    }
  });

  it('gives a junction its shot noise, and its series resistance thermal noise', async () => {
    const [spectrum] = await runCards(
      'i1 0 a dc 1m',
      'v1 c 0 dc 0 ac 1',
      'd1 a c dm',
      '.model dm d is=1e-14 n=1 rs=50',
      '.noise v(a) v1 lin 1 1k 1k 1',
    );
    // 2qI into rd = vt/I; 4kT·rs in series (the current source is open).
    const rd = (k * room) / q / (1e-3 + 1e-14);
    expect(first(spectrum, 'onoise_d1_id') / (Math.sqrt(2 * q * 1e-3) * rd)).toBeCloseTo(1, 5);
    const thermal = Math.sqrt(4 * k * room * 50);
    expect(first(spectrum, 'onoise_d1_rs') / thermal).toBeCloseTo(1, 5);
  });

  it('integrates flicker noise to a logarithm, exactly with any number of points', async () => {
    for (const points of [1, 20]) {
      const [spectrum, totals] = await runCards(
        'i1 0 a dc 1m',
        'r1 a 0 1meg noisy=0',
        'd1 a 0 dm',
        'v1 x 0 ac 1',
        'c1 x a 1u',
        '.model dm d is=1e-14 kf=1e-12 af=1',
        `.noise v(x,a) v1 dec ${points} 1e-9 1e-3 1`,
      );
      // Below 1e-3 Hz the capacitor is open: S = K/f, ∫ = K·ln(1e6), K = S(1e-9 Hz)·1e-9.
      const at = first(spectrum, 'onoise_d1_1overf') ** 2 * 1e-9;
      const total = first(totals, 'onoise_total_d1_1overf') ** 2;
      expect(total / (at * Math.log(1e6))).toBeCloseTo(1, 9);
    }
  });

  it('refers noise to the input through the gain of that source alone, whatever its ac', async () => {
    const [byVoltage, , byCurrent] = await runCards(
      'v1 in 0 ac 7',
      'i1 0 out ac 3m',
      'r1 in out 3k',
      'r2 out 0 1k',
      '.noise v(out) v1 lin 1 1k 1k',
      '.noise v(out) i1 lin 1 1k 1k',
    );
    // 4kT·(3k ∥ 1k); gains 1/4 and 750 Ω.
    const output = Math.sqrt(4 * k * room * 750);
    expect(first(byVoltage, 'onoise_spectrum') / output).toBeCloseTo(1, 9);
    expect(first(byVoltage, 'inoise_spectrum') / (4 * output)).toBeCloseTo(1, 9);
    expect(first(byCurrent, 'inoise_spectrum') / (output / 750)).toBeCloseTo(1, 9);
    expect(byCurrent.get('inoise_spectrum')!.quantity.unit).toBe('A/√Hz');
  });

  it('counts m devices as so many that know nothing of each other', async () => {
    const deck = (devices: string[]) => [
      'vdd vdd 0 5',
      'v1 g 0 dc 1.2 ac 1',
      'rd vdd d 5k',
      ...devices,
      '.model nm nmos vto=0.6 kp=1e-4 rd=20 rs=10 kf=6e-22 af=2 tox=20n',
      '.model dm d is=1e-14 kf=1e-15',
      '.noise v(d) v1 dec 1 1 1meg',
    ];
    const [joined] = await runCards(...deck(['m1 d g 0 0 nm w=4u l=1u m=2', 'd1 d 0 dm m=2']));
    const [parallel] = await runCards(
      ...deck(['m1 d g 0 0 nm w=4u l=1u', 'm2 d g 0 0 nm w=4u l=1u', 'd1 d 0 dm', 'd2 d 0 dm']),
    );
    // Kirchhoff: densities add up. In ngspice 39, which we follow, they do so neither for another af
    // of a MOS transistor nor for rs of a diode.
    joined.get('onoise_spectrum')!.real.forEach((value, at) => {
      expect(value / parallel.get('onoise_spectrum')!.real[at]).toBeCloseTo(1, 6);
    });
  });

  it('tells contributions at every so many points, which add up by their squares', async () => {
    const [spectrum, totals] = await runCards(
      'v1 in 0 dc 2 ac 1',
      'r1 in out 1k',
      'd1 out 0 dm',
      'c1 out 0 1n',
      '.model dm d is=1e-14 rs=10 kf=1e-14',
      '.noise v(out) v1 dec 10 1 1k 4',
    );
    // 31 points: numbers 0, 4, … 28, as in ngspice 39.
    expect(spectrum.length).toBe(8);
    expect(spectrum.scale.real[1]).toBeCloseTo(10 ** 0.4, 12);
    const sumOfSquares = (names: string[], of: Dataset) =>
      names.reduce((sum, name) => sum + first(of, name) ** 2, 0);
    const sources = ['onoise_d1_rs', 'onoise_d1_id', 'onoise_d1_1overf'];
    expect(sumOfSquares(sources, spectrum) / first(spectrum, 'onoise_d1') ** 2).toBeCloseTo(1, 12);
    const devices = ['onoise_total_r1', 'onoise_total_d1'];
    expect(sumOfSquares(devices, totals) / first(totals, 'onoise_total') ** 2).toBeCloseTo(1, 12);
  });

  it('has results for .meas: spectra, and totals in expressions', async () => {
    const { circuit, analyses } = await simulate(
      [
        'title',
        'v1 in 0 ac 1',
        'r1 in out 1k',
        'c1 out 0 1n',
        '.noise v(out) v1 dec 50 1 1g',
        '.meas noise flat find v(onoise) at=1',
        ".meas noise corner when onoise_spectrum='flat/sqrt(2)'",
        ".meas noise power param='onoise_total^2'",
        '.end',
      ].join('\n'),
    );
    const rows = await measureAnalyses(circuit!, analyses);
    const value = (name: string) => rows.find((row) => row.name === name)!.value!;
    // 4kTR, 1/(2πRC), kT/C.
    expect(value('flat') / Math.sqrt(4 * k * room * 1e3)).toBeCloseTo(1, 6);
    expect(value('corner') / (1e6 / (2 * Math.PI))).toBeCloseTo(1, 3);
    expect(value('power') / ((k * room) / 1e-9)).toBeCloseTo(1, 3);
  });

  it('writes names as ngspice does: with dots for BSIM, underscores for the others', async () => {
    const [spectrum, totals] = await runCards(
      'v1 g 0 dc 1 ac 1',
      'rd vdd d 5k',
      'vdd vdd 0 1.8',
      'm1 d g 0 0 n1 w=2u l=0.2u',
      '.model n1 nmos level=8 version=3.3.0',
      '.noise v(d) v1 lin 1 1k 1k 1',
    );
    // From a run of ngspice 39.
    for (const name of ['onoise.m1.id', 'onoise.m1.1overf', 'onoise.m1', 'onoise_rd_thermal'])
      expect(spectrum.has(name), name).toBe(true);
    for (const name of ['onoise_total.m1.id', 'inoise_total.m1', 'inoise_total_rd'])
      expect(totals.has(name), name).toBe(true);
  });

  it('warns where the input does not reach the output', async () => {
    const { diagnostics, analyses } = await simulate(
      'title\nv1 a 0 ac 1\nr1 a 0 1k\nr2 b 0 1k\n.noise v(b) v1 dec 1 1 10\n.end',
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(['S117']);
    expect(analyses.every(({ completed }) => completed)).toBe(true);
  });
});
