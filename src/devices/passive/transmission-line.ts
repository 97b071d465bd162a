import { optionalReal, real } from '../../base/index.js';
import { model } from '../language/model.js';

/**
 * Lossless transmission line by the method of characteristics.
 * Branin, Proc. IEEE 55(11), 1967, pp. 2012-2013; parameters of ngspice 39 manual, section 6.1.
 *
 * With v and i (into the line) at the ports, z0·i + v is the wave that enters a port; a delay later it
 * leaves by the other one as v - z0·i. In an operating point no time passes, and the two equations
 * say v1 = v2 and i1 = -i2: the line is a pair of wires.
 */
export const transmissionLine = model({
  name: 'tline',
  title: 'Lossless transmission line',
  terminals: ['p1', 'n1', 'p2', 'n2'],
  instance: {
    z0: real(50, 'Ω', 'characteristic impedance', '(0:inf)'),
    td: optionalReal('s', 'delay of the line', '(0:inf)'),
    f: optionalReal('Hz', 'frequency at which the line is nl wavelengths long', '(0:inf)'),
    nl: real(0.25, '', 'length in wavelengths at f, where td is not given', '(0:inf)'),
    v1: real(0, 'V', 'voltage of port 1 before a transient with uic'),
    i1: real(0, 'A', 'current into port 1 before a transient with uic'),
    v2: real(0, 'V', 'voltage of port 2 before a transient with uic'),
    i2: real(0, 'A', 'current into port 2 before a transient with uic'),
    rel: optionalReal('', "of ngspice's own search for corners; has no effect"),
    abs: optionalReal('', "of ngspice's own search for corners; has no effect"),
  },
  aliases: { zo: 'z0' },
  conservesCharge: true,
  analog({ V, I, absdelay, given, output }, { z0, td, f, nl, v1, i1, v2, i2 }) {
    const delay = given('td') ? td : nl / f;

    const left = V('p1', 'n1') + z0 * I('p1', 'n1');
    const right = V('p2', 'n2') + z0 * I('p2', 'n2');
    V('p1', 'n1', z0 * I('p1', 'n1') + absdelay(right, delay, v2 + z0 * i2));
    V('p2', 'n2', z0 * I('p2', 'n2') + absdelay(left, delay, v1 + z0 * i1));

    output('i1', I('p1', 'n1'), 'A', 'current into port 1');
    output('i2', I('p2', 'n2'), 'A', 'current into port 2');
    output('delay', delay, 's', 'delay');
  },
});
