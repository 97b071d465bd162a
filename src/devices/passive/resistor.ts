import { optionalReal, real } from '../../base/index.js';
import { model } from '../language/model.js';

/**
 * Resistor with temperature coefficients; its value may come from a sheet resistance.
 * ngspice 39 manual, sections 3.3.1 and 3.3.2. Another resistance for small signals (`ac`) leaves
 * operating point, transient and noise source alone. As in ngspice, noise knows `dtemp` of the
 * instance, but not its `temp`: then it is of the temperature of the circuit.
 */
export const resistor = model({
  name: 'resistor',
  title: 'Linear resistor',
  terminals: ['p', 'n'],
  parameters: {
    r: optionalReal('Ω', 'resistance at tnom'),
    tc1: real(0, '1/K', 'first order temperature coefficient'),
    tc2: real(0, '1/K²', 'second order temperature coefficient'),
    tce: optionalReal('%/K', 'exponential temperature coefficient, instead of tc1 and tc2'),
    tnom: real(27, '°C', 'temperature at which r is measured', '(-273.15:inf)'),
    rsh: real(0, 'Ω', 'sheet resistance, used where r is not given', '[0:inf)'),
    defl: real(1e-5, 'm', 'length, where the instance has none', '(0:inf)'),
    defw: real(1e-5, 'm', 'width, where the instance has none', '(0:inf)'),
    short: real(0, 'm', 'length lost at each end by side etching'),
    narrow: real(0, 'm', 'width lost at each side by side etching'),
    kf: real(0, '', 'flicker noise coefficient', '[0:inf)'),
    af: real(1, '', 'flicker noise exponent of the current', '(0:inf)'),
    ef: real(1, '', 'flicker noise exponent of the frequency', '(0:inf)'),
    lf: real(1, '', 'flicker noise exponent of the length, where the instance has l or w'),
    wf: real(1, '', 'flicker noise exponent of the width, where the instance has l or w'),
  },
  instance: {
    l: optionalReal('m', 'length', '(0:inf)'),
    w: optionalReal('m', 'width', '(0:inf)'),
    scale: real(1, '', 'factor of the resistance'),
    ac: optionalReal('Ω', 'resistance at tnom for small signals, instead of r'),
    noisy: real(1, '', '0 switches the noise off', '[0:1]'),
  },
  aliases: {
    resistance: 'r',
    res: 'r',
    noise: 'noisy',
    tc: 'tc1',
    l: 'defl',
    w: 'defw',
    dlr: 'short',
    dw: 'narrow',
  },
  conservesCharge: true,
  // prettier-ignore
  analog(
    {
      V, I, given, temperature, circuitTemperature, smallSignal, whiteNoise, flickerNoise, output,
      positive,
    },
    {
      r, tc1, tc2, tce, tnom, rsh, defl, defw, l, w, short, narrow, scale, noisy, ac, kf, af, ef,
      lf, wf,
    },
  ) {
    const length = (given('l') ? l : defl) - 2 * short;
    const width = (given('w') ? w : defw) - 2 * narrow;
    if (!given('r') && rsh > 0) {
      positive(length, 'm', 'effective length');
      positive(width, 'm', 'effective width');
    }
    const sheet = (rsh * length) / width;
    const measured = given('r') ? r : sheet;
    // Zero ohms become a milliohm, as in ngspice.
    const nominal = measured === 0 ? 1e-3 : measured;
    const dT = temperature - (tnom + 273.15);
    const factor = given('tce') ? 1.01 ** (tce * dT) : 1 + tc1 * dT + tc2 * dT * dT;
    const resistance = nominal * factor * scale;

    const v = V('p', 'n');
    const i = v / resistance;
    if (given('ac')) I('p', 'n', smallSignal ? v / ((ac === 0 ? 1e-3 : ac) * factor * scale) : i);
    else I('p', 'n', i);

    const k = 1.38064852e-23;
    let area = 1;
    if (given('l') || given('w')) area = length ** lf * width ** wf;
    if (kf > 0) flickerNoise('p', 'n', (noisy * kf * Math.abs(i) ** af) / area, ef, 'flicker');
    const warmth = given('temp') ? circuitTemperature : temperature;
    whiteNoise('p', 'n', (noisy * 4 * k * warmth) / Math.abs(resistance), 'thermal');
    output('resistance', resistance, 'Ω', 'resistance at the temperature of the instance');
    output('i', i, 'A', 'current');
    output('p', v * i, 'W', 'power');
  },
});
