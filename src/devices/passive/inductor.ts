import { optionalReal, real } from '../../base/index.js';
import { model } from '../language/model.js';

/**
 * Inductor with temperature coefficients; its branch current is an unknown.
 * ngspice 39 manual, sections 3.3.10 and 3.3.11.
 */
export const inductor = model({
  name: 'inductor',
  title: 'Linear inductor',
  terminals: ['p', 'n'],
  parameters: {
    l: real(0, 'H', 'inductance at tnom'),
    tc1: real(0, '1/K', 'first order temperature coefficient'),
    tc2: real(0, '1/K²', 'second order temperature coefficient'),
    tnom: real(27, '°C', 'temperature at which l is measured', '(-273.15:inf)'),
  },
  instance: {
    ic: optionalReal('A', 'current at the start of a transient with uic'),
    scale: real(1, '', 'factor of the inductance'),
  },
  aliases: { ind: 'l', inductance: 'l' },
  conservesCharge: true,
  analog({ V, I, ddt, temperature, output }, { l, tc1, tc2, tnom, scale }) {
    const dT = temperature - (tnom + 273.15);
    const inductance = l * (1 + tc1 * dT + tc2 * dT * dT) * scale;

    const flux = inductance * I('p', 'n');
    V('p', 'n', ddt(flux));

    output('inductance', inductance, 'H', 'inductance at the temperature of the instance');
    output('flux', flux, 'Wb', 'flux');
    output('i', I('p', 'n'), 'A', 'current');
  },
});
