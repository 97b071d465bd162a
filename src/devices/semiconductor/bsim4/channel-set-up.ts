import type { binnedChannel } from './binned-channel.js';
import type { Bsim4Values, Given } from './bsim4-parameters.js';
import type { Dimensions } from './dimensions.js';
import type { Material } from './material.js';

type BinnedChannel = ReturnType<typeof binnedChannel>;

/**
 * What follows from the doping, and the temperature of the channel's parameters.
 * BSIM4.8.0 manual, chapters 2 (threshold) and 13 (temperature).
 */
export function channelSetUp(
  p: Bsim4Values,
  b: BinnedChannel,
  given: Given,
  m: Material,
  size: Dimensions,
  shortChannel: (x: number) => number,
  onePlus: (x: number) => number,
  boundedExp: (x: number) => number,
) {
  const { leff, weff } = size;
  const { vtm0, ni, charge, epssub, coxe, ratio, deltaT } = m;
  const dT = ratio - 1;
  const power = (x: number, exponent: number): number => Math.exp(exponent * Math.log(x));

  // Doping: surface potential, depletion, built-in potential.
  const dopingFollows = !given('ndep') && given('gamma1');
  const ndep = dopingFollows ? 3.01248e22 * (b.gamma1 * coxe) ** 2 : b.ndep;
  const phi = vtm0 * Math.log(ndep / ni) + b.phin + 0.4;
  const rootPhi = Math.sqrt(phi);
  const xdep0 = Math.sqrt((2 * epssub) / (charge * ndep * 1e6)) * rootPhi;
  const rootXdep0 = Math.sqrt(xdep0);
  const vbi = vtm0 * Math.log((b.nsd * ndep) / (ni * ni));
  const cdep0 = Math.sqrt((charge * epssub * ndep * 1e6) / 2 / phi);
  const litl = Math.sqrt(b.xj * m.naturalLength);

  // Body effect: given, or from two levels of doping.
  const bodyGiven = given('k1') || given('k2');
  const vbm = bodyGiven ? b.vbm : -Math.abs(b.vbm);
  const vbx = -Math.abs(given('vbx') ? b.vbx : phi - 7.7348e-4 * ndep * b.xt * b.xt);
  const gamma1 = given('gamma1') ? b.gamma1 : (5.753e-12 * Math.sqrt(ndep)) / coxe;
  const gamma2 = given('gamma2') ? b.gamma2 : (5.753e-12 * Math.sqrt(b.nsub)) / coxe;
  const bend = (gamma1 - gamma2) * (Math.sqrt(phi - vbx) - rootPhi);
  const k2Doping = bend / (2 * (Math.sqrt(phi * (phi - vbm)) - phi) + vbm);
  const k1Doping = gamma2 - 2 * k2Doping * Math.sqrt(phi - vbm);
  const k1 = bodyGiven ? (given('k1') ? b.k1 : 0.53) : k1Doping;
  const k2 = bodyGiven ? (given('k2') ? b.k2 : -0.0186) : k2Doping;
  const k1ox = (k1 * m.tox) / m.toxm;

  // Flat band of the channel, and of source and drain.
  const fermi = (doping: number): number => Math.min(vtm0 * Math.log(doping / ni), 0.5 * m.gap0);
  const midGap = p.easub + 0.5 * m.gap0;
  const metalGate = p.mtrlmod === 1 && given('phig') && given('nsub');
  const vfbMaterial = metalGate ? p.phig - (midGap + p.type * fermi(b.nsub)) : -1;
  const vfbThreshold = given('vth0') ? p.type * b.vth0 - phi - k1 * rootPhi : vfbMaterial;
  const vfb = given('vfb') ? b.vfb : vfbThreshold;
  const vth0 = given('vth0') ? b.vth0 : p.type * (vfb + phi + k1 * rootPhi);
  const poly = p.ngate === 0 ? 0 : b.ngate > 0 ? vtm0 * Math.log(b.ngate / b.nsd) : 0;
  const vfbsd = p.mtrlmod === 1 ? p.phig - (midGap - p.type * fermi(b.nsd)) : poly;

  // Short channels without bulk bias.
  const reach = m.factor1 * rootXdep0;
  const dibl = shortChannel((b.dsub * leff) / reach);
  const thetaRout = b.pdiblc1 * shortChannel((b.drout * leff) / reach) + b.pdiblc2;
  const theta0 = shortChannel((b.dvt1 * leff) / reach);
  const narrow = b.dvt0w * shortChannel((b.dvt1w * weff * leff) / reach) * (vbi - phi);
  const short = b.dvt0 * theta0 * (vbi - phi);
  const narrowWidth = (m.tox * phi) / (weff + b.w0);
  const lateral = k1ox * (Math.sqrt(1 + b.lpe0 / leff) - 1) * rootPhi;
  const thermal = p.tempmod < 2 ? (b.kt1 + b.kt1l / leff) * dT : -b.kt1 * dT;
  // Flat band voltage without bias, less type·vth0.
  const vfbzb = -narrow - short + b.k3 * narrowWidth + lateral + thermal - phi - k1 * rootPhi;
  const dvtp2factor = b.dvtp5 + b.dvtp2 * boundedExp(-b.dvtp3 * Math.log(leff));

  // Mobility, velocity, resistance at temperature.
  const atTemperature = (value: number, slope: number): number => {
    if (p.tempmod === 0) return value + slope * dT;
    return p.tempmod === 3 ? value * power(ratio, slope) : value * (1 + slope * deltaT);
  };
  const u0 = b.u0 > 1 ? b.u0 / 1e4 : b.u0;
  const u0temp = u0 * (1 - b.up * Math.exp(-leff / b.lp)) * power(ratio, b.ute);
  // The release stops where nothing is left of it.
  const velocity = p.tempmod === 0 ? b.vsat - b.at * dT : b.vsat * (1 - b.at * deltaT);
  const vsattemp = Math.max(velocity, 1);
  const resistance = (value: number): number =>
    p.tempmod === 0 ? value + b.prt * dT : value * (1 + b.prt * deltaT);
  const widthPower = power(size.weffcj * 1e6, b.wr);
  const perFinger = 1 / (widthPower * p.nf);

  // Subthreshold.
  const mstar = 0.5 + Math.atan(b.minv) / 3.141592654;
  const nfactor = b.nfactor + (b.tnfactor * deltaT) / m.nominal;
  const voffcbn = b.voff * (1 + b.tvoff * deltaT) + p.voffl / leff;

  // Overdrive at which Vgs is Vth, for mobmod = 3.
  const n0 = onePlus(((nfactor * epssub) / xdep0 + b.cdsc * theta0 + b.cit) / coxe);
  const depletion = (n0 * coxe * boundedExp(voffcbn / (n0 * m.vtm))) / cdep0;
  const vgsteffVth = (n0 * m.vtm * Math.log(2)) / (mstar + depletion);

  // Back scattering: the part of the thermal velocity that reaches the channel.
  const backScattering = leff / (Math.max(b.xn, 3) * leff + Math.max(p.lc, 0));

  return {
    ndep,
    phi,
    rootPhi,
    xdep0,
    vbi,
    cdep0,
    litl,
    vbm,
    k1,
    k2,
    k1ox,
    vfb,
    vth0,
    vfbsd,
    dibl,
    thetaRout,
    lateral,
    narrowWidth,
    vfbzb,
    dvtp2factor,
    ua: atTemperature(b.ua, b.ua1),
    ub: atTemperature(b.ub, b.ub1),
    uc: atTemperature(b.uc, b.uc1),
    ud: atTemperature(b.ud, b.ud1),
    eu: Math.max(b.eu, 0),
    ucs: Math.max(b.ucs * power(ratio, b.ucste), 0),
    u0temp,
    vsattemp,
    // What the release finds out of range, with paramchk, is put to its bound.
    rds0: Math.max(resistance(b.rdsw), 0) / widthPower,
    rdswmin: Math.max(resistance(p.rdswmin), 0) / widthPower,
    prwg: Math.max(b.prwg, 0),
    a1: b.a2 > 1 ? 0 : b.a1,
    a2: Math.min(Math.max(b.a2, 0.01), 1),
    rd0: Math.max(resistance(b.rdw), 0) * perFinger,
    rs0: Math.max(resistance(b.rsw), 0) * perFinger,
    rdwmin: Math.max(resistance(p.rdwmin), 0) * perFinger,
    rswmin: Math.max(resistance(p.rswmin), 0) * perFinger,
    mstar,
    mstarcv: 0.5 + Math.atan(b.minvcv) / 3.141592654,
    nfactor,
    voffcbn,
    eta0: b.eta0 + (b.teta0 * deltaT) / m.nominal,
    vgsteffVth,
    vtlEffective: (b.vtl * (1 - backScattering)) / (1 + backScattering),
    lpeBody: Math.sqrt(1 + b.lpeb / leff),
  };
}

export type ChannelSetUp = ReturnType<typeof channelSetUp>;
