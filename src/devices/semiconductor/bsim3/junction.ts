import type { Bsim3Areas } from './areas.js';
import type { Bsim3Card } from './parameters.js';

/** Bulk junctions at a temperature: what drain and source share. */
export interface Bsim3Junctions {
  /** Emission coefficient times kT/q [V]. */
  readonly nvt: number;
  readonly js: number;
  readonly jsw: number;
  readonly cj: number;
  readonly cjsw: number;
  readonly cjswg: number;
  /** Capacitance of the gate's side where areas are calculated (acm > 0): without temperature. */
  readonly cjswgCold: number;
  readonly pb: number;
  readonly pbsw: number;
  readonly pbswg: number;
  readonly mjswg: number;
}

/** Junction parameters at a temperature; manual, MOS diode modeling. */
export function junctionsAt(
  p: Bsim3Card,
  given: (parameter: string) => boolean,
  temperature: number,
): Bsim3Junctions {
  const kOverQ = 8.617087e-5;
  const nominal = p.tnom + 273.15;
  const vtm = kOverQ * temperature;
  const gap = (t: number): number => 1.16 - (7.02e-4 * t * t) / (t + 1108);
  const exponent =
    gap(nominal) / (kOverQ * nominal) -
    gap(temperature) / vtm +
    p.xti * Math.log(temperature / nominal);
  // The current of version 3.0 is that of 27 °C, without a part of the side walls.
  const first = p.version < 3.1;
  const growth = first ? 1 : Math.exp(exponent / p.nj);
  // Capacitances and potentials follow the temperature from version 3.2 on.
  const rise = p.version < 3.2 ? 0 : temperature - nominal;
  const capacitance = (value: number, slope: number): number =>
    value * Math.max(0, 1 + slope * rise);
  const potential = (value: number, slope: number): number =>
    Math.max(0.01, Math.max(0.1, value) - slope * rise);
  const cjswg = given('cjswg') ? p.cjswg : p.cjsw;
  return {
    nvt: first ? 0.025864917 : vtm * p.nj,
    js: p.js * growth,
    jsw: first ? 0 : p.jsw * growth,
    cj: capacitance(p.cj, p.tcj),
    cjsw: capacitance(p.cjsw, p.tcjsw),
    cjswg: capacitance(cjswg, p.tcjswg),
    cjswgCold: cjswg,
    pb: potential(p.pb, p.tpb),
    pbsw: potential(p.pbsw, p.tpbsw),
    pbswg: potential(given('pbswg') ? p.pbswg : p.pbsw, p.tpbswg),
    mjswg: given('mjswg') ? p.mjswg : p.mjsw,
  };
}

/**
 * Current [A] of a bulk junction at voltage `v`, without gmin; linear from `ijth` on, where that is
 * not zero, before version 3.2 from 0.5 V on. Without area and perimeter the saturation current is 1e-14 A.
 */
export function junctionCurrent(
  p: Bsim3Card,
  j: Bsim3Junctions,
  areas: Bsim3Areas,
  v: number,
  boundedExponential: (x: number) => number,
): number {
  const sum = areas.currentArea * j.js + areas.currentPerimeter * j.jsw;
  const perimeter = p.version < 3.1 ? 0 : areas.currentPerimeter;
  let saturation = areas.currentArea <= 0 && perimeter <= 0 ? 1e-14 : sum;
  if (p.acm !== 0) saturation = sum <= 0 ? 1e-14 : sum;
  if (p.version < 3.2) {
    const top = Math.min(v, 0.5);
    const e = Math.exp(top / j.nvt);
    return saturation * (e - 1 + (e * (v - top)) / j.nvt);
  }
  if (p.ijth === 0) return saturation * (boundedExponential(v / j.nvt) - 1);
  const ratio = p.ijth / saturation + 1;
  const corner = j.nvt * Math.log(ratio);
  const slope = saturation * ratio;
  const linear = slope - saturation + (slope / j.nvt) * (v - corner);
  const bound = v < corner ? saturation * (Math.exp(v / j.nvt) - 1) : linear;
  return saturation > 0 ? bound : 0;
}

/** Charge [C] of a bulk junction at voltage `v`: bottom and side walls; linear forward. */
export function junctionCharge(
  p: Bsim3Card,
  j: Bsim3Junctions,
  areas: Bsim3Areas,
  v: number,
): number {
  const part = (c: number, potential: number, m: number): number => {
    const forward = c * v * (1 + (0.5 * m * v) / potential);
    const reverse =
      (potential * c * (1 - Math.exp((1 - m) * Math.log(1 - v / potential)))) / (1 - m);
    return v < 0 ? reverse : forward;
  };
  const gateSide = p.acm === 0 ? j.cjswg : j.cjswgCold;
  const field = j.cjsw * areas.field + gateSide * areas.mixed;
  return (
    part(j.cj * areas.area, j.pb, p.mj) +
    part(field, j.pbsw, p.mjsw) +
    part(gateSide * areas.gate, j.pbswg, j.mjswg)
  );
}
