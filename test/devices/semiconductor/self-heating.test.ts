import { describe, expect, it } from 'vitest';
import { last, operatingPoint, runCards } from '../../solver/elements/run-cards.js';

const card = '.model dd d(is=1e-14 rs=0.3 n=1.1 rth0=50 cth0=20u trs1=3m xti=4 eg=1.15)';

describe('a diode that heats itself', () => {
  // ngspice 39: v(a) and v(tj) through 2 Ω from a source.
  it.each([
    [3, 1.17012342, 53.529536],
    [4, 1.33118934, 88.8173095],
  ])('has the temperature of ngspice at %s V', async (volts, a, rise) => {
    const value = await operatingPoint(
      ...[`v1 in 0 ${volts}`, 'r1 in a 2', 'd1 a 0 tj dd thermal', card, '.options temp=30'],
    );
    expect(value('v(a)') / a).toBeCloseTo(1, 7);
    expect(value('v(tj)') / rise).toBeCloseTo(1, 7);
  });

  it('is as warm as its power times rth0, shared by m devices', async () => {
    const value = await operatingPoint('i1 0 a 0.9', 'd1 a 0 tj dd thermal m=3', card);
    // What gmin takes is heat as well.
    expect(value('v(tj)')).toBeCloseTo(50 * 0.9 * value('v(a)'), 9);
  });

  it('warms up with the time constant rth0 cth0', async () => {
    // The voltage of the junction hardly matters where rs makes the heat: 1 A²·10 Ω·50 K/W, 1 ms.
    const [dataset] = await runCards(
      ...['i1 0 a pulse(0 1 0 1n 1n 1 2)', 'd1 a 0 tj cool thermal'],
      '.model cool d(is=1 rs=10 rth0=50 cth0=20u eg=0.1 xti=0)',
      ...['.options reltol=1e-5', '.tran 10u 1m 0 10u uic'],
    );
    const power = last(dataset, 'v(a)');
    expect(last(dataset, 'v(tj)') / (50 * power * (1 - Math.exp(-1)))).toBeCloseTo(1, 3);
  });

  it('follows slow signals with its temperature, and fast ones without', async () => {
    const circuit = (current: number): string[] => [
      ...[`i1 0 a dc ${current} ac 1`, 'd1 a 0 tj dd thermal', card],
    ];
    const [spectrum] = await runCards(...circuit(0.5), '.ac dec 1 1m 1meg');
    const slow = await Promise.all(
      [0.4999, 0.5001].map(async (i) => (await operatingPoint(...circuit(i)))('v(a)')),
    );
    const voltage = spectrum.get('v(a)')!;
    expect(voltage.real[0]).toBeCloseTo((slow[1] - slow[0]) / 2e-4, 6);
    // At its temperature the diode is n·kT/(q·i), and rs.
    const rise = (await operatingPoint(...circuit(0.5)))('v(tj)');
    const isothermal = (1.1 * 8.617333e-5 * (300.15 + rise)) / 0.5 + 0.3 * (1 + 3e-3 * rise);
    expect(voltage.real[spectrum.length - 1] / isothermal).toBeCloseTo(1, 5);
  });
});
