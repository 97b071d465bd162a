/**
 * How far a junction or gate voltage may move in one Newton iteration.
 * Nagel, "SPICE2", UCB/ERL M520, 1975, and the corrections to it that ngspice carries.
 */

/**
 * Voltage of a p-n junction: above `vcrit` a step of more than 2·vt follows the logarithm of the
 * current; below zero a step at most doubles the voltage and adds a volt.
 */
export function pnjlim(proposed: number, last: number, vt: number, vcrit: number): number {
  if (proposed > vcrit && Math.abs(proposed - last) > 2 * vt) {
    if (last <= 0) return vt * Math.log(proposed / vt);
    const steps = (proposed - last) / vt;
    if (steps > 0) return last + vt * (2 + Math.log(steps - 2));
    return last - vt * (2 + Math.log(2 - steps));
  }
  const lowest = last > 0 ? -last - 1 : 2 * last - 1;
  return proposed < 0 ? Math.max(proposed, lowest) : proposed;
}

/** Voltage between gate and channel of a field-effect transistor with threshold `vto`. */
export function fetlim(proposed: number, last: number, vto: number): number {
  const step = proposed - last;
  const far = Math.abs(2 * (last - vto)) + 2;
  const near = Math.abs(last - vto) + 1;
  if (last < vto) {
    if (step <= 0) return Math.max(proposed, last - far);
    return proposed <= vto + 0.5 ? Math.min(proposed, last + near) : vto + 0.5;
  }
  if (last < vto + 3.5) {
    return step <= 0 ? Math.max(proposed, vto - 0.5) : Math.min(proposed, vto + 4);
  }
  if (step > 0) return Math.min(proposed, last + far);
  return proposed >= vto + 3.5 ? Math.max(proposed, last - near) : Math.max(proposed, vto + 2);
}

/** Voltage between drain and source. */
export function limvds(proposed: number, last: number): number {
  if (last < 3.5) {
    return proposed > last ? Math.min(proposed, 4) : Math.max(proposed, -0.5);
  }
  if (proposed > last) return Math.min(proposed, 3 * last + 2);
  return proposed < 3.5 ? Math.max(proposed, 2) : proposed;
}

/** Of a field-effect transistor with a bulk: gate, drain and bulk against the source [V]. */
export interface TransistorVoltages {
  readonly vgs: number;
  readonly vds: number;
  readonly vbs: number;
}

/**
 * All voltages of a field-effect transistor together: the gate against the side that acted as the
 * source, then the channel, then the junction on the side of the source. The three rules are those
 * above, which a model passes on.
 */
export function limitTransistor(
  limitGate: typeof fetlim,
  limitChannel: typeof limvds,
  limitJunction: typeof pnjlim,
  raw: TransistorVoltages,
  last: TransistorVoltages,
  von: number,
  vt: number,
  vcritSource: number,
  vcritDrain: number,
): TransistorVoltages {
  // None of the rules acts on so small a change: most evaluations need not look further.
  const small = 0.01;
  if (
    Math.abs(raw.vgs - last.vgs) <= small &&
    Math.abs(raw.vds - last.vds) <= small &&
    Math.abs(raw.vbs - last.vbs) <= small
  )
    return raw;
  let vgs = raw.vgs;
  let vds = raw.vds;
  if (last.vds >= 0) {
    vgs = limitGate(raw.vgs, last.vgs, von);
    vds = limitChannel(vgs - (raw.vgs - raw.vds), last.vds);
  } else {
    const vgd = limitGate(raw.vgs - raw.vds, last.vgs - last.vds, von);
    vds = -limitChannel(vgd - raw.vgs, -last.vds);
    vgs = vgd + vds;
  }
  let vbs = limitJunction(raw.vbs, last.vbs, vt, vcritSource);
  if (vds < 0) vbs = limitJunction(raw.vbs - raw.vds, last.vbs - last.vds, vt, vcritDrain) + vds;
  return { vgs, vds, vbs };
}

/** Of a field-effect transistor with a junction as its gate: against source and drain [V]. */
export interface GateVoltages {
  readonly vgs: number;
  readonly vgd: number;
}

/** Both voltages of a junction gate, as junctions and as gates of the threshold `vto`. */
export function limitGates(
  limitGate: typeof fetlim,
  limitJunction: typeof pnjlim,
  raw: GateVoltages,
  last: GateVoltages,
  vto: number,
  vt: number,
  vcrit: number,
): GateVoltages {
  return {
    vgs: limitGate(limitJunction(raw.vgs, last.vgs, vt, vcrit), last.vgs, vto),
    vgd: limitGate(limitJunction(raw.vgd, last.vgd, vt, vcrit), last.vgd, vto),
  };
}
