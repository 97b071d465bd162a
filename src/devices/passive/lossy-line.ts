import { real } from '../../base/index.js';
import { model } from '../language/model.js';

/**
 * Transmission line with losses: uniform RLC, RC, LC or RG per unit of length; parameters of ngspice
 * 39 manual, section 6.2. Roychowdhury, Newton and Pederson, IEEE TCAD 13(1), 96, 1994.
 *
 * With Z = √(L/C), y = √(s/(s + R/L))·v and a wave w that arrives, the current i into a port is
 * (y − w)/Z; what leaves, y + Z·i, arrives at the other port as its w (RLC). An RC line takes
 * θ·tanh(θ/2)·(v₁ + v₂)/2R and θ·coth(θ/2)·(v₁ − v₂)/2R, θ = √(sRC), with equal and with opposite
 * signs at its ports. The responses are those of `language/line-responses.ts`: exact in small
 * signals, sums of exponentials in time. Where no time passes the line is its resistance.
 */
export const lossyLine = model({
  name: 'ltra',
  title: 'Lossy transmission line',
  terminals: ['p1', 'n1', 'p2', 'n2'],
  parameters: {
    r: real(0, 'Ω/m', 'resistance per unit of length', '[0:inf)'),
    l: real(0, 'H/m', 'inductance per unit of length', '[0:inf)'),
    g: real(0, 'S/m', 'conductance per unit of length', '[0:inf)'),
    c: real(0, 'F/m', 'capacitance per unit of length', '[0:inf)'),
    len: real(1, 'm', 'length, in the unit of the others', '(0:inf)'),
  },
  instance: {
    v1: real(0, 'V', 'voltage of port 1 before a transient with uic'),
    i1: real(0, 'A', 'current into port 1 before a transient with uic'),
    v2: real(0, 'V', 'voltage of port 2 before a transient with uic'),
    i2: real(0, 'A', 'current into port 2 before a transient with uic'),
  },
  aliases: { length: 'len' },
  folded: ['r', 'l', 'g', 'c'],
  conservesCharge: true,
  analog(
    { V, I, absdelay, respond, holding, output, positive },
    { r, l, g, c, len, v1, i1, v2, i2 },
  ) {
    const port1 = V('p1', 'n1');
    const port2 = V('p2', 'n2');
    const resistance = r * len;
    if (r > 0 && g > 0) {
      const turns = Math.sqrt(r * g) * len;
      const own = Math.sqrt(g / r) / Math.tanh(turns);
      const across = Math.sqrt(g / r) / Math.sinh(turns);
      I('p1', 'n1', own * port1 - across * port2);
      I('p2', 'n2', own * port2 - across * port1);
    } else if (r === 0 && l > 0 && c > 0) {
      const impedance = Math.sqrt(l / c);
      const delay = Math.sqrt(l * c) * len;
      positive(delay, 's', 'delay');
      const left = port1 + impedance * I('p1', 'n1');
      const right = port2 + impedance * I('p2', 'n2');
      V('p1', 'n1', impedance * I('p1', 'n1') + absdelay(right, delay, v2 + impedance * i2));
      V('p2', 'n2', impedance * I('p2', 'n2') + absdelay(left, delay, v1 + impedance * i1));
    } else if (r > 0 && l === 0 && c > 0) {
      const time = resistance * c * len;
      positive(time, 's', 'product RC');
      const even = respond(port1 + port2, 'rc even', time, 0, v1 + v2);
      const odd = respond(port1 - port2, 'rc odd', time, 0, v1 - v2);
      const steady = (port1 - port2) / resistance;
      I('p1', 'n1', holding ? steady : (even + odd) / (2 * resistance));
      I('p2', 'n2', holding ? -steady : (even - odd) / (2 * resistance));
    } else if (r > 0 && l > 0 && c > 0) {
      const impedance = Math.sqrt(l / c);
      const alpha = r / (2 * l);
      const delay = Math.sqrt(l * c) * len;
      positive(delay, 's', 'delay');
      const wave1 = impedance * I('p1', 'n1');
      const wave2 = impedance * I('p2', 'n2');
      const own1 = respond(port1, 'rlc admittance', alpha, 0, v1);
      const own2 = respond(port2, 'rlc admittance', alpha, 0, v2);
      const leaves1 = wave1 + (holding ? 0 : own1);
      const leaves2 = wave2 + (holding ? 0 : own2);
      const arrives1 = respond(leaves2, 'rlc propagation', alpha, delay, impedance * i2);
      const arrives2 = respond(leaves1, 'rlc propagation', alpha, delay, impedance * i1);
      const drop = port1 - port2;
      const left = holding ? drop - resistance * I('p1', 'n1') : own1 - arrives1 - wave1;
      const right = holding ? -drop - resistance * I('p2', 'n2') : own2 - arrives2 - wave2;
      V('p1', 'n1', port1 - left);
      V('p2', 'n2', port2 - right);
    } else {
      // The netlist has refused it: nothing of a line is there.
      positive(Math.min(c, l + r), '', 'product of inductance or resistance and capacitance');
    }
    output('resistance', resistance, 'Ω', 'resistance from end to end');
  },
});
