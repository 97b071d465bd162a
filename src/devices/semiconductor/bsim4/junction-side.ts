import type { Bsim4Values, Given } from './bsim4-parameters.js';
import type { Material } from './material.js';

/**
 * Parameters of the junction of source or drain at the temperature of the instance.
 * BSIM4.8.0 manual, chapters 11 (junctions) and 13 (temperature).
 *
 * @param area of the bottom [m²]
 * @param perimeter of the side wall, without the edge at the gate [m]
 * @param edge length at the gate [m]
 */
export function junctionSide(
  p: Bsim4Values,
  given: Given,
  m: Material,
  isSource: boolean,
  area: number,
  perimeter: number,
  edge: number,
  boundedExp: (x: number) => number,
) {
  const d = !isSource;
  const dT = m.ratio - 1;
  const { deltaT } = m;

  // Saturation current.
  const nj = d && given('njd') ? p.njd : p.njs;
  const xti = d && given('xtid') ? p.xtid : p.xtis;
  const gaps = m.gap0 / m.vtm0 - m.gap / m.vtm;
  const growth = Math.exp((gaps + xti * Math.log(m.ratio)) / nj);
  const js = Math.max((d && given('jsd') ? p.jsd : p.jss) * growth, 0);
  const jsw = Math.max((d && given('jswd') ? p.jswd : p.jsws) * growth, 0);
  const jswg = Math.max((d && given('jswgd') ? p.jswgd : p.jswgs) * growth, 0);
  const present = area > 0 || perimeter > 0;
  // Before 4.6 a junction without area and side wall has a current of its own.
  const absent = p.version < 4.6 ? 1e-14 : 0;
  const isat = present ? Math.max(area * js + perimeter * jsw + edge * jswg, 0) : absent;

  // Trap-assisted tunnelling.
  const gapOverT = (m.gap0 / m.vtm) * dT;
  const grown = (exponent: number): number => boundedExp(exponent * gapOverT);
  const slope = (value: number, temperature: number): number =>
    m.vtm0 * value * (1 + temperature * dT);
  const xts = d && given('xtsd') ? p.xtsd : p.xtss;
  const xtssw = d && given('xtsswd') ? p.xtsswd : p.xtssws;
  const xtsswg = d && given('xtsswgd') ? p.xtsswgd : p.xtsswgs;
  const jts = d && given('jtsd') ? p.jtsd : p.jtss;
  const jtssw = d && given('jtsswd') ? p.jtsswd : p.jtssws;
  const jtsswg = d && given('jtsswgd') ? p.jtsswgd : p.jtsswgs;
  // The width of one finger counts.
  const widening = Math.sqrt((p.jtweff * p.nf) / edge) + 1;

  // Capacitances.
  const factor = (slopeOfT: number): number => Math.max(1 + slopeOfT * deltaT, 0);
  const potential = (value: number, slopeOfT: number): number =>
    Math.max(Math.max(value, 0.1) - slopeOfT * deltaT, 0.01);
  const cjswgSource = given('cjswgs') ? p.cjswgs : p.cjsws;
  const pbswgSource = given('pbswgs') ? p.pbswgs : p.pbsws;
  const mjswgSource = given('mjswgs') ? p.mjswgs : p.mjsws;
  const cz = (d && given('cjd') ? p.cjd : p.cjs) * factor(p.tcj) * area;
  const czsw = (d && given('cjswd') ? p.cjswd : p.cjsws) * factor(p.tcjsw) * perimeter;
  const czswg = (d && given('cjswgd') ? p.cjswgd : cjswgSource) * factor(p.tcjswg) * edge;
  const pb = potential(d && given('pbd') ? p.pbd : p.pbs, p.tpb);
  const pbsw = potential(d && given('pbswd') ? p.pbswd : p.pbsws, p.tpbsw);
  const pbswg = potential(d && given('pbswgd') ? p.pbswgd : pbswgSource, p.tpbswg);
  const mj = d && given('mjd') ? p.mjd : p.mjs;
  const mjsw = d && given('mjswd') ? p.mjswd : p.mjsws;
  const mjswg = d && given('mjswgd') ? p.mjswgd : mjswgSource;

  return {
    isat,
    nvt: m.vtm * nj,
    bv: d && given('bvd') ? p.bvd : p.bvs,
    xjbv: d && given('xjbvd') ? p.xjbvd : p.xjbvs,
    ijthfwd: d && given('ijthdfwd') ? p.ijthdfwd : p.ijthsfwd,
    ijthrev: d && given('ijthdrev') ? p.ijthdrev : p.ijthsrev,
    jts: grown(xts) * area * jts,
    jtssw: grown(xtssw) * perimeter * jtssw,
    jtsswg: grown(xtsswg) * edge * widening * jtsswg,
    nts: slope(d && given('njtsd') ? p.njtsd : p.njts, d && given('tnjtsd') ? p.tnjtsd : p.tnjts),
    ntssw: slope(
      d && given('njtsswd') ? p.njtsswd : p.njtssw,
      d && given('tnjtsswd') ? p.tnjtsswd : p.tnjtssw,
    ),
    ntsswg: slope(
      d && given('njtsswgd') ? p.njtsswgd : p.njtsswg,
      d && given('tnjtsswgd') ? p.tnjtsswgd : p.tnjtsswg,
    ),
    vts: d && given('vtsd') ? p.vtsd : p.vtss,
    vtssw: d && given('vtsswd') ? p.vtsswd : p.vtssws,
    vtsswg: d && given('vtsswgd') ? p.vtsswgd : p.vtsswgs,
    cz,
    czsw,
    czswg,
    pb,
    pbsw,
    pbswg,
    mj: Math.min(mj, 0.99),
    mjsw: Math.min(mjsw, 0.99),
    mjswg: Math.min(mjswg, 0.99),
    /** Capacitance without bias, and its slope forward. */
    czero: cz + czsw + czswg,
    cslope: (cz * mj) / pb + (czsw * mjsw) / pbsw + (czswg * mjswg) / pbswg,
  };
}
