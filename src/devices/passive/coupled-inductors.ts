import { real } from '../../base/index.js';
import { model } from '../language/model.js';

/**
 * K element: couples two inductors, v1 = L1·di1/dt + M·di2/dt and the same the other way round, with
 * M = k·√(L1·L2) at the inductors' temperatures. ngspice 39 manual, section 3.3.12.
 *
 * Of inductors with an `m` each one couples, with the inductance that it has alone and the current
 * of all of the other side: as ngspice has it.
 */
export const coupledInductors = model({
  name: 'coupling',
  title: 'Coupling of two inductors',
  terminals: [],
  instance: { k: real(0, '', 'coupling factor', '[-1:1]') },
  aliases: { coupling: 'k' },
  references: ['a', 'b'],
  conservesCharge: true,
  analog({ reference, addVoltage, borrow, ddt, output }, { k }) {
    const mutual = k * Math.sqrt(Math.abs(borrow('a', 'inductance') * borrow('b', 'inductance')));
    addVoltage('a', ddt(mutual * reference('b')));
    addVoltage('b', ddt(mutual * reference('a')));

    output('inductance', mutual, 'H', 'mutual inductance');
  },
});
