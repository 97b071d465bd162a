import type { Bsim3Card } from './parameters.js';

/**
 * Length and width of the channel [m], of the current (leff, weff) and of the charges (leffCv,
 * weffCv), before the gate's influence on the width. Manual, effective channel length and width:
 *
 *     Leff = L + XL − 2·dL,  dL = LINT + LL/L^LLN + LW/W^LWN + LWL/(L^LLN·W^LWN)
 */
export function channelSize(
  p: Bsim3Card,
  given: (parameter: string) => boolean,
  l: number,
  w: number,
): { leff: number; weff: number; leffCv: number; weffCv: number } {
  const offset = (
    fixed: number,
    byLength: number,
    lengthPower: number,
    byWidth: number,
    widthPower: number,
    byBoth: number,
  ): number =>
    fixed +
    byLength / l ** lengthPower +
    byWidth / w ** widthPower +
    byBoth / (l ** lengthPower * w ** widthPower);

  const dl = offset(p.lint, p.ll, p.lln, p.lw, p.lwn, p.lwl);
  const dw = offset(p.wint, p.wl, p.wln, p.ww, p.wwn, p.wwl);

  const dlc = given('dlc') ? p.dlc : p.lint;
  const llc = given('llc') ? p.llc : p.ll;
  const lwc = given('lwc') ? p.lwc : p.lw;
  const lwlc = given('lwlc') ? p.lwlc : p.lwl;
  const dlCv = offset(dlc, llc, p.lln, lwc, p.lwn, lwlc);

  const dwc = given('dwc') ? p.dwc : p.wint;
  const wlc = given('wlc') ? p.wlc : p.wl;
  const wwc = given('wwc') ? p.wwc : p.ww;
  const wwlc = given('wwlc') ? p.wwlc : p.wwl;
  const dwCv = offset(dwc, wlc, p.wln, wwc, p.wwn, wwlc);

  return {
    leff: l + p.xl - 2 * dl,
    weff: w + p.xw - 2 * dw,
    leffCv: l + p.xl - 2 * dlCv,
    weffCv: w + p.xw - 2 * dwCv,
  };
}
