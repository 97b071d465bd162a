import type { Bsim4Values, Given } from './bsim4-parameters.js';
import type { Dimensions } from './dimensions.js';

/**
 * Conductances of the substrate network [S]: from below the channel to bulk (pb), source (ps) and
 * drain (pd), and from bulk to source (sb) and drain (db).
 * BSIM4.8.0 manual, section 9.2; rbodymod 2 scales them, and shorts or opens what is not given.
 */
export function substrateNetwork(p: Bsim4Values, given: Given, size: Dimensions) {
  const conductance = (resistance: number): number =>
    resistance < 1e-3 ? 1e3 : p.gbmin + 1 / resistance;
  if (p.rbodymod !== 2) {
    return {
      pb: conductance(p.rbpb),
      ps: conductance(p.rbps),
      pd: conductance(p.rbpd),
      sb: conductance(p.rbsb),
      db: conductance(p.rbdb),
    };
  }
  const length = Math.log(size.leff * 1e6);
  const width = Math.log(size.weff * 1e6);
  const fingers = Math.log(p.nf);
  const scaled = (r: number, l: number, w: number, nf: number): number =>
    r * Math.exp(l * length + w * width + nf * fingers);
  const parallel = (x: number, y: number): number => (x * y) / (x + y);

  const pb = parallel(
    scaled(p.rbpbx0, p.rbpbxl, p.rbpbxw, p.rbpbxnf),
    scaled(p.rbpby0, p.rbpbyl, p.rbpbyw, p.rbpbynf),
  );
  const throughChannel = given('rbps0') && given('rbpd0');
  const source = given('rbsbx0') || given('rbsby0');
  const drain = given('rbdbx0') || given('rbdby0');
  const outside = throughChannel && source && drain;
  const along = (r: number): number => scaled(r, p.rbsdbxl, p.rbsdbxw, p.rbsdbxnf);
  const across = (r: number): number => scaled(r, p.rbsdbyl, p.rbsdbyw, p.rbsdbynf);
  const ps = conductance(scaled(p.rbps0, p.rbpsl, p.rbpsw, p.rbpsnf));
  const pd = conductance(scaled(p.rbpd0, p.rbpdl, p.rbpdw, p.rbpdnf));
  return {
    pb: conductance(pb),
    ps: throughChannel ? ps : 1e3,
    pd: throughChannel ? pd : 1e3,
    sb: outside ? conductance(parallel(along(p.rbsbx0), across(p.rbsby0))) : p.gbmin,
    db: outside ? conductance(parallel(along(p.rbdbx0), across(p.rbdby0))) : p.gbmin,
  };
}
