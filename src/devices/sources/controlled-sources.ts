import { real } from '../../base/index.js';
import { model } from '../language/model.js';

/**
 * The four linear controlled sources. ngspice 39 manual, section 4.2. Controlling currents are the
 * branch currents of other instances, positive from their first terminal through them.
 */

/** E element: v(p,n) = gain·v(cp,cn). */
export const voltageControlledVoltageSource = model({
  name: 'vcvs',
  title: 'Voltage-controlled voltage source',
  terminals: ['p', 'n', 'cp', 'cn'],
  instance: { gain: real(0, 'V/V', 'voltage gain') },
  conservesCharge: true,
  analog({ V, I, output }, { gain }) {
    V('p', 'n', gain * V('cp', 'cn'));
    output('i', I('p', 'n'), 'A', 'current from p through the source to n');
  },
});

/** G element: i(p,n) = gain·v(cp,cn). */
export const voltageControlledCurrentSource = model({
  name: 'vccs',
  title: 'Voltage-controlled current source',
  terminals: ['p', 'n', 'cp', 'cn'],
  instance: { gain: real(0, 'S', 'transconductance') },
  conservesCharge: true,
  analog({ V, I, output }, { gain }) {
    const i = gain * V('cp', 'cn');
    I('p', 'n', i);
    output('i', i, 'A', 'current from p through the source to n');
  },
});

/** F element: i(p,n) = gain·i(control). */
export const currentControlledCurrentSource = model({
  name: 'cccs',
  title: 'Current-controlled current source',
  terminals: ['p', 'n'],
  instance: { gain: real(0, 'A/A', 'current gain') },
  references: ['control'],
  conservesCharge: true,
  analog({ I, reference, output }, { gain }) {
    const i = gain * reference('control');
    I('p', 'n', i);
    output('i', i, 'A', 'current from p through the source to n');
  },
});

/** H element: v(p,n) = gain·i(control). */
export const currentControlledVoltageSource = model({
  name: 'ccvs',
  title: 'Current-controlled voltage source',
  terminals: ['p', 'n'],
  instance: { gain: real(0, 'Ω', 'transresistance') },
  references: ['control'],
  conservesCharge: true,
  analog({ V, I, reference, output }, { gain }) {
    V('p', 'n', gain * reference('control'));
    output('i', I('p', 'n'), 'A', 'current from p through the source to n');
  },
});
