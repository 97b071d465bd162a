import type { Material } from './material.js';

/**
 * Gate voltage less what falls across the depletion of the poly gate.
 * BSIM4.8.0 manual, section 1.1.2, "Poly-silicon gate depletion".
 *
 * @param start where it begins: flat band plus surface potential [V]
 */
export function polyDepletion(
  vgs: number,
  start: number,
  ngate: number,
  epsrgate: number,
  mtrlmod: number,
  m: Material,
): number {
  if (ngate === 0 || (mtrlmod === 1 && epsrgate === 0)) return vgs;
  const permittivity = mtrlmod === 0 ? 1.03594e-10 : epsrgate * m.permittivity;
  const scale = (1e6 * 1.6021766208e-19 * permittivity * ngate) / (m.coxe * m.coxe);
  const depletes = ngate > 1e18 && ngate < 1e25;
  if (depletes && vgs > start) {
    const over = vgs - start;
    const oxide = (2 * over) / (Math.sqrt(1 + (2 * over) / scale) + 1);
    const rest = 1.07 - (0.5 * oxide * oxide) / scale;
    return vgs - (1.12 - 0.5 * (rest + Math.sqrt(rest * rest + 0.224)));
  }
  return vgs;
}

/**
 * Gate overdrive from subthreshold to strong inversion, Vgsteff.
 * BSIM4.8.0 manual, chapter 3.
 *
 * @param over Vgs − Vth [V]
 * @param swing n·vt [V]
 * @param mstar from minv
 * @param voff offset [V]
 * @param depletion cdep0/coxe
 */
export function gateOverdrive(
  over: number,
  n: number,
  vt: number,
  mstar: number,
  voff: number,
  depletion: number,
  softPlus: (x: number) => number,
  boundedExp: (x: number) => number,
): number {
  const swing = n * vt;
  const strong = swing * softPlus((mstar * over) / swing);
  const weak = (n / depletion) * boundedExp((voff - (1 - mstar) * over) / swing);
  return strong / (mstar + weak);
}
