import type { Bsim4Values } from './bsim4-parameters.js';

/**
 * Current of a junction between bulk and source or drain, without gmin.
 * BSIM4.8.0 manual, chapter 11: diomod 0 (no current limit), 1 (no breakdown), 2.
 *
 * @param v forward voltage [V]
 * @param isat saturation current [A]
 * @param nvt emission coefficient times thermal voltage [V]
 */
export function junctionCurrent(
  p: Bsim4Values,
  v: number,
  isat: number,
  nvt: number,
  bv: number,
  xjbv: number,
  ijthfwd: number,
  ijthrev: number,
): number {
  const least = 1.713908431e-15;
  const e = Math.exp(Math.min(Math.max(v / nvt, -34), 200));
  const breakdown = p.diomod === 1 ? 0 : xjbv * Math.exp(-Math.min(bv / nvt, 34));

  if (p.diomod === 0) {
    const away = xjbv * Math.exp(Math.min(-(bv + v) / nvt, 200));
    return isat * (Math.exp(Math.min(v / nvt, 200)) + breakdown - away - 1);
  }

  // From ijthfwd on a straight line.
  const room = 1 + ijthfwd / isat - breakdown;
  const top = 0.5 * (room + Math.sqrt(room * room + 4 * breakdown));
  const vtop = nvt * Math.log(top);
  if (p.diomod === 1) {
    if (v <= vtop || isat <= 0) return isat * (e - 1);
    return isat * (top - 1 + (top / nvt) * (v - vtop));
  }

  const back = breakdown / top;
  const forward = isat * (top - back + breakdown - 1 + ((top + back) / nvt) * (v - vtop));
  // And from the breakdown current ijthrev on.
  const limit = ijthrev / isat;
  const reverse = (limit < 1 ? 10 : limit) - 1;
  const vbottom = -bv - nvt * Math.log(reverse / xjbv);
  const below = (e - 1) * isat * (1 + reverse - (reverse / nvt) * (v - vbottom));
  const farther = (bv + v) / nvt;
  const away = farther > 34 ? least : Math.exp(-farther);
  const between = isat * (e + breakdown - 1 - xjbv * away);
  if (isat <= 0) return 0;
  if (v < vbottom) return below;
  return v <= vtop ? between : forward;
}

/**
 * Trap-assisted tunnelling of a reverse-biased junction [A], counted forward.
 * BSIM4.8.0 manual, section 11.3.
 */
export function trapAssisted(
  v: number,
  current: number,
  nvt: number,
  vts: number,
  boundedExp: (x: number) => number,
): number {
  const growth = vts / Math.max(vts - v, 1e-3 * vts);
  return -current * (boundedExp((-v / nvt) * growth) - 1);
}

/**
 * Charge of one part of a junction with negative voltage; none of a part that counts negative.
 * BSIM4.8.0 manual, section 11.2.
 */
export function reverseJunctionCharge(
  v: number,
  capacitance: number,
  potential: number,
  grading: number,
): number {
  const rest = 1 - v / potential;
  const power = grading === 0.5 ? Math.sqrt(rest) : Math.exp((1 - grading) * Math.log(rest));
  return (potential * Math.max(capacitance, 0) * (1 - power)) / (1 - grading);
}
