import { model } from '../language/model.js';

/** Independent current source; the circuit drives its value. ngspice 39 manual, chapter 4. */
export const currentSource = model({
  name: 'isource',
  title: 'Independent current source',
  terminals: ['p', 'n'],
  inputs: { value: { unit: 'A', doc: 'current from p through the source to n' } },
  conservesCharge: true,
  analog({ V, I, input, sourceFactor, output }) {
    const i = sourceFactor * input('value');
    I('p', 'n', i);

    output('v', V('p', 'n'), 'V', 'voltage across the source');
    output('p', V('p', 'n') * i, 'W', 'power taken up');
  },
});
