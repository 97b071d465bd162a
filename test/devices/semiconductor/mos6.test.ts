import { expect, it } from 'vitest';
import { operatingPoint } from '../../solver/elements/run-cards.js';

// Drain currents of ngspice 39 [A]: squares that are not given count as none in level 6 only.
it.each([
  ['', 1.0000000301000649e-4],
  ['nrd=2', 1.0000000299000347e-4],
  ['nrs=2', 9.900990400035453e-5],
  ['nrd=1 nrs=1', 9.95024905623039e-5],
])('level 6 with rsh and the squares "%s"', async (squares, current) => {
  const value = await operatingPoint(
    ...['vg g 0 2', 'vd d 0 3', `m1 d g 0 0 mm ${squares}`],
    '.model mm nmos level=6 rsh=100',
  );
  expect(-value('i(vd)') / current).toBeCloseTo(1, 6);
});
