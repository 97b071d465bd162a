import type { Bsim3Card } from './parameters.js';

/** One side's area [m²] and perimeter [m], for the current and for the capacitances. */
export interface Bsim3Areas {
  readonly currentArea: number;
  readonly currentPerimeter: number;
  readonly area: number;
  /** Perimeter along the field oxide, and along the gate. */
  readonly field: number;
  readonly gate: number;
  /** Perimeter with the potential and grading of the field oxide's, the capacitance of the gate's. */
  readonly mixed: number;
}

/**
 * Area and perimeter of drain or source by the area calculation methods of ngspice 39 (acm; the
 * manual has acm = 0 only). `given` says whether area and perimeter stand on the instance, `alone`
 * that this side is not shared with another transistor's.
 *
 * acm = 0 divides the perimeter between gate (weff) and field oxide; 1 and 11 take the width alone;
 * 2, 3, 12 and 13 put in what follows from hdif for what is not given.
 */
export function junctionAreas(
  p: Bsim3Card,
  w: number,
  weff: number,
  area: number,
  areaGiven: boolean,
  perimeter: number,
  perimeterGiven: boolean,
  alone: boolean,
): Bsim3Areas {
  const { acm, wmlt } = p;
  if (acm === 0) {
    const gate = Math.min(perimeter, weff);
    const field = perimeter < weff ? 0 : perimeter - weff;
    const current = { currentArea: area, currentPerimeter: perimeter };
    return { ...current, area, field, gate, mixed: 0 };
  }
  const width = w * wmlt + p.xw;
  if (acm === 1 || acm === 11) {
    const strip = width * wmlt;
    const current = { currentArea: strip, currentPerimeter: width };
    return { ...current, area: strip, field: width, gate: 0, mixed: 0 };
  }

  const reach = p.hdif * wmlt;
  const scaledArea = area * wmlt * wmlt;
  const scaledPerimeter = perimeter * wmlt;
  const both = acm === 3 || acm === 13;
  let ownArea = areaGiven ? scaledArea : 2 * reach * width;
  let ownPerimeter = perimeterGiven ? scaledPerimeter : 4 * reach + 2 * width;
  if (both && !areaGiven && !alone) ownArea = reach * width;
  if (both && !perimeterGiven) ownPerimeter = alone ? 4 * reach + width : 2 * reach;
  if (acm === 12 && p.calcacm !== 1) {
    ownArea = area;
    ownPerimeter = perimeter;
  }
  const current = { currentArea: ownArea, currentPerimeter: ownPerimeter };
  if (acm === 3) {
    return { ...current, area: ownArea, field: ownPerimeter, gate: width, mixed: 0 };
  }
  const edge = acm === 13 ? scaledPerimeter : ownPerimeter;
  const long = edge > width;
  const field = long ? edge - width : 0;
  const whole = acm === 13 ? scaledArea : ownArea;
  if (acm === 2) {
    return { ...current, area: whole, field, gate: long ? width : 0, mixed: long ? 0 : edge };
  }
  return { ...current, area: whole, field, gate: long ? width : edge, mixed: 0 };
}
