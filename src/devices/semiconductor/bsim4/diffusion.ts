/**
 * Areas, perimeters and resistances of the diffusions of a transistor with several fingers.
 * BSIM4.8.0 manual, chapter 12 (layout-dependent parasitics), with its tables of geomod and rgeomod.
 */

/** Numbers of diffusions at the ends, and between fingers, of one side. */
export function diffusions(nf: number, min: number, isSource: boolean) {
  const fewer = isSource ? min === 1 : min === 0;
  const whole = Math.floor(nf);
  const odd = whole - 2 * Math.floor(whole / 2) >= 1;
  const endsEven = fewer ? 0 : 2;
  const betweenEven = fewer ? nf : Math.max(nf - 2, 0);
  return { ends: odd ? 1 : endsEven, between: odd ? Math.max(nf - 1, 0) : betweenEven };
}

/** How the end of one side is made: isolated, shared or merged; 9 and 10 are even numbers. */
export function endOf(geomod: number, isSource: boolean) {
  const sharedSource = geomod === 2 || geomod === 3 || geomod === 5;
  const sharedDrain = geomod === 1 || geomod === 3 || geomod === 7;
  const mergedSource = geomod > 5 && geomod < 9;
  const mergedDrain = geomod === 4 || geomod === 5 || geomod === 8;
  const shared = isSource ? sharedSource : sharedDrain;
  const merged = isSource ? mergedSource : mergedDrain;
  return { shared, merged, isolated: !shared && !merged };
}

/** Area [m²] and perimeter [m] of one side; the edge at the gate does not count. */
export function diffusionArea(
  nf: number,
  geomod: number,
  min: number,
  isSource: boolean,
  weffcj: number,
  dmcg: number,
  dmci: number,
  dmdg: number,
  diffusionsOf: typeof diffusions,
  endOfSide: typeof endOf,
) {
  const isolatedDepth = dmcg + dmci;
  if (geomod > 8) {
    const hasEnd = isSource ? geomod === 9 : geomod === 10;
    if (!hasEnd) return { area: nf * dmcg * weffcj, perimeter: nf * 2 * dmcg };
    return {
      area: (isolatedDepth + (nf - 1) * dmcg) * weffcj,
      perimeter: 2 * isolatedDepth + weffcj + (nf - 1) * 2 * dmcg,
    };
  }
  const { ends, between } = diffusionsOf(nf, min, isSource);
  const { shared, isolated } = endOfSide(geomod, isSource);
  const depth = isolated ? isolatedDepth : shared ? dmcg : dmdg;
  return {
    area: (ends * depth + between * dmcg) * weffcj,
    perimeter: ends * (2 * depth + (isolated ? weffcj : 0)) + between * 2 * dmcg,
  };
}

/**
 * Resistance of one side with wide contacts [Ω]: ends and inner diffusions in parallel, 0 for none.
 */
export function diffusionResistance(
  nf: number,
  geomod: number,
  min: number,
  isSource: boolean,
  weffcj: number,
  rsh: number,
  dmcg: number,
  dmdg: number,
  diffusionsOf: typeof diffusions,
  endOfSide: typeof endOf,
): number {
  let inner = 0;
  let end = 0;
  if (geomod > 8) {
    const hasEnd = isSource ? geomod === 9 : geomod === 10;
    const count = hasEnd ? nf - 2 : nf;
    inner = count === 0 ? 0 : (rsh * dmcg) / (weffcj * count);
    end = hasEnd ? (0.5 * rsh * dmcg) / weffcj : 0;
  } else {
    const { ends, between } = diffusionsOf(nf, min, isSource);
    inner = between === 0 ? 0 : (rsh * dmcg) / (weffcj * between);
    const { merged } = endOfSide(geomod, isSource);
    if (merged) {
      const perEnd = geomod === 5 || geomod === 7 ? weffcj * ends : weffcj;
      // Of no ends the release makes 0/0, and takes the resistance for 0.
      if (perEnd === 0) inner = 0;
      end = perEnd === 0 ? 0 : (rsh * dmdg) / perEnd;
    } else {
      end = ends === 0 ? 0 : (rsh * dmcg) / (weffcj * ends);
    }
  }
  if (inner <= 0) return end;
  if (end <= 0) return inner;
  return (inner * end) / (inner + end);
}
