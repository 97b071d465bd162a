import { flag, real } from '../../base/index.js';
import { model } from '../language/model.js';

/**
 * Switch controlled by the branch current of another instance; otherwise as the voltage-controlled
 * switch, also in where it departs from ngspice in small signals; and `on` counts, which ngspice 39
 * reads here without effect. ngspice 39 manual, section 3.3.15.
 */
export const currentSwitch = model({
  name: 'csw',
  title: 'Current-controlled switch',
  terminals: ['p', 'n'],
  parameters: {
    it: real(0, 'A', 'threshold'),
    ih: real(0, 'A', 'half width of the hysteresis'),
    ron: real(1, 'Ω', 'resistance of the closed switch'),
    roff: real(1e12, 'Ω', 'resistance of the open switch'),
  },
  instance: {
    on: flag(false, 'closed where the control lies within the hysteresis at the start'),
    off: flag(false, 'open at the start (the default)'),
  },
  references: ['control'],
  held: {
    closed: { initial: 'on', doc: '1 when the switch is closed' },
    side: { initial: -1, doc: 'of which side of the band the control was: −1, 1, 0 within' },
  },
  conservesCharge: true,
  analog(
    { V, I, reference, held, set, on: when, above, whiteNoise, temperature, output },
    { it, ih, ron, roff },
  ) {
    const control = reference('control') - it;
    const half = Math.abs(ih);
    when(above(control - half), () => {
      set('closed', 1);
      set('side', 1);
    });
    when(above(-control - half), () => {
      set('closed', 0);
      set('side', -1);
    });
    if (ih < 0) {
      when(above(half - Math.abs(control)), () => {
        if (held('side') !== 0) set('closed', held('side') < 0 ? 1 : 0);
        set('side', 0);
      });
    }

    const resistance = held('closed') > 0.5 ? ron : roff;
    const i = V('p', 'n') / resistance;
    I('p', 'n', i);

    whiteNoise('p', 'n', (4 * 1.38064852e-23 * temperature) / resistance, 'thermal');
    output('r', resistance, 'Ω', 'resistance');
    output('i', i, 'A', 'current');
    output('p', V('p', 'n') * i, 'W', 'power');
  },
});
