/**
 * The published equations of the memristors once more, as plain rates, written for comparison: no
 * code is shared with the models. Where a model says that it deviates from its source, so do these.
 */
export type Values = Readonly<Record<string, number>>;

/** Current and rates at a voltage and states. */
export interface Response {
  readonly i: number;
  readonly rates: number[];
}

const boltzmann = 8.617333262e-5; // eV/K

const windows: ((s: number, up: boolean, p: number) => number)[] = [
  () => 1,
  (s, _, p) => 1 - (2 * s - 1) ** (2 * p),
  (s, up, p) => 1 - (up ? s ** (2 * p) : (1 - s) ** (2 * p)),
  (s, _, p) => 1 - ((s - 0.5) ** 2 + 0.75) ** p,
];

export function vteamResponse(v: number, s: number, p: Values): Response {
  const r =
    p.law === 1 ? p.ron * Math.exp(Math.log(p.roff / p.ron) * s) : p.ron + (p.roff - p.ron) * s;
  const d = 3e-9;
  let f = 1;
  if (p.window < 4) f = windows[p.window](s, v > 0, 2);
  else {
    const a = v > 0 ? s * d - d : -s * d;
    f = Math.exp(-Math.exp(a / 107e-12));
  }
  let speed = 0;
  if (v > p.voff) speed = p.koff * (v / p.voff - 1) ** p.alphaoff;
  else if (v < p.von) speed = p.kon * (v / p.von - 1) ** p.alphaon;
  return { i: v / r, rates: [(speed * f) / d] };
}

export function ionDriftResponse(v: number, x: number, window: number, p: number): Response {
  const i = v / (100 * x + 16e3 * (1 - x));
  const f = window === 4 ? x * (1 - x) : windows[window](x, i > 0, p);
  return { i, rates: [((1e-14 * 100 * i) / 1e-16) * f] };
}

/** As printed: β·V + ½(α − β)(|V + Vt| − |V − Vt|). */
export function thresholdResponse(v: number, s: number, p: Values): Response {
  const r = p.ron + (p.roff - p.ron) * s;
  const rate = p.beta * v + 0.5 * (p.alpha - p.beta) * (Math.abs(v + p.vt) - Math.abs(v - p.vt));
  return { i: v / r, rates: [rate / (p.roff - p.ron)] };
}

/** Values of the test of Xyce's level 3. */
export function yakopcicResponse(v: number, x: number): Response {
  const i = 0.17 * x * Math.sinh(0.05 * v);
  let g = 0;
  if (v > 0.16) g = 4000 * (Math.exp(v) - Math.exp(0.16));
  if (v < -0.15) g = -4000 * (Math.exp(-v) - Math.exp(0.15));
  let f = 1;
  if (v >= 0 && x >= 0.3) f = Math.exp(0.3 - x) * ((0.3 - x) / 0.7 + 1);
  if (v < 0 && x <= 0.5) f = Math.exp(5 * (x - 0.5)) * (x / 0.5);
  return { i, rates: [g * f] };
}

/** Release 1.0.0, at 298 K; the gap in nm. `edge` is the width of the least field's edge. */
export function stanfordResponse(v: number, gap: number, edge = 0): Response {
  const i = 1e-3 * Math.exp(-gap / 0.25) * Math.sinh(v / 0.25);
  const kt = boltzmann * (298 + 2.1e3 * Math.abs(v * i));
  const gamma = 16 - 0.8 * gap ** 3;
  const field = (gamma * Math.abs(v)) / 12e-9 / 1.4e9;
  let acts = field < 1 ? 0 : 1;
  if (edge > 0) {
    const z = Math.min(Math.max((field - 1) / edge + 0.5, 0), 1);
    acts = z ** 2 * (3 - 2 * z);
  }
  const speed = -10 * Math.exp(-0.6 / kt) * Math.sinh((gamma * (0.25 / 12) * v) / kt);
  return { i, rates: [(acts * speed) / 1e-9] };
}

/** Our calibration of Bocquet's model, at 300 K; s = rcf/rmax. */
export function bocquetResponse(v: number, s: number): Response {
  const [cf, ox] = [8e4, 1.2e3];
  const i = (v / 10e-9) * Math.PI * 2.5e-9 ** 2 * (s ** 2 * (cf - ox) + ox);
  const kt = boltzmann * (300 + (v ** 2 / 200) * (s ** 2 * (cf - ox) + ox));
  const reduction = 1 / (1e-14 * Math.exp((1.3 - 0.85 * v) / kt));
  const oxidation = 1 / (1e-14 * Math.exp((1.3 + 0.85 * v) / kt));
  return { i, rates: [(1 - s) * reduction - s * oxidation] };
}

/** The PDK's equations without its steps; filament in nm, temperature above 300 K. */
export function sky130Response(v: number, filament: number, heat: number): Response {
  const i = 6.14e-5 * Math.exp(-(5 - filament) / (5 - 4.7249)) * Math.sinh(v / 0.43);
  const kt = boltzmann * (300 + heat);
  const x = ((16.5 - 1.25 * (5 - filament) ** 3) * (0.25 / 5) * v) / kt;
  const speed = 150 * (Math.exp(-1.501 / kt + x) - Math.exp(-1.5 / kt - x));
  return {
    i,
    rates: [speed / 1e-9, Math.abs(v * i) / 3.1825e-16 - heat / 0.23e-9],
  };
}

/** Release 2.0, at 300 K, x and w in nm; continuous as the model says. */
export function pkuResponse(v: number, x: number, w: number): Response {
  const area = (Math.PI * w ** 2) / 4; // nm²
  const beside = (Math.PI * 25) / 4 - area;
  const i1 = 1e-5 * beside * Math.exp(-3 / 0.4) * Math.sinh(v / 0.4);
  const z = Math.min(Math.max(x / 0.03, 0), 1);
  const open = z ** 2 * (3 - 2 * z);
  const share = v > 0 ? open : 1;
  const filament = (19.635e-6 * Math.max(3 - x, 3e-4) * 1e9) / area;
  // The voltage of the gap, by halving: the sum of both voltages grows with the current.
  const scale = 1e-5 * area * Math.exp(-x / 0.4);
  const drop = (ig: number): number => ig * filament + share * 0.4 * Math.asinh(ig / scale);
  let [low, high] = v > 0 ? [0, v / filament] : [v / filament, 0];
  for (let k = 0; k < 100; k++) {
    const middle = (low + high) / 2;
    if (drop(middle) > v) high = middle;
    else low = middle;
  }
  const ig = (low + high) / 2;
  const vg = share * 0.4 * Math.asinh(ig / scale);
  const i = i1 + ig;
  const kt = boltzmann * (300 + 5e5 * Math.abs(v * i));
  const gap = Math.max(x, 1e-3);
  const net = (barrier: number, lowering: number): number =>
    Math.exp(Math.min((lowering - barrier) / kt, 200)) - Math.exp(-barrier / kt);
  if (v > 0) {
    const closing = Math.min(2500 * net(0.7, (vg * 0.75) / gap), 100) * open;
    const widening = (0.5e-9 + 0.125e-9 / w) * 1e13 * net(0.7, (v * 0.75) / 3);
    return { i, rates: [-closing / 1e-9, (Math.min(widening, 100) * (1 - open)) / 1e-9] };
  }
  const hop = Math.min((-0.75 * vg) / (gap * kt), 80);
  const opening = Math.min(
    2500 * net(0.82, -1.5 * vg),
    2500 * Math.exp(-1.12 / kt) * Math.sinh(hop),
  );
  return { i, rates: [opening / 1e-9, 0] };
}

/** JART VCM v1b at 293 K with a thermal time constant [s]; n over its maximum, 20e26/m³. */
export function jartResponse(v: number, n: number, heat: number, tth: number): Response {
  const [q, k, h, eps0, m] = [
    1.602176634e-19, 1.380649e-23, 6.62607015e-34, 8.8541878128e-12, 9.1093837015e-31,
  ];
  const density = Math.max(n, 2e-4) * 20e26;
  const t = 293 + heat;
  const kt = k * t;
  const area = Math.PI * 45e-9 ** 2;
  const disc = 0.4e-9 / (density * 2 * q * 4e-6 * area);
  const plug = 2.6e-9 / (20e26 * 2 * q * 4e-6 * area);
  const barrier = (vs: number): number => {
    const psi = (0.08 - vs + Math.hypot(0.08 - vs, 1e-3)) / 2;
    const down = (q ** 3 * 2 * density * psi) / (8 * Math.PI ** 2 * (5.5 * eps0) ** 3);
    const phi = Math.max(0.18 - Math.sqrt(Math.sqrt(down)), 0);
    if (vs >= 0) {
      return area * 6.01e5 * t * t * Math.exp((-q * phi) / kt) * Math.expm1((q * vs) / kt);
    }
    const w00 = ((q * h) / (4 * Math.PI)) * Math.sqrt((2 * density) / (m * 17 * eps0));
    const w0 = w00 / Math.tanh(w00 / kt);
    const e = w00 / (w00 / kt - Math.tanh(w00 / kt));
    const root = Math.sqrt(Math.PI * w00 * q * (-vs + phi / Math.cosh(w00 / kt) ** 2 + 1e-12));
    return (
      -((area * 6.01e5 * t) / k) * root * Math.exp((-q * phi) / w0) * Math.expm1((-q * vs) / e)
    );
  };
  const rest = (i: number): number =>
    i * (disc + plug + 650 + 719.2437 * (1 + 719.2437 * 3.92e-3 * i * i * 90471.47));
  let [low, high] = v > 0 ? [0, v] : [v, 0];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (middle + rest(barrier(middle)) > v) high = middle;
    else low = middle;
  }
  const vs = (low + high) / 2;
  const i = barrier(vs);
  const inside = vs + i * (disc + plug);
  const rth = 15.72e6 * (v < 0 ? 1 : 0.27);
  const field = v < 0 ? (i * disc) / 0.4e-9 : inside / 3e-9;
  const g = (2 * field * 0.25e-9) / (Math.PI * 1.35);
  const even = Math.sqrt(1 - g * g) + g * Math.asin(g);
  const arrive = Math.exp((-q * 1.35 * (even - (g * Math.PI) / 2)) / kt);
  const leave = Math.exp((-q * 1.35 * (even + (g * Math.PI) / 2)) / kt);
  const limit = v < 0 ? 1 - n ** 10 : 1 - (4e-4 / Math.max(n, 2e-4)) ** 10;
  const rate = ((-(1 + Math.max(n, 0)) / 2) * 0.25e-9 * 2e13 * (arrive - leave) * limit) / 0.4e-9;
  return { i, rates: [rate, (Math.abs(i * inside) * rth - heat) / tth] };
}
