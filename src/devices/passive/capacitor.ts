import { optionalReal, real } from '../../base/index.js';
import { model } from '../language/model.js';

/**
 * Capacitor with temperature coefficients; its value may come from its geometry.
 * ngspice 39 manual, sections 3.3.6 and 3.3.7; ngspice itself has no use for `defl`.
 */
export const capacitor = model({
  name: 'capacitor',
  title: 'Linear capacitor',
  terminals: ['p', 'n'],
  parameters: {
    c: optionalReal('F', 'capacitance at tnom'),
    tc1: real(0, '1/K', 'first order temperature coefficient'),
    tc2: real(0, '1/K²', 'second order temperature coefficient'),
    tnom: real(27, '°C', 'temperature at which c is measured', '(-273.15:inf)'),
    cj: real(0, 'F/m²', 'capacitance per area, used where c is not given'),
    cjsw: real(0, 'F/m', 'capacitance per length of the edge, used where c is not given'),
    l: real(0, 'm', 'length', '[0:inf)'),
    w: real(1e-5, 'm', 'width', '(0:inf)'),
    short: real(0, 'm', 'length lost by side etching'),
    narrow: real(0, 'm', 'width lost by side etching'),
    del: real(0, 'm', 'length and width lost at each side, where short or narrow is not given'),
    thick: real(0, 'm', 'thickness of the insulator, used where cj is not given', '[0:inf)'),
    di: real(3.9, '', 'relative permittivity of the insulator', '(0:inf)'),
  },
  instance: {
    ic: optionalReal('V', 'voltage at the start of a transient with uic'),
    scale: real(1, '', 'factor of the capacitance'),
  },
  aliases: { cap: 'c', capacitance: 'c', defw: 'w', defl: 'l', cox: 'cj', capsw: 'cjsw' },
  conservesCharge: true,
  analog(
    { V, I, ddt, given, temperature, output, positive },
    { c, tc1, tc2, tnom, cj, cjsw, l, w, short, narrow, del, thick, di, scale },
  ) {
    const length = l - (given('short') ? short : 2 * del);
    const width = w - (given('narrow') ? narrow : 2 * del);
    if (!given('c')) {
      positive(length, 'm', 'effective length');
      positive(width, 'm', 'effective width');
    }
    const insulator = thick > 0 ? (8.854187817e-12 * di) / thick : 0;
    const bottom = given('cj') ? cj : insulator;
    const geometric = bottom * length * width + cjsw * 2 * (length + width);
    const nominal = given('c') ? c : geometric;
    const dT = temperature - (tnom + 273.15);
    const capacitance = nominal * (1 + tc1 * dT + tc2 * dT * dT) * scale;

    const q = capacitance * V('p', 'n');
    I('p', 'n', ddt(q));

    output('capacitance', capacitance, 'F', 'capacitance at the temperature of the instance');
    output('charge', q, 'C', 'charge');
  },
});
