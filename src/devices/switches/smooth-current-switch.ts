import { real } from '../../base/index.js';
import { model } from '../language/model.js';
import { switchResistance } from './switch-resistance.js';

/**
 * Switch whose resistance follows a current smoothly, without hysteresis: `iswitch` of PSpice and
 * Xyce. PSpice Reference Guide, "Current-controlled switch".
 */
export const smoothCurrentSwitch = model({
  name: 'iswitch',
  title: 'Current-controlled switch with a smooth transition',
  terminals: ['p', 'n'],
  parameters: {
    ion: real(1e-3, 'A', 'current at which it is closed'),
    ioff: real(0, 'A', 'current at which it is open'),
    ron: real(1, 'Ω', 'resistance of the closed switch', '(0:inf)'),
    roff: real(1e6, 'Ω', 'resistance of the open switch', '(0:inf)'),
  },
  references: ['control'],
  uses: { switchResistance },
  conservesCharge: true,
  analog(
    { V, I, reference, whiteNoise, temperature, output, switchResistance: resistanceOf },
    { ion, ioff, ron, roff },
  ) {
    const x = (reference('control') - 0.5 * (ion + ioff)) / (ion - ioff);
    const resistance = resistanceOf(x, ron, roff);
    const i = V('p', 'n') / resistance;
    I('p', 'n', i);

    whiteNoise('p', 'n', (4 * 1.38064852e-23 * temperature) / resistance, 'thermal');
    output('r', resistance, 'Ω', 'resistance');
    output('i', i, 'A', 'current');
  },
});
