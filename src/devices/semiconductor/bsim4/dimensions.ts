import type { Bsim4Values, Given } from './bsim4-parameters.js';

/**
 * Effective dimensions of one finger [m], and what bins are multiplied by.
 * BSIM4.8.0 manual, chapter 1, "Effective Channel Length and Channel Width".
 */
export function dimensions(p: Bsim4Values, given: Given) {
  const lnew = p.l + p.xl;
  const wnew = p.w / p.nf + p.xw;
  const power = (x: number, exponent: number): number => Math.exp(exponent * Math.log(x));
  const offset = (byLength: number, byWidth: number, byArea: number, ln: number, wn: number) =>
    byLength / power(lnew, ln) +
    byWidth / power(wnew, wn) +
    byArea / (power(lnew, ln) * power(wnew, wn));

  const dlc = given('dlc') ? p.dlc : p.lint;
  const dwc = given('dwc') ? p.dwc : p.wint;
  const dwj = given('dwj') ? p.dwj : dwc;
  const lengthOffset = offset(p.ll, p.lw, p.lwl, p.lln, p.lwn);
  const widthOffset = offset(p.wl, p.ww, p.wwl, p.wln, p.wwn);
  const lengthOffsetCV = offset(
    given('llc') ? p.llc : p.ll,
    given('lwc') ? p.lwc : p.lw,
    given('lwlc') ? p.lwlc : p.lwl,
    p.lln,
    p.lwn,
  );
  const widthOffsetCV = offset(
    given('wlc') ? p.wlc : p.wl,
    given('wwc') ? p.wwc : p.ww,
    given('wwlc') ? p.wwlc : p.wwl,
    p.wln,
    p.wwn,
  );

  const leff = lnew - 2 * (p.lint + lengthOffset);
  const weff = wnew - 2 * (p.wint + widthOffset);
  const unit = p.binunit === 1 ? 1e-6 : 1;
  return {
    lnew,
    wnew,
    leff,
    weff,
    leffcv: lnew - 2 * (dlc + lengthOffsetCV),
    weffcv: wnew - 2 * (dwc + widthOffsetCV),
    weffcj: wnew - 2 * (dwj + widthOffsetCV),
    dlc,
    dwc,
    inverseLength: unit / leff,
    inverseWidth: unit / weff,
    inverseArea: (unit * unit) / (leff * weff),
  };
}

export type Dimensions = ReturnType<typeof dimensions>;
