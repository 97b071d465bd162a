import type { Bsim3Card } from './parameters.js';
import type { Bsim3Process } from './process.js';

/**
 * Density of the channel's flicker noise at 1 Hz [A²/Hz], by oxide traps (noiMod 2, 3 and 6);
 * manual, noise modeling, in the smooth form of version 3.3: the noise of strong inversion in series
 * with that of weak inversion. `ids` is the current of the channel.
 */
export function trapNoise(
  p: Bsim3Card,
  c: Bsim3Process,
  given: (parameter: string) => boolean,
  size: { leff: number; weff: number },
  temperature: number,
  bias: { ids: number; vds: number; vdseff: number; vgsteff: number },
  channel: { mobility: number; abulk: number },
): number {
  const q = 1.6021766208e-19;
  const k = 8.62e-5;
  const { ids, vds, vdseff, vgsteff } = bias;
  const { mobility, abulk } = channel;
  const nmos = p.type === 1;
  const a = given('noia') ? p.noia : nmos ? 1e20 : 9.9e18;
  const trapB = given('noib') ? p.noib : nmos ? 5e4 : 2.4e3;
  const trapC = given('noic') ? p.noic : nmos ? -1.4e-12 : 1.4e-12;

  const leff = size.leff - 2 * p.lintnoi;
  const esat = (2 * c.vsat) / mobility;
  const stretched = ((vds - vdseff) / c.litl + p.em) / esat;
  const shortened = Math.max(0, c.litl * Math.log(Math.max(stretched, 1e-38)));
  const clm = p.em <= 0 ? 0 : shortened;

  // Carriers by area at source and drain.
  const n0 = (c.cox * vgsteff) / q;
  const nl = n0 * (1 - (abulk / (vgsteff + 2 * c.vtm)) * vdseff);
  const traps =
    a * Math.log(Math.max((n0 + 2e14) / (nl + 2e14), 1e-38)) +
    trapB * (n0 - nl) +
    0.5 * trapC * (n0 * n0 - nl * nl);
  const strong =
    ((q * q * k * ids * temperature * mobility) / (1e8 * abulk * c.cox * leff * leff)) * traps;
  const pinched = (a + trapB * nl + trapC * nl * nl) / ((nl + 2e14) * (nl + 2e14));
  const saturated =
    ((k * temperature * ids * ids) / (1e8 * leff * leff * size.weff)) * clm * pinched;
  const ssi = strong + saturated;
  const swi = ((a * k * temperature) / (size.weff * size.leff * 4e36)) * ids * ids;
  return ssi + swi > 0 ? (ssi * swi) / (ssi + swi) : 0;
}
