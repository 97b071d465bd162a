import { real } from '../../base/index.js';
import { model } from '../language/model.js';
import { switchResistance } from './switch-resistance.js';

/**
 * Switch whose resistance follows a voltage smoothly, without hysteresis: `vswitch` of PSpice and
 * Xyce. Where `von` lies below `voff` it closes with a falling voltage.
 * PSpice Reference Guide, "Voltage-controlled switch".
 */
export const smoothVoltageSwitch = model({
  name: 'vswitch',
  title: 'Voltage-controlled switch with a smooth transition',
  terminals: ['p', 'n', 'cp', 'cn'],
  parameters: {
    von: real(1, 'V', 'voltage at which it is closed'),
    voff: real(0, 'V', 'voltage at which it is open'),
    ron: real(1, 'Ω', 'resistance of the closed switch', '(0:inf)'),
    roff: real(1e6, 'Ω', 'resistance of the open switch', '(0:inf)'),
  },
  uses: { switchResistance },
  conservesCharge: true,
  analog(
    { V, I, whiteNoise, temperature, output, switchResistance: resistanceOf },
    { von, voff, ron, roff },
  ) {
    const x = (V('cp', 'cn') - 0.5 * (von + voff)) / (von - voff);
    const resistance = resistanceOf(x, ron, roff);
    const i = V('p', 'n') / resistance;
    I('p', 'n', i);

    whiteNoise('p', 'n', (4 * 1.38064852e-23 * temperature) / resistance, 'thermal');
    output('r', resistance, 'Ω', 'resistance');
    output('i', i, 'A', 'current');
  },
});
