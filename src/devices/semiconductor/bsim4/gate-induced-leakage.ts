import type { Bsim4Values } from './bsim4-parameters.js';
import type { ChannelSetUp } from './channel-set-up.js';
import type { Dimensions } from './dimensions.js';
import type { Material } from './material.js';

/**
 * Leakage that the gate induces from drain to bulk, of one finger; with the source's parameters and
 * voltages from source to bulk. BSIM4.8.0 manual, section 6.2.
 *
 * @param vds drain against source [V]
 * @param vgs gate against source, less poly depletion [V]
 * @param vbd bulk against drain [V]
 */
export function gateInducedLeakage(
  p: Bsim4Values,
  m: Material,
  size: Dimensions,
  s: ChannelSetUp,
  vds: number,
  vgs: number,
  vbd: number,
  a: number,
  b: number,
  c: number,
  e: number,
  r: number,
  k: number,
  f: number,
): number {
  const gate = p.gidlmod === 1 ? r * vgs : vgs;
  const flat = p.mtrlmod === 1 ? s.vfbsd : 0;
  const field = (vds - gate - e + flat) / (m.fieldRatio * m.tox);
  const possible = a > 0 && b > 0 && field > 0;
  let current = 0;
  if (p.gidlmod === 0) {
    if (possible && c > 0 && vbd <= 0) {
      const tunnel = b / field < 100 ? Math.exp(-b / field) : 3.720075976e-44;
      const cube = -vbd * vbd * vbd;
      current = (a * size.weffcj * field * tunnel * cube) / (c + cube);
    }
  } else if (possible && c >= 0) {
    const tunnel = b / field < 100 ? Math.exp(-b / field) : 3.720075976e-44;
    const body = k / Math.min(vbd - f, p.gidlclamp);
    current = a * size.weffcj * field * tunnel * Math.exp(Math.min(body, 100));
  }
  return current;
}
