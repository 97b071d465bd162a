import type { Bsim4Values, Given } from './bsim4-parameters.js';

/**
 * Parameters of leakage and charge for one size; `bin` adds the terms in 1/L, 1/W and 1/(L·W).
 *
 * @param fringe fringing capacitance that follows from the oxide [F/m]
 */
export function binnedLeakageAndCharge(
  p: Bsim4Values,
  given: Given,
  bin: (value: number, l: number, w: number, area: number) => number,
  fringe: number,
) {
  const n = p.type > 0.5;
  const aig = n ? 1.36e-2 : 9.8e-3;
  const big = n ? 1.71e-3 : 7.59e-4;
  const cig = n ? 0.075 : 0.03;
  // What one side is given counts, with its bins, unless both sides are given together.
  const ownA = !given('aigsd') && (given('aigs') || given('aigd'));
  const ownB = !given('bigsd') && (given('bigs') || given('bigd'));
  const ownC = !given('cigsd') && (given('cigs') || given('cigd'));
  return {
    agidl: bin(p.agidl, p.lagidl, p.wagidl, p.pagidl),
    bgidl: bin(p.bgidl, p.lbgidl, p.wbgidl, p.pbgidl),
    cgidl: bin(p.cgidl, p.lcgidl, p.wcgidl, p.pcgidl),
    egidl: bin(p.egidl, p.legidl, p.wegidl, p.pegidl),
    rgidl: bin(p.rgidl, p.lrgidl, p.wrgidl, p.prgidl),
    kgidl: bin(p.kgidl, p.lkgidl, p.wkgidl, p.pkgidl),
    fgidl: bin(p.fgidl, p.lfgidl, p.wfgidl, p.pfgidl),
    aigc: bin(given('aigc') ? p.aigc : aig, p.laigc, p.waigc, p.paigc),
    bigc: bin(given('bigc') ? p.bigc : big, p.lbigc, p.wbigc, p.pbigc),
    cigc: bin(given('cigc') ? p.cigc : cig, p.lcigc, p.wcigc, p.pcigc),
    aigbacc: bin(p.aigbacc, p.laigbacc, p.waigbacc, p.paigbacc),
    bigbacc: bin(p.bigbacc, p.lbigbacc, p.wbigbacc, p.pbigbacc),
    cigbacc: bin(p.cigbacc, p.lcigbacc, p.wcigbacc, p.pcigbacc),
    aigbinv: bin(p.aigbinv, p.laigbinv, p.waigbinv, p.paigbinv),
    bigbinv: bin(p.bigbinv, p.lbigbinv, p.wbigbinv, p.pbigbinv),
    cigbinv: bin(p.cigbinv, p.lcigbinv, p.wcigbinv, p.pcigbinv),
    nigc: bin(p.nigc, p.lnigc, p.wnigc, p.pnigc),
    nigbacc: bin(p.nigbacc, p.lnigbacc, p.wnigbacc, p.pnigbacc),
    nigbinv: bin(p.nigbinv, p.lnigbinv, p.wnigbinv, p.pnigbinv),
    eigbinv: bin(p.eigbinv, p.leigbinv, p.weigbinv, p.peigbinv),
    ntox: bin(p.ntox, p.lntox, p.wntox, p.pntox),
    pigcd: bin(given('pigcd') ? p.pigcd : 1, p.lpigcd, p.wpigcd, p.ppigcd),
    poxedge: bin(p.poxedge, p.lpoxedge, p.wpoxedge, p.ppoxedge),
    vfbsdoff: bin(p.vfbsdoff, p.lvfbsdoff, p.wvfbsdoff, p.pvfbsdoff),
    cgsl: bin(p.cgsl, p.lcgsl, p.wcgsl, p.pcgsl),
    cgdl: bin(p.cgdl, p.lcgdl, p.wcgdl, p.pcgdl),
    ckappas: bin(p.ckappas, p.lckappas, p.wckappas, p.pckappas),
    ckappad: bin(given('ckappad') ? p.ckappad : p.ckappas, p.lckappad, p.wckappad, p.pckappad),
    cf: bin(given('cf') ? p.cf : fringe, p.lcf, p.wcf, p.pcf),
    clc: bin(p.clc, p.lclc, p.wclc, p.pclc),
    cle: bin(p.cle, p.lcle, p.wcle, p.pcle),
    vfbcv: bin(p.vfbcv, p.lvfbcv, p.wvfbcv, p.pvfbcv),
    acde: bin(p.acde, p.lacde, p.wacde, p.pacde),
    moin: bin(p.moin, p.lmoin, p.wmoin, p.pmoin),
    noff: bin(p.noff, p.lnoff, p.wnoff, p.pnoff),
    voffcv: bin(p.voffcv, p.lvoffcv, p.wvoffcv, p.pvoffcv),
    xrcrg1: bin(p.xrcrg1, p.lxrcrg1, p.wxrcrg1, p.pxrcrg1),
    xrcrg2: bin(p.xrcrg2, p.lxrcrg2, p.wxrcrg2, p.pxrcrg2),
    kvth0we: bin(p.kvth0we, p.lkvth0we, p.wkvth0we, p.pkvth0we),
    k2we: bin(p.k2we, p.lk2we, p.wk2we, p.pk2we),
    ku0we: bin(p.ku0we, p.lku0we, p.wku0we, p.pku0we),
    agisl: bin(
      given('agisl') ? p.agisl : p.agidl,
      given('lagisl') ? p.lagisl : p.lagidl,
      given('wagisl') ? p.wagisl : p.wagidl,
      given('pagisl') ? p.pagisl : p.pagidl,
    ),
    bgisl: bin(
      given('bgisl') ? p.bgisl : p.bgidl,
      given('lbgisl') ? p.lbgisl : p.lbgidl,
      given('wbgisl') ? p.wbgisl : p.wbgidl,
      given('pbgisl') ? p.pbgisl : p.pbgidl,
    ),
    cgisl: bin(
      given('cgisl') ? p.cgisl : p.cgidl,
      given('lcgisl') ? p.lcgisl : p.lcgidl,
      given('wcgisl') ? p.wcgisl : p.wcgidl,
      given('pcgisl') ? p.pcgisl : p.pcgidl,
    ),
    egisl: bin(
      given('egisl') ? p.egisl : p.egidl,
      given('legisl') ? p.legisl : p.legidl,
      given('wegisl') ? p.wegisl : p.wegidl,
      given('pegisl') ? p.pegisl : p.pegidl,
    ),
    rgisl: bin(
      given('rgisl') ? p.rgisl : p.rgidl,
      given('lrgisl') ? p.lrgisl : p.lrgidl,
      given('wrgisl') ? p.wrgisl : p.wrgidl,
      given('prgisl') ? p.prgisl : p.prgidl,
    ),
    kgisl: bin(
      given('kgisl') ? p.kgisl : p.kgidl,
      given('lkgisl') ? p.lkgisl : p.lkgidl,
      given('wkgisl') ? p.wkgisl : p.wkgidl,
      given('pkgisl') ? p.pkgisl : p.pkgidl,
    ),
    fgisl: bin(
      given('fgisl') ? p.fgisl : p.fgidl,
      given('lfgisl') ? p.lfgisl : p.lfgidl,
      given('wfgisl') ? p.wfgisl : p.wfgidl,
      given('pfgisl') ? p.pfgisl : p.pfgidl,
    ),
    aigs: bin(
      given('aigsd') ? p.aigsd : given('aigs') ? p.aigs : aig,
      ownA ? p.laigs : p.laigsd,
      ownA ? p.waigs : p.waigsd,
      ownA ? p.paigs : p.paigsd,
    ),
    aigd: bin(
      given('aigsd') ? p.aigsd : given('aigd') ? p.aigd : aig,
      ownA ? p.laigd : p.laigsd,
      ownA ? p.waigd : p.waigsd,
      ownA ? p.paigd : p.paigsd,
    ),
    bigs: bin(
      given('bigsd') ? p.bigsd : given('bigs') ? p.bigs : big,
      ownB ? p.lbigs : p.lbigsd,
      ownB ? p.wbigs : p.wbigsd,
      ownB ? p.pbigs : p.pbigsd,
    ),
    bigd: bin(
      given('bigsd') ? p.bigsd : given('bigd') ? p.bigd : big,
      ownB ? p.lbigd : p.lbigsd,
      ownB ? p.wbigd : p.wbigsd,
      ownB ? p.pbigd : p.pbigsd,
    ),
    cigs: bin(
      given('cigsd') ? p.cigsd : given('cigs') ? p.cigs : cig,
      ownC ? p.lcigs : p.lcigsd,
      ownC ? p.wcigs : p.wcigsd,
      ownC ? p.pcigs : p.pcigsd,
    ),
    cigd: bin(
      given('cigsd') ? p.cigsd : given('cigd') ? p.cigd : cig,
      ownC ? p.lcigd : p.lcigsd,
      ownC ? p.wcigd : p.wcigsd,
      ownC ? p.pcigd : p.pcigsd,
    ),
  };
}
