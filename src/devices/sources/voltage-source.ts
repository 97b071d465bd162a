import { model } from '../language/model.js';

/** Independent voltage source; the circuit drives its value. ngspice 39 manual, chapter 4. */
export const voltageSource = model({
  name: 'vsource',
  title: 'Independent voltage source',
  terminals: ['p', 'n'],
  inputs: { value: { unit: 'V', doc: 'voltage from p to n' } },
  conservesCharge: true,
  analog({ V, I, input, sourceFactor, output }) {
    V('p', 'n', sourceFactor * input('value'));

    output('i', I('p', 'n'), 'A', 'current from p through the source to n');
    output('p', V('p', 'n') * I('p', 'n'), 'W', 'power taken up');
  },
});
