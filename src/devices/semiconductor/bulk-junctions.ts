/** Of the card and the instance of a MOS transistor, what its bulk junctions are made of. */
export interface BulkJunctionsCard {
  readonly is: number;
  readonly js: number;
  readonly pb: number;
  readonly cj: number;
  readonly mj: number;
  readonly cjsw: number;
  readonly mjsw: number;
  /** Capacitances that the card gives itself [F], in place of cj·ad and cj·as. */
  readonly cbd: number;
  readonly cbs: number;
  readonly ad: number;
  readonly as: number;
  readonly pd: number;
  readonly ps: number;
}

/** The junctions between bulk and drain, and bulk and source, at a temperature. */
export interface BulkJunctions {
  /** Saturation currents [A]. */
  readonly isd: number;
  readonly iss: number;
  /** Where limiting begins [V]. */
  readonly vcritDrain: number;
  readonly vcritSource: number;
  /** Built-in potential [V]. */
  readonly pb: number;
  /** Capacitances at zero bias [F]. */
  readonly bottomDrain: number;
  readonly bottomSource: number;
  readonly sideDrain: number;
  readonly sideSource: number;
  /** What the card has of them, whatever the areas are. */
  readonly hasDrainBottom: boolean;
  readonly hasSourceBottom: boolean;
  readonly hasSides: boolean;
}

/**
 * Bulk junctions of the MOS transistors of SPICE 2 (Vladimirescu and Liu, UCB/ERL M80/7, 1980) as
 * ngspice 39 has them: by area where js and both areas are given, each with is otherwise.
 *
 * `growth` is that of saturation currents from `nominal` to `temperature` [K], `vt` is kT/q [V]; the
 * first two are functions that a model passes on.
 */
export function bulkJunctions(
  potentialAtTemperature: (potential: number, t: number, tnom: number) => number,
  depletionCapacitanceFactor: (
    vj: number,
    vjNominal: number,
    vjReference: number,
    m: number,
    t: number,
    tnom: number,
  ) => number,
  card: BulkJunctionsCard,
  given: { readonly cbd: boolean; readonly cbs: boolean },
  growth: number,
  vt: number,
  nominal: number,
  temperature: number,
): BulkJunctions {
  const { is, js, cj, mj, cjsw, mjsw, ad, as, pd, ps } = card;
  const byArea = js > 0 && ad > 0 && as > 0;
  const isd = Math.max((byArea ? js * ad : is) * growth, 1e-28);
  const iss = Math.max((byArea ? js * as : is) * growth, 1e-28);
  const reference = potentialAtTemperature(card.pb, 300.15, nominal);
  const pb = potentialAtTemperature(card.pb, temperature, nominal);
  const bottom = depletionCapacitanceFactor(pb, card.pb, reference, mj, temperature, nominal);
  const side = depletionCapacitanceFactor(pb, card.pb, reference, mjsw, temperature, nominal);
  return {
    isd,
    iss,
    vcritDrain: vt * Math.log(vt / (Math.SQRT2 * isd)),
    vcritSource: vt * Math.log(vt / (Math.SQRT2 * iss)),
    pb,
    bottomDrain: (given.cbd ? card.cbd : cj * ad) * bottom,
    bottomSource: (given.cbs ? card.cbs : cj * as) * bottom,
    sideDrain: cjsw * pd * side,
    sideSource: cjsw * ps * side,
    hasDrainBottom: card.cbd > 0 || (!given.cbd && cj > 0),
    hasSourceBottom: card.cbs > 0 || (!given.cbs && cj > 0),
    hasSides: cjsw > 0,
  };
}

/** Charges [C] of the bulk junctions, `depletionCharge` being a function that a model passes on. */
export function bulkDepletionCharges(
  depletionCharge: (v: number, c0: number, vj: number, m: number, fc: number) => number,
  vbd: number,
  vbs: number,
  bulk: BulkJunctions,
  shape: { readonly mj: number; readonly mjsw: number; readonly fc: number },
): { readonly drain: number; readonly source: number } {
  const { pb, hasDrainBottom, hasSourceBottom, hasSides } = bulk;
  const { mj, mjsw, fc } = shape;
  let drain = 0;
  let source = 0;
  if (hasDrainBottom) drain += depletionCharge(vbd, bulk.bottomDrain, pb, mj, fc);
  if (hasSourceBottom) source += depletionCharge(vbs, bulk.bottomSource, pb, mj, fc);
  if (hasSides) drain += depletionCharge(vbd, bulk.sideDrain, pb, mjsw, fc);
  if (hasSides) source += depletionCharge(vbs, bulk.sideSource, pb, mjsw, fc);
  return { drain, source };
}
