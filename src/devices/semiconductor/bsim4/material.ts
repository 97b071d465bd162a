import type { Bsim4Values, Given } from './bsim4-parameters.js';

/**
 * Oxide, semiconductor and temperature.
 * BSIM4.8.0 manual, chapters 1 (oxide thickness), 8 (new materials) and 13 (temperature).
 *
 * Constants are those of the released model, with its six digits: results agree only with them.
 */
export function material(p: Bsim4Values, given: Given, temperature: number) {
  const permittivity = 8.85418e-12;
  const newMaterial = p.mtrlmod === 1;
  const compatible = newMaterial && p.mtrlcompatmod === 1;

  // Electrical and physical thickness differ by dtox; what is not given follows. Where all three
  // are given and disagree, dtox is ignored.
  const scale = compatible ? p.epsrox / 3.9 : 1;
  const thicknessGiven = compatible ? given('eot') : given('toxe');
  const follows = (!newMaterial || compatible) && !thicknessGiven && given('toxp');
  const thickness = newMaterial ? p.eot : p.toxe;
  const tox = follows ? Math.max(p.toxp + p.dtox, 1e-10) / scale : thickness;
  const reduces = (!newMaterial || compatible) && thicknessGiven && !given('toxp');
  const thinner = Math.max(scale * tox - p.dtox, 1e-10);
  const toxp = reduces ? thinner : given('toxp') ? p.toxp : p.toxe;
  const toxm = given('toxm') ? p.toxm : follows ? tox : p.toxe;

  const epsrox = newMaterial ? 3.9 : p.epsrox;
  const epssub = newMaterial ? permittivity * p.epsrsub : 1.03594e-10;
  const coxe = (epsrox * permittivity) / tox;
  const coxp = (p.epsrox * permittivity) / toxp;

  // Band gap and intrinsic carriers.
  const nominal = p.tnom + 273.15;
  const ratio = temperature / nominal;
  const deltaT = temperature - nominal;
  const vtm0 = 8.617087e-5 * nominal;
  const vtm = 8.617087e-5 * temperature;
  const gapAt = (t: number): number =>
    newMaterial
      ? p.bg0sub - (p.tbgasub * t * t) / (t + p.tbgbsub)
      : 1.16 - (7.02e-4 * t * t) / (t + 1108);
  const gap0 = gapAt(nominal);
  const gap = gapAt(temperature);
  const growth = (nominal / 300.15) * Math.sqrt(nominal / 300.15);
  const ni = newMaterial
    ? p.ni0sub * growth * Math.exp((gapAt(300.15) - gap0) / (2 * vtm0))
    : 1.45e10 * growth * Math.exp(21.5565981 - gap0 / (2 * vtm0));

  return {
    permittivity,
    charge: 1.60219e-19,
    tox,
    toxp,
    toxm,
    epsrox,
    epssub,
    coxe,
    coxp,
    /** Dielectric constants of substrate and oxide, over each other, as fields see them. */
    fieldRatio: newMaterial ? p.epsrsub / epsrox : 3,
    /** Square of the natural length, over xj. */
    naturalLength: newMaterial ? (p.epsrsub / epsrox) * tox : ((3 * 3.9) / epsrox) * tox,
    factor1: Math.sqrt((epssub / (epsrox * permittivity)) * tox),
    ratio,
    deltaT,
    nominal,
    vtm0,
    vtm,
    gap0,
    gap,
    ni,
  };
}

export type Material = ReturnType<typeof material>;
