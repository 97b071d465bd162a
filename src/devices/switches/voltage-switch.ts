import { flag, real } from '../../base/index.js';
import { model } from '../language/model.js';

/**
 * Switch controlled by a voltage: ron or roff, with a hysteresis, never between the two.
 * ngspice 39 manual, section 3.3.15; switching is an event, located in time.
 *
 * vh ≥ 0: closes when the control rises through vt + vh, opens when it falls through vt − vh.
 * vh < 0: switches as soon as the control enters the band vt ± |vh|, from either side: closes when
 * it rises through vt − |vh| or vt + |vh|, opens when it falls through either. Within the band at the
 * start it is closed, whatever `on` and `off` say.
 *
 * In small signals and noise a closed switch is ron here, as in the operating point. ngspice 39 takes
 * roff there: a divider of 1 kΩ and a closed switch of 100 Ω lets 0.999 pass in `.ac`, not 1/11.
 */
export const voltageSwitch = model({
  name: 'sw',
  title: 'Voltage-controlled switch',
  terminals: ['p', 'n', 'cp', 'cn'],
  parameters: {
    vt: real(0, 'V', 'threshold'),
    vh: real(0, 'V', 'half width of the hysteresis'),
    ron: real(1, 'Ω', 'resistance of the closed switch'),
    roff: real(1e12, 'Ω', 'resistance of the open switch'),
  },
  instance: {
    on: flag(false, 'closed where the control lies within the hysteresis at the start'),
    off: flag(false, 'open at the start (the default)'),
  },
  held: {
    closed: { initial: 'on', doc: '1 when the switch is closed' },
    side: { initial: -1, doc: 'of which side of the band the control was: −1, 1, 0 within' },
  },
  conservesCharge: true,
  analog(
    { V, I, held, set, on: when, above, whiteNoise, temperature, output },
    { vt, vh, ron, roff },
  ) {
    const control = V('cp', 'cn') - vt;
    const half = Math.abs(vh);
    when(above(control - half), () => {
      set('closed', 1);
      set('side', 1);
    });
    when(above(-control - half), () => {
      set('closed', 0);
      set('side', -1);
    });
    if (vh < 0) {
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
