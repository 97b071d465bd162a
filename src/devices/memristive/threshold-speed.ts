/**
 * Speed of a boundary [m/s] that moves beyond thresholds of a current or a voltage only: (5) of TEAM
 * and (5) of VTEAM, without their windows. No boundary is faster than 1e5 m/s, a film of 3 nm in
 * 30 fs: with an exponent of 10, a drive a thousand times the threshold asks for more than light has,
 * and for steps that time does not resolve.
 */
export function thresholdSpeed(
  drive: number,
  off: number,
  on: number,
  koff: number,
  kon: number,
  alphaoff: number,
  alphaon: number,
): number {
  const fastest = 1e5;
  if (drive > off) return Math.min(koff * (drive / off - 1) ** alphaoff, fastest);
  if (drive < on) return Math.max(kon * (drive / on - 1) ** alphaon, -fastest);
  return 0;
}
