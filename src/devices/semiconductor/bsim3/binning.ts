import type { Bsim3Binned, Bsim3Card } from './parameters.js';

/**
 * Parameters at the size of an instance (manual, appendix A, binning):
 *
 *     P = P0 + Pl/Leff + Pw/Weff + Pp/(Leff·Weff)
 *
 * with lengths in µm if binUnit is 1, and in m otherwise. Where a card leaves a parameter out that
 * depends on others, its default is put in here.
 */
export function binnedParameters(
  p: Bsim3Card,
  given: (parameter: string) => boolean,
  leff: number,
  weff: number,
): Bsim3Binned {
  const unit = p.binunit === 1 ? 1e-6 : 1;
  const at = (nominal: number, byLength: number, byWidth: number, byBoth: number): number =>
    nominal +
    byLength * (unit / leff) +
    byWidth * (unit / weff) +
    byBoth * (unit / leff) * (unit / weff);
  const vth0 = given('vth0') ? p.vth0 : 0.7 * p.type;
  const dsub = given('dsub') ? p.dsub : p.drout;
  const u0 = given('u0') ? p.u0 : p.type === 1 ? 0.067 : 0.025;
  const uc = given('uc') ? p.uc : p.mobmod === 3 ? -0.0465 : -0.0465e-9;
  const uc1 = given('uc1') ? p.uc1 : p.mobmod === 3 ? -0.056 : -0.056e-9;
  const cf = given('cf') ? p.cf : ((2 * 3.453133e-11) / Math.PI) * Math.log(1 + 0.4e-6 / p.tox);
  // prettier-ignore
  return {
    vth0: at(vth0, p.lvth0, p.wvth0, p.pvth0),
    vfb: at(p.vfb, p.lvfb, p.wvfb, p.pvfb),
    k1: at(p.k1, p.lk1, p.wk1, p.pk1),
    k2: at(p.k2, p.lk2, p.wk2, p.pk2),
    k3: at(p.k3, p.lk3, p.wk3, p.pk3),
    k3b: at(p.k3b, p.lk3b, p.wk3b, p.pk3b),
    w0: at(p.w0, p.lw0, p.ww0, p.pw0),
    nlx: at(p.nlx, p.lnlx, p.wnlx, p.pnlx),
    dvt0: at(p.dvt0, p.ldvt0, p.wdvt0, p.pdvt0),
    dvt1: at(p.dvt1, p.ldvt1, p.wdvt1, p.pdvt1),
    dvt2: at(p.dvt2, p.ldvt2, p.wdvt2, p.pdvt2),
    dvt0w: at(p.dvt0w, p.ldvt0w, p.wdvt0w, p.pdvt0w),
    dvt1w: at(p.dvt1w, p.ldvt1w, p.wdvt1w, p.pdvt1w),
    dvt2w: at(p.dvt2w, p.ldvt2w, p.wdvt2w, p.pdvt2w),
    eta0: at(p.eta0, p.leta0, p.weta0, p.peta0),
    etab: at(p.etab, p.letab, p.wetab, p.petab),
    dsub: at(dsub, p.ldsub, p.wdsub, p.pdsub),
    nch: at(p.nch, p.lnch, p.wnch, p.pnch),
    nsub: at(p.nsub, p.lnsub, p.wnsub, p.pnsub),
    ngate: at(p.ngate, p.lngate, p.wngate, p.pngate),
    gamma1: at(p.gamma1, p.lgamma1, p.wgamma1, p.pgamma1),
    gamma2: at(p.gamma2, p.lgamma2, p.wgamma2, p.pgamma2),
    vbx: at(p.vbx, p.lvbx, p.wvbx, p.pvbx),
    vbm: at(p.vbm, p.lvbm, p.wvbm, p.pvbm),
    xt: at(p.xt, p.lxt, p.wxt, p.pxt),
    xj: at(p.xj, p.lxj, p.wxj, p.pxj),
    voff: at(p.voff, p.lvoff, p.wvoff, p.pvoff),
    nfactor: at(p.nfactor, p.lnfactor, p.wnfactor, p.pnfactor),
    cit: at(p.cit, p.lcit, p.wcit, p.pcit),
    cdsc: at(p.cdsc, p.lcdsc, p.wcdsc, p.pcdsc),
    cdscb: at(p.cdscb, p.lcdscb, p.wcdscb, p.pcdscb),
    cdscd: at(p.cdscd, p.lcdscd, p.wcdscd, p.pcdscd),
    u0: at(u0, p.lu0, p.wu0, p.pu0),
    ua: at(p.ua, p.lua, p.wua, p.pua),
    ub: at(p.ub, p.lub, p.wub, p.pub),
    uc: at(uc, p.luc, p.wuc, p.puc),
    vsat: at(p.vsat, p.lvsat, p.wvsat, p.pvsat),
    a0: at(p.a0, p.la0, p.wa0, p.pa0),
    ags: at(p.ags, p.lags, p.wags, p.pags),
    a1: at(p.a1, p.la1, p.wa1, p.pa1),
    a2: at(p.a2, p.la2, p.wa2, p.pa2),
    b0: at(p.b0, p.lb0, p.wb0, p.pb0),
    b1: at(p.b1, p.lb1, p.wb1, p.pb1),
    keta: at(p.keta, p.lketa, p.wketa, p.pketa),
    delta: at(p.delta, p.ldelta, p.wdelta, p.pdelta),
    pclm: at(p.pclm, p.lpclm, p.wpclm, p.ppclm),
    pdiblc1: at(p.pdiblc1, p.lpdiblc1, p.wpdiblc1, p.ppdiblc1),
    pdiblc2: at(p.pdiblc2, p.lpdiblc2, p.wpdiblc2, p.ppdiblc2),
    pdiblcb: at(p.pdiblcb, p.lpdiblcb, p.wpdiblcb, p.ppdiblcb),
    drout: at(p.drout, p.ldrout, p.wdrout, p.pdrout),
    pscbe1: at(p.pscbe1, p.lpscbe1, p.wpscbe1, p.ppscbe1),
    pscbe2: at(p.pscbe2, p.lpscbe2, p.wpscbe2, p.ppscbe2),
    pvag: at(p.pvag, p.lpvag, p.wpvag, p.ppvag),
    alpha0: at(p.alpha0, p.lalpha0, p.walpha0, p.palpha0),
    alpha1: at(p.alpha1, p.lalpha1, p.walpha1, p.palpha1),
    beta0: at(p.beta0, p.lbeta0, p.wbeta0, p.pbeta0),
    rdsw: at(p.rdsw, p.lrdsw, p.wrdsw, p.prdsw),
    prwg: at(p.prwg, p.lprwg, p.wprwg, p.pprwg),
    prwb: at(p.prwb, p.lprwb, p.wprwb, p.pprwb),
    wr: at(p.wr, p.lwr, p.wwr, p.pwr),
    dwg: at(p.dwg, p.ldwg, p.wdwg, p.pdwg),
    dwb: at(p.dwb, p.ldwb, p.wdwb, p.pdwb),
    kt1: at(p.kt1, p.lkt1, p.wkt1, p.pkt1),
    kt1l: at(p.kt1l, p.lkt1l, p.wkt1l, p.pkt1l),
    kt2: at(p.kt2, p.lkt2, p.wkt2, p.pkt2),
    ute: at(p.ute, p.lute, p.wute, p.pute),
    ua1: at(p.ua1, p.lua1, p.wua1, p.pua1),
    ub1: at(p.ub1, p.lub1, p.wub1, p.pub1),
    uc1: at(uc1, p.luc1, p.wuc1, p.puc1),
    at: at(p.at, p.lat, p.wat, p.pat),
    prt: at(p.prt, p.lprt, p.wprt, p.pprt),
    elm: at(p.elm, p.lelm, p.welm, p.pelm),
    cgsl: at(p.cgsl, p.lcgsl, p.wcgsl, p.pcgsl),
    cgdl: at(p.cgdl, p.lcgdl, p.wcgdl, p.pcgdl),
    ckappa: at(p.ckappa, p.lckappa, p.wckappa, p.pckappa),
    cf: at(cf, p.lcf, p.wcf, p.pcf),
    clc: at(p.clc, p.lclc, p.wclc, p.pclc),
    cle: at(p.cle, p.lcle, p.wcle, p.pcle),
    vfbcv: at(p.vfbcv, p.lvfbcv, p.wvfbcv, p.pvfbcv),
    acde: at(p.acde, p.lacde, p.wacde, p.pacde),
    moin: at(p.moin, p.lmoin, p.wmoin, p.pmoin),
    noff: at(p.noff, p.lnoff, p.wnoff, p.pnoff),
    voffcv: at(p.voffcv, p.lvoffcv, p.wvoffcv, p.pvoffcv),
  };
}
