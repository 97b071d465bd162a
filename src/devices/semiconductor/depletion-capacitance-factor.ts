/**
 * By how much a junction's zero-bias capacitance changes from `tnom` to `t` [K], when its built-in
 * potential changes from `vjNominal` to `vj` [V]; `m` is the grading coefficient. SPICE 2 (Cohen,
 * UCB/ERL M592, 1976): both temperatures are referred to 300.15 K, where the potential is
 * `vjReference`.
 *
 *     C(T) ∝ 1 + m·(4e-4·(T − Tref) − (vj(T) − vjref)/vjref)
 */
export function depletionCapacitanceFactor(
  vj: number,
  vjNominal: number,
  vjReference: number,
  m: number,
  t: number,
  tnom: number,
): number {
  const tref = 300.15;
  const change = 1 + m * (4e-4 * (t - tref) - (vj - vjReference) / vjReference);
  const nominal = 1 + m * (4e-4 * (tnom - tref) - (vjNominal - vjReference) / vjReference);
  return change / nominal;
}
