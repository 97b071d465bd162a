import type { Bsim3Process } from './process.js';

/**
 * Gate voltage without what drops in a depleted gate of polysilicon; manual, poly gate depletion
 * effect. The drop is held below the band gap: `sharp` in version 3.0, smooth later.
 */
export function gateVoltage(c: Bsim3Process, vgs: number, sharp: boolean): number {
  const onset = c.vfb + c.phi;
  if (c.ngate <= 1e18 || c.ngate >= 1e25 || vgs <= onset) return vgs;
  const a = c.polyVoltage;
  const root = a * (Math.sqrt(1 + (2 * (vgs - onset)) / a) - 1);
  const vpoly = (0.5 * root * root) / a;
  if (sharp) return vgs - Math.min(vpoly, 1.12);
  const room = 1.12 - vpoly - 0.05;
  return vgs - 1.12 + 0.5 * (room + Math.sqrt(room * room + 0.224));
}

/**
 * Vgsteff (manual, unified channel charge density): the gate's overdrive `vgst`, smooth from weak to strong inversion. Far
 * out on either side it is its own limit.
 */
export function effectiveOverdrive(c: Bsim3Process, vgst: number, n: number, voff: number): number {
  const width = 2 * n * c.vtm;
  const strong = vgst / width;
  const weak = (2 * voff - vgst) / width;
  if (strong > 34) return vgst;
  if (weak > 34) return ((c.vtm * c.cdep0) / c.cox) * Math.exp((vgst - voff) / (n * c.vtm));
  const above = width * Math.log1p(Math.exp(strong));
  return above / (1 + ((width * c.cox) / (c.vtm * c.cdep0)) * Math.exp(weak));
}

/** VgsteffCV (manual, chapter 4): the overdrive of the charges; linear only far above the threshold. */
export function effectiveOverdriveCv(
  c: Bsim3Process,
  vgst: number,
  n: number,
  noff: number,
  voffcv: number,
): number {
  const width = n * noff * c.vtm;
  const x = (vgst - voffcv) / width;
  if (x > 34) return vgst - voffcv;
  return width * Math.log1p(Math.exp(Math.max(x, -34)));
}
