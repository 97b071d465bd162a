import { describe, expect, it } from 'vitest';
import { gridDevices } from '../compare-grid.js';

/**
 * Devices beside ngspice 39, over grids of bias, temperature and cards: `ngspice/grids.mjs` says
 * which. What must hold is 1e-6.
 */
interface Grid {
  readonly name: string;
  readonly letter: string;
  readonly terminals: string;
  /** Devices whose small signals ngspice has otherwise, and why. */
  readonly otherwise?: Readonly<Record<string, string>>;
}

const grids: readonly Grid[] = [
  { name: 'bjt', letter: 'q', terminals: 'c b e s' },
  {
    name: 'bjt-pnp',
    letter: 'q',
    terminals: 'c b e s',
    otherwise: {
      q4: 'ngspice drops the charge of the epitaxial collector where its current turns',
    },
  },
  {
    name: 'bjt-collector',
    letter: 'q',
    terminals: 'c b e s',
    otherwise: {
      q2: 'ngspice drops the charge of the epitaxial collector where its current turns',
    },
  },
  { name: 'jfet1', letter: 'j', terminals: 'd g s' },
  { name: 'jfet1-p', letter: 'j', terminals: 'd g s' },
  {
    name: 'jfet2',
    letter: 'j',
    terminals: 'd g s',
    otherwise: { j5: 'ngspice takes the traps of source and drain for each other in reverse mode' },
  },
  { name: 'jfet2-slow', letter: 'j', terminals: 'd g s' },
  { name: 'jfet2-p', letter: 'j', terminals: 'd g s' },
  { name: 'mesfet', letter: 'z', terminals: 'd g s' },
  { name: 'mesfet-p', letter: 'z', terminals: 'd g s' },
  { name: 'mos2', letter: 'm', terminals: 'd g s b' },
  { name: 'mos2-p', letter: 'm', terminals: 'd g s b' },
  { name: 'mos3', letter: 'm', terminals: 'd g s b' },
  {
    name: 'mos6',
    letter: 'm',
    terminals: 'd g s b',
    otherwise: Object.fromEntries(
      ['m1', 'm2', 'm3', 'm4'].map((device) => [device, 'ngspice has no small signals of level 6']),
    ),
  },
  {
    name: 'vdmos',
    letter: 'm',
    terminals: 'd g s',
    otherwise: { m4: 'ngspice leaves out how the drain resistance follows the voltage (rq)' },
  },
  {
    name: 'vdmos-p',
    letter: 'm',
    terminals: 'd g s',
    otherwise: { m2: 'the same, and how lambda and theta count in reverse mode' },
  },
];

describe.each(grids)('$name against ngspice', ({ name, letter, terminals, otherwise = {} }) => {
  const devices = gridDevices(name, letter, terminals);

  it.each(devices.map((device) => [device.name, device] as const))('%s: currents', (_, device) => {
    const { worst, where } = device.currents();
    expect(worst, where).toBeLessThan(1e-6);
  });

  const alike = devices.filter((device) => !(device.name in otherwise));
  it.each(alike.map((device) => [device.name, device] as const))(
    '%s: susceptances',
    (_, device) => {
      const { worst, where } = device.susceptances();
      expect(worst, where).toBeLessThan(1e-6);
    },
  );
});
